// A body held against its type: checked, completed with defaults and put in the service's order.

/// What is wrong with a member of a body, and where.
public struct BodyError: Error, Sendable, Equatable {
    /// The kinds of wrong.
    public enum Reason: Sendable, Equatable {
        case notAnObject
        case unknownProperty(type: String)
        case wrongType(expected: String, found: String)
        case nullNotAllowed(expected: String)
        case unknownMember(value: String, enumeration: String)
        case badValue(value: String, expected: String)
        case tooManyElements(limit: Int)
    }

    /// What is wrong.
    public let reason: Reason
    /// The member, from the root: `synchronizationRules[0].objectMappings[1].enabled`.
    public let path: String

    /// Makes an error about the member at a path.
    public init(reason: Reason, path: String) {
        self.reason = reason
        self.path = path
    }
}

/// Checks bodies against the type metadata and fills in what a client may leave out.
///
/// The order of the result is the service's: `id`, then single values, then collections, each in the
/// order of the metadata. Annotations (`@odata.…`) are read and dropped, except in open types.
public struct BodyNormalizer: Sendable {
    let catalog: TypeCatalog
    /// Whether unknown members are dropped instead of refused (`--lenient`).
    let dropsUnknownMembers: Bool

    /// A normalizer over the catalog.
    public init(catalog: TypeCatalog, dropsUnknownMembers: Bool = false) {
        self.catalog = catalog
        self.dropsUnknownMembers = dropsUnknownMembers
    }

    /// Defaults that differ from the first member of an enumeration.
    ///
    /// Clients built on the generated models leave flags out of the bodies that they send back, so a
    /// mapping without `flowTypes` means all of them.
    private static let defaults: [String: JSONValue] = [
        "objectMapping.flowTypes": "Add,Update,Delete"
    ]

    /// Navigation properties that every payload of their type carries.
    private static let inlinedNavigation: Set<String> = ["synchronizationSchema.directories"]

    /// Enumerations that are wider on the wire than in the metadata: templates carry keys that it lacks.
    private static let openEnumerations: Set<String> = ["synchronizationMetadata"]

    /// The body as a complete value of the type.
    ///
    /// - Throws: `BodyError` for the first member that does not fit.
    public func normalize(_ body: JSONValue, as typeName: String) throws(BodyError) -> JSONObject {
        guard let type = catalog.type(typeName) else {
            throw BodyError(reason: .unknownProperty(type: typeName), path: "")
        }
        // Completing multiplies what an element takes, so their number is bounded before.
        guard BodyNormalizer.count(body, upTo: Limits.bodyElements) <= Limits.bodyElements else {
            throw BodyError(
                reason: .tooManyElements(limit: Limits.bodyElements), path: "")
        }
        return try object(body, type, path: "")
    }

    /// How many values a value holds, itself included; no further than a little over the limit.
    static func count(_ value: JSONValue, upTo limit: Int) -> Int {
        var total = 1
        let parts =
            switch value {
            case .array(let elements): elements
            case .object(let object): object.members.map(\.value)
            default: [JSONValue]()
            }
        for part in parts where total <= limit { total += count(part, upTo: limit - total) }
        return total
    }

    private func object(
        _ body: JSONValue, _ type: StructuredType, path: String
    ) throws(BodyError) -> JSONObject {
        guard case .object(let members) = body else {
            throw BodyError(reason: .notAnObject, path: path)
        }
        var given: [String: JSONValue] = [:]
        var extra: [JSONObject.Member] = []
        for member in members.members {
            if type.property(member.name) != nil {
                given[member.name] = member.value
            } else if type.isOpen {
                extra.append(member)
            } else if !member.name.contains("@"), !dropsUnknownMembers {
                throw BodyError(
                    reason: .unknownProperty(type: type.name), path: join(path, member.name))
            }
        }
        var singles: [(String, JSONValue)] = []
        var collections: [(String, JSONValue)] = []
        for property in type.properties {
            let place = join(path, property.name)
            let value = try value(given[property.name], of: property, in: type, path: place)
            guard let value else { continue }
            if property.isCollection {
                collections.append((property.name, value))
            } else {
                singles.append((property.name, value))
            }
        }
        return JSONObject(singles + collections + extra.map { ($0.name, $0.value) })
    }

