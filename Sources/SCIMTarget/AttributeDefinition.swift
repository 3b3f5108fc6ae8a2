// What the schemas say of each attribute, ready to be looked up.

import Emulator
import Model

/// An attribute's definition (RFC 7643, section 7).
///
/// A class, because it is looked up for each value; it never changes.
final class AttributeDefinition: Sendable {
    enum Kind: String, Sendable {
        case string, boolean, decimal, integer, dateTime, reference, complex, binary
    }

    let name: String
    let kind: Kind
    let isMultiValued: Bool
    let isRequired: Bool
    /// `readOnly`: what requests say of it is passed over.
    let isReadOnly: Bool
    /// `writeOnly`: taken and never shown.
    let isWriteOnly: Bool
    let parts: AttributeTable

    init?(_ json: JSONObject) {
        guard let name = json["name"]?.string,
            let kind = json["type"]?.string.flatMap(Kind.init(rawValue:))
        else { return nil }
        self.name = name
        self.kind = kind
        isMultiValued = json["multiValued"]?.bool ?? false
        isRequired = json["required"]?.bool ?? false
        isReadOnly = json["mutability"]?.string == "readOnly"
        isWriteOnly = json["mutability"]?.string == "writeOnly"
        parts = AttributeTable(json["subAttributes"]?.array ?? [])
    }
}

/// Attribute definitions by name.
struct AttributeTable: Sendable {
    private let definitions: [AttributeDefinition]
    private let positions: [String: Int]

    init(_ attributes: [JSONValue]) {
        definitions = attributes.compactMap { $0.object.flatMap(AttributeDefinition.init) }
        positions = Dictionary(
            definitions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The definition of a name, which is compared without case; the usual spelling is found by its hash.
    subscript(name: String) -> AttributeDefinition? {
        if let position = positions[name] { return definitions[position] }
        return definitions.first { $0.name.isSameSCIMName(as: name) }
    }

    /// The names of what every resource must have.
    var required: [String] { definitions.filter(\.isRequired).map(\.name) }
}

/// The schemas of the target, read once.
struct SchemaBook: Sendable {
    /// The schemas as they are announced, without `meta`.
    let schemas: [JSONObject]
    private let user: AttributeTable
    private let group: AttributeTable
    private let enterprise: AttributeTable

    /// What the binary carries; without it nothing would be announced or checked, which a test rules out.
    static let standard = SchemaBook((try? SCIMDefinitions.schemas()) ?? [])

    init(_ schemas: [JSONObject]) {
        self.schemas = schemas
        func table(_ id: String) -> AttributeTable {
            let schema = schemas.first { $0["id"]?.string == id }
            return AttributeTable(schema?["attributes"]?.array ?? [])
        }
        user = table(SCIMResourceType.user.schema)
        group = table(SCIMResourceType.group.schema)
        enterprise = table(SCIMResourceType.enterprise)
    }

    /// The attributes of a type's core schema.
    func core(_ type: SCIMResourceType) -> AttributeTable { type == .user ? user : group }

    /// The attributes of an extension; nil for one that is not known, which is stored as it comes.
    func table(ofExtension schema: String) -> AttributeTable? {
        schema.isSameSCIMName(as: SCIMResourceType.enterprise) ? enterprise : nil
    }

    /// The definition of an attribute or its sub-attribute; nil when no schema knows it.
    func definition(
        of path: SCIMAttributePath, in type: SCIMResourceType
    ) -> AttributeDefinition? {
        let table = path.schema.map { self.table(ofExtension: $0) } ?? core(type)
        guard let attribute = table?[path.name] else { return nil }
        guard let sub = path.subAttribute else { return attribute }
        return attribute.parts[sub]
    }
}
