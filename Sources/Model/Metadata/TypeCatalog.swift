// The service's types as data: what every body, option and answer is checked against.

/// The types of the emulated surface, read from `Fixtures/Metadata`.
///
/// `types.json` there says in JSON what `edm-sync.xml`, the official metadata, says in CSDL (OData
/// 4.01 CSDL); a test compares the two. `directory-types.json` has the directory's types in the same
/// shape, with what queries may do with each property. A type of a later document replaces the one of
/// the same name before it.
public struct TypeCatalog: Sendable {
    private let types: [String: StructuredType]
    private let enumerations: [String: EnumerationType]

    /// Reads the catalog from one document after another.
    ///
    /// - Throws: `TypeCatalogError` when a document lacks a member or names an unknown type.
    public init(_ documents: JSONValue...) throws(TypeCatalogError) {
        var enumerations: [String: EnumerationType] = [:]
        var declared: [String: Declaration] = [:]
        for document in documents {
            let declaresQueries = document.object?["declaresQueries"]?.bool ?? false
            for entry in try TypeCatalog.list("enums", of: document) {
                let enumeration = try EnumerationType(entry)
                enumerations[enumeration.name] = enumeration
            }
            for entry in try TypeCatalog.list("types", of: document) {
                guard let members = entry.object, let name = members["name"]?.string else {
                    throw TypeCatalogError.missing(member: "name")
                }
                declared[name] = Declaration(members: members, declaresQueries: declaresQueries)
            }
        }
        var types: [String: StructuredType] = [:]
        for name in declared.keys {
            types[name] = try TypeCatalog.type(name, declared, enumerations)
        }
        self.enumerations = enumerations
        self.types = types
    }

    /// A type as its document has it.
    private struct Declaration {
        let members: JSONObject
        let declaresQueries: Bool
    }

    private static func list(
        _ member: String, of document: JSONValue
    ) throws(TypeCatalogError) -> [JSONValue] {
        guard let entries = document.object?[member]?.array else {
            throw TypeCatalogError.missing(member: member)
        }
        return entries
    }

    private static func type(
        _ name: String, _ declared: [String: Declaration],
        _ enumerations: [String: EnumerationType]
    ) throws(TypeCatalogError) -> StructuredType {
        guard let declaration = declared[name] else { throw TypeCatalogError.unknownType(name) }
        let entry = declaration.members
        var properties: [TypeProperty] = []
        var isOpen = entry["open"]?.bool ?? false
        if let base = entry["base"]?.string {
            let inherited = try type(base, declared, enumerations)
            properties = inherited.properties
            isOpen = isOpen || inherited.isOpen
        }
        for property in entry["properties"]?.array ?? [] {
            let property = try TypeProperty(
                property, enumerations, declaresQueries: declaration.declaresQueries)
            // A property that is declared again differs in this type in what queries may do with it.
            if let index = properties.firstIndex(where: { $0.name == property.name }) {
                properties[index] = property
            } else {
                properties.append(property)
            }
        }
        return StructuredType(name: name, isOpen: isOpen, properties: properties)
    }

    /// The entity or complex type of this name, without its namespace.
    public func type(_ name: String) -> StructuredType? { types[name] }

    /// The enumeration of this name, without its namespace.
    public func enumeration(_ name: String) -> EnumerationType? { enumerations[name] }
}

/// Why a catalog can't be read.
public enum TypeCatalogError: Error, Sendable, Equatable {
    case missing(member: String)
    case unknownType(String)
}

/// An entity or complex type with the properties it inherits first.
public struct StructuredType: Sendable {
    /// The name without its namespace.
    public let name: String
    /// Whether undeclared members are welcome (OpenType).
    public let isOpen: Bool
    /// All properties, inherited ones first, in the order declared.
    public let properties: [TypeProperty]
    private let indexByName: [String: Int]