    private func value(
        _ given: JSONValue?, of property: TypeProperty, in type: StructuredType, path: String
    ) throws(BodyError) -> JSONValue? {
        if property.isCollection {
            guard let given, !given.isNull else {
                let name = type.name + "." + property.name
                let isLeftOut =
                    property.isNavigation
                    && !BodyNormalizer.inlinedNavigation.contains(name)
                return isLeftOut ? nil : .array([])
            }
            guard let elements = given.array else {
                throw wrongType(given, "Collection(\(property.typeName))", path)
            }
            var checked: [JSONValue] = []
            for (index, element) in elements.enumerated() {
                checked.append(try single(element, of: property, path: "\(path)[\(index)]"))
            }
            return .array(checked)
        }
        guard let given else {
            // A contained single entity, and an identifier that the service gives, stay out.
            if property.isNavigation || property.name == "id" && !property.isNullable { return nil }
            return defaultValue(of: property, in: type)
        }
        if given.isNull {
            if property.isNullable { return .null }
            guard !dropsUnknownMembers else { return defaultValue(of: property, in: type) }
            throw BodyError(reason: .nullNotAllowed(expected: property.typeName), path: path)
        }
        return try single(given, of: property, path: path)
    }

    private func defaultValue(of property: TypeProperty, in type: StructuredType) -> JSONValue {
        if let special = BodyNormalizer.defaults[type.name + "." + property.name] { return special }
        guard !property.isNullable else { return .null }
        switch property.kind {
        case .boolean: return false
        case .int32, .int64, .double: return 0
        case .guid: return .string(GUID.zero.description)
        case .dateTimeOffset, .date: return .string(Timestamp.never.description)
        case .duration: return .string(ISODuration(ticks: 0).description)
        case .enumeration(let name):
            return .optional(catalog.enumeration(name)?.members.first)
        case .string: return ""
        case .binary, .stream, .structured: return .null
        }
    }

    func single(
        _ value: JSONValue, of property: TypeProperty, path: String
    ) throws(BodyError) -> JSONValue {
        switch property.kind {
        case .structured(let name):
            guard let type = catalog.type(name) else { return value }
            guard value.object != nil else { throw wrongType(value, property.typeName, path) }
            return .object(try object(value, type, path: path))
        case .enumeration(let name):
            guard let text = value.string else { throw wrongType(value, property.typeName, path) }
            guard !BodyNormalizer.openEnumerations.contains(name) else { return value }
            guard catalog.enumeration(name)?.contains(text) == true else {
                throw BodyError(
                    reason: .unknownMember(value: text, enumeration: name), path: path)
            }
            return value
        default:
            try checkPrimitive(value, property, path)
            return value
        }
    }

    func checkPrimitive(
        _ value: JSONValue, _ property: TypeProperty, _ path: String
    ) throws(BodyError) {
        let isValid: Bool
        switch (property.kind, value) {
        case (.string, .string), (.binary, .string), (.boolean, .bool), (.int64, .integer),
            (.double, .integer), (.double, .number):
            return
        case (.int32, .integer(let number)): isValid = Int32(exactly: number) != nil
        case (.guid, .string(let text)): isValid = GUID(parsing: text) != nil
        case (.dateTimeOffset, .string(let text)), (.date, .string(let text)):
            isValid = Timestamp(parsing: text) != nil
        case (.duration, .string(let text)): isValid = ISODuration(parsing: text) != nil
        default: throw wrongType(value, property.typeName, path)
        }
        guard isValid else {
            throw BodyError(
                reason: .badValue(value: value.string ?? value.text, expected: property.typeName),
                path: path)
        }
    }

    func wrongType(_ found: JSONValue, _ expected: String, _ path: String) -> BodyError {
        let kind =
            switch found {
            case .null: "Null"
            case .bool: "Boolean"
            case .integer, .number: "Number"
            case .string: "String"
            case .array: "Array"
            case .object: "Object"
            }
        return BodyError(reason: .wrongType(expected: expected, found: kind), path: path)
    }

    func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : path + "." + name
    }
}
