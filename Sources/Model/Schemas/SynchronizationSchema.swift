// Directories, rules and mappings of a template or a job.

/// A complete schema: what is synchronized, and how.
///
/// The document is the service's JSON with every default filled in; the members that the emulator
/// decides by are read out of it when they are needed.
public struct SynchronizationSchema: Sendable, Equatable {
    /// The document.
    public private(set) var json: JSONObject

    /// A schema from a document that the type metadata has checked and completed.
    public init(normalized json: JSONObject) { self.json = json }

    /// Changes on each write of the schema.
    public var version: String { json["version"]?.string ?? "" }

    /// The same schema under a job's or a template's identifier.
    public func identified(_ id: String) -> SynchronizationSchema {
        var copy = self
        copy.json["id"] = nil
        copy.json.prepend("id", .string(id))
        return copy
    }

    /// The same schema as the next version after another: `v1.2` gives `v1.3`.
    ///
    /// Unverified: how a schema's version grows with each write.
    public func version(after previous: String) -> SynchronizationSchema {
        var copy = self
        let digits = previous.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let next = SynchronizationSchema.incremented(previous.suffix(digits))
        copy.json["version"] = .string(previous.dropLast(digits) + next)
        return copy
    }

    /// The same schema in which every directory has an identifier; those without get one.
    public func identifyingDirectories(_ makeID: () -> GUID) -> SynchronizationSchema {
        var copy = self
        let directories = (json["directories"]?.array ?? []).map { directory -> JSONValue in
            guard var members = directory.object, members["id"]?.string?.isEmpty ?? true else {
                return directory
            }
            members["id"] = nil
            members.prepend("id", .string(makeID().description))
            return .object(members)
        }
        copy.json["directories"] = .array(directories)
        return copy
    }

    /// The same schema with other directories.
    ///
    /// - Throws: what the change throws.
    public func replacingDirectories(
        _ change: ([JSONValue]) throws -> [JSONValue]
    ) rethrows -> SynchronizationSchema {
        var copy = self
        copy.json["directories"] = .array(try change(json["directories"]?.array ?? []))
        return copy
    }

    /// The same schema with another definition of the directory of an identifier.
    public func replacingDirectory(
        _ id: String, by definition: JSONObject
    ) -> SynchronizationSchema {
        var copy = self
        copy.json["directories"] = .array(
            (json["directories"]?.array ?? []).map { directory in
                directory.object?["id"]?.string == id ? .object(definition) : directory
            })
        return copy
    }

    /// A decimal number plus one, however many digits it has.
    private static func incremented(_ digits: Substring) -> String {
        guard let last = digits.last else { return "1" }
        guard last == "9" else {
            return digits.dropLast() + "\((last.wholeNumberValue ?? 0) + 1)"
        }
        return incremented(digits.dropLast()) + "0"
    }

    /// The mappings that run, rule by rule.
    public var enabledMappings: [ObjectMapping] {
        (json["synchronizationRules"]?.array ?? []).flatMap { rule -> [ObjectMapping] in
            guard let rule = rule.object, let source = rule["sourceDirectoryName"]?.string else {
                return []
            }
            return (rule["objectMappings"]?.array ?? []).compactMap { mapping in
                guard let mapping = mapping.object, mapping["enabled"]?.bool == true,
                    let object = mapping["sourceObjectName"]?.string
                else { return nil }
                return ObjectMapping(
                    sourceDirectory: source, sourceObject: object,
                    hasScope: mapping["scope"]?.object != nil)
            }
        }
    }
}

/// What a cycle needs to know of a mapping before it reads its source.
public struct ObjectMapping: Sendable, Equatable {
    /// The rule's source directory.
    public let sourceDirectory: String
    /// The source's object type.
    public let sourceObject: String
    /// Whether a scoping filter narrows it.
    public let hasScope: Bool
}