    init(name: String, isOpen: Bool, properties: [TypeProperty]) {
        self.name = name
        self.isOpen = isOpen
        self.properties = properties
        indexByName = Dictionary(
            properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The property of this exact name.
    public func property(_ name: String) -> TypeProperty? {
        guard let property = indexByName[name].map({ properties[$0] }) else { return nil }
        return property.name.isSame(as: name) ? property : nil
    }

    /// The property of this name, whatever its case, as `$filter` and `$select` look names up.
    public func property(ignoringCase name: String) -> TypeProperty? {
        property(name) ?? properties.first { $0.name.lowercased() == name.lowercased() }
    }
}

/// One property of a structured type.
public struct TypeProperty: Sendable {
    /// What a property holds.
    public enum Kind: Sendable, Equatable {
        case string, boolean, int32, int64, guid, dateTimeOffset, date, duration, binary, stream
        case double
        case enumeration(String)
        case structured(String)
    }

    /// The member's name.
    public let name: String
    /// What it holds, or what its elements hold.
    public let kind: Kind
    /// Whether it is a collection.
    public let isCollection: Bool
    /// Whether null is a value of it.
    public let isNullable: Bool
    /// Whether it is a navigation property.
    public let isNavigation: Bool
    /// Whether only the service writes it.
    public let isReadOnly: Bool
    /// What queries may do with it.
    public let traits: QueryTraits

    init(
        _ entry: JSONValue, _ enumerations: [String: EnumerationType], declaresQueries: Bool
    ) throws(TypeCatalogError) {
        guard let entry = entry.object, let name = entry["name"]?.string,
            let type = entry["type"]?.string
        else { throw TypeCatalogError.missing(member: "name or type of a property") }
        self.name = name
        isCollection = entry["collection"]?.bool ?? false
        isNullable = entry["nullable"]?.bool ?? true
        isNavigation = entry["navigation"]?.bool ?? false
        isReadOnly = entry["readOnly"]?.bool ?? false
        traits = declaresQueries ? QueryTraits(entry) : QueryTraits()
        if let primitive = TypeProperty.primitives[type] {
            kind = primitive
        } else if enumerations[type] != nil {
            kind = .enumeration(type)
        } else {
            // A type that is not served (the far end of some navigation property) stays a name.
            kind = .structured(type)
        }
    }

    private static let primitives: [String: Kind] = [
        "Edm.String": .string, "Edm.Boolean": .boolean, "Edm.Int32": .int32, "Edm.Int64": .int64,
        "Edm.Guid": .guid, "Edm.DateTimeOffset": .dateTimeOffset, "Edm.Date": .date,
        "Edm.Duration": .duration, "Edm.Binary": .binary, "Edm.Stream": .stream,
        "Edm.Double": .double,
    ]

    /// The type's name as error messages print it: `Edm.Boolean`, `microsoft.graph.mutability`.
    public var typeName: String { TypeProperty.typeName(of: kind) }

    static func typeName(of kind: Kind) -> String {
        switch kind {
        case .enumeration(let name), .structured(let name): "microsoft.graph." + name
        default: primitives.first { $0.value == kind }?.key ?? "Edm.String"
        }
    }
}

/// An enumeration and its members.
public struct EnumerationType: Sendable {
    /// The name without its namespace.
    public let name: String
    /// Whether a value is a comma-separated set of members.
    public let isFlags: Bool
    /// The members in the order of their numbers.
    public let members: [String]

    init(_ entry: JSONValue) throws(TypeCatalogError) {
        guard let entry = entry.object, let name = entry["name"]?.string,
            let members = entry["members"]?.array?.compactMap(\.string)
        else { throw TypeCatalogError.missing(member: "name or members of an enumeration") }
        self.name = name
        self.members = members
        isFlags = entry["flags"]?.bool ?? false
    }

    /// Whether the text is a member, or for flags a list of members; names are case-sensitive.
    public func contains(_ text: String) -> Bool {
        guard isFlags else { return members.contains { $0.isSame(as: text) } }
        let flags = EnumerationType.flags(in: text)
        return !flags.isEmpty
            && flags.allSatisfy { flag in members.contains { $0.isSame(as: flag) } }
    }

    /// What stands between the commas of a flags text, in order; nothing for an empty text.
    public static func flags(in text: String) -> [String] {
        guard !trimmed(text[...]).isEmpty else { return [] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
