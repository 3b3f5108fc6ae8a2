// What a SCIM endpoint's `/Schemas` says of its types, as attributes that mappings can name.

public import Model

/// The attributes of an endpoint's types, by the last part of the type's name.
///
/// Follows RFC 7643, section 7. A complex attribute gives one name for each sub-attribute, one that
/// has several elements a name for each canonical type of them: `emails[type eq "work"].value`.
public struct DiscoveredAttributes: Sendable {
    /// Definitions with `name`, `type`, `multivalued`, `required`, `caseExact` and `mutability`.
    private var attributes: [String: [JSONObject]] = [:]

    /// Reads the resources of an endpoint's `/Schemas`; what is no schema is left out.
    public init(_ schemas: [JSONObject]) {
        for schema in schemas {
            guard let urn = schema[scim: "id"]?.string, let type = urn.split(separator: ":").last
            else { continue }
            let isCore = urn.lowercased().hasPrefix("urn:ietf:params:scim:schemas:core:")
            for attribute in schema[scim: "attributes"]?.array ?? [] {
                guard let attribute = attribute.object else { continue }
                attributes[String(type), default: []] += DiscoveredAttributes.definitions(
                    attribute, prefix: isCore ? "" : urn + ":")
            }
        }
    }

    /// The attributes of an object type: that of its name's last part.
    public func attributes(of object: String) -> [JSONObject] {
        attributes[object.split(separator: ":").last.map(String.init) ?? object] ?? []
    }

    private static func definitions(_ attribute: JSONObject, prefix: String) -> [JSONObject] {
        guard let name = attribute[scim: "name"]?.string, !name.isEmpty else { return [] }
        let whole = prefix + name
        let isMultivalued = attribute[scim: "multiValued"]?.bool ?? false
        let parts = (attribute[scim: "subAttributes"]?.array ?? []).compactMap(\.object)
        guard attribute[scim: "type"]?.string?.lowercased() == "complex" else {
            return [definition(whole, attribute, isMultivalued: isMultivalued)]
        }
        // A reference is one value to a mapping, whatever it looks like in a resource.
        if let value = parts.first(where: { part(of: $0, is: "value") }),
            parts.contains(where: { part(of: $0, is: "$ref") })
        {
            var reference = definition(whole, attribute, isMultivalued: isMultivalued)
            reference["type"] = "Reference"
            reference["caseExact"] = .bool(value[scim: "caseExact"]?.bool ?? false)
            return [reference]
        }
        guard isMultivalued else {
            return parts.compactMap { part in
                part[scim: "name"]?.string.map {
                    definition("\(whole).\($0)", part, isMultivalued: false)
                }
            }
        }
        return elements(whole, parts)
    }

    private static func part(of attribute: JSONObject, is name: String) -> Bool {
        attribute[scim: "name"]?.string?.isSameSCIMName(as: name) ?? false
    }

    private static func elements(_ name: String, _ parts: [JSONObject]) -> [JSONObject] {
        let types = parts.first { part(of: $0, is: "type") }?[scim: "canonicalValues"]?.array
        let written = parts.filter { attribute in
            !["type", "primary", "display", "$ref"].contains { part(of: attribute, is: $0) }
        }
        return (types ?? []).compactMap(\.string).flatMap { type in
            written.compactMap { part in
                part[scim: "name"]?.string.map {
                    let literal = JSONValue.string(type).text
                    return definition(
                        "\(name)[type eq \(literal)].\($0)", part, isMultivalued: false)
                }
            }
        }
    }

    private static let types: [String: JSONValue] = [
        "string": "String", "boolean": "Boolean", "decimal": "String", "integer": "Integer",
        "datetime": "DateTime", "binary": "Binary", "reference": "Reference",
    ]

    private static let mutabilities: [String: JSONValue] = [
        "readonly": "ReadOnly", "readwrite": "ReadWrite", "immutable": "Immutable",
        "writeonly": "WriteOnly",
    ]

    private static func definition(
        _ name: String, _ attribute: JSONObject, isMultivalued: Bool
    ) -> JSONObject {
        let type = attribute[scim: "type"]?.string?.lowercased() ?? ""
        let mutability = attribute[scim: "mutability"]?.string?.lowercased() ?? ""
        return JSONObject([
            ("name", .string(name)), ("type", types[type] ?? "String"),
            ("multivalued", .bool(isMultivalued)),
            ("required", .bool(attribute[scim: "required"]?.bool ?? false)),
            ("caseExact", .bool(attribute[scim: "caseExact"]?.bool ?? false)),
            ("mutability", mutabilities[mutability] ?? "ReadWrite"),
        ])
    }
}
