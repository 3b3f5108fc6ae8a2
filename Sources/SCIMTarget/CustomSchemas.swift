// The extensions that an application's jobs know and no standard schema has.

import Emulator
import Model
import Storage

/// Schemas (RFC 7643, section 7) made of the attributes that a job's schema has under URNs of its own.
///
/// They are announced, not enforced: a resource is stored with its extensions as they come. Extensions
/// that only a resource has are not announced, as all resources would have to be looked at.
struct CustomSchemas {
    /// The schemas, without `meta`, in the order in which the jobs name them.
    private(set) var schemas: [JSONObject] = []
    private var extensions: [SCIMResourceType: [String]] = [:]

    /// Reads the schemas of an application's jobs.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    init(of store: SCIMStore) throws(StorageError) {
        for attribute in try store.jobAttributes() { add(attribute) }
    }

    /// The URNs of the extensions of a kind of resource, the enterprise extension not among them.
    func extensions(of type: SCIMResourceType) -> [String] { extensions[type] ?? [] }

    private mutating func add(_ attribute: SCIMStore.JobAttribute) {
        // A name that is no path is no attribute of SCIM's.
        guard let path = try? SCIMPath(parsing: attribute.name),
            let urn = path.attribute.schema, !path.attribute.name.isEmpty,
            SchemaBook.standard.table(ofExtension: urn) == nil
        else { return }
        let known = schemas.firstIndex { $0["id"]?.string?.isSameSCIMName(as: urn) == true }
        if known == nil { schemas.append(CustomSchemas.empty(urn)) }
        let index = known ?? schemas.count - 1
        let id = schemas[index]["id"]?.string ?? urn
        if extensions[attribute.type]?.contains(id) != true {
            extensions[attribute.type, default: []].append(id)
        }
        var attributes = schemas[index]["attributes"]?.array ?? []
        CustomSchemas.add(path, attribute.definition, to: &attributes)
        schemas[index]["attributes"] = .array(attributes)
    }

    private static func empty(_ urn: String) -> JSONObject {
        JSONObject([
            ("schemas", ["urn:ietf:params:scim:schemas:core:2.0:Schema"]), ("id", .string(urn)),
            ("name", .string(name(of: urn))),
            ("description", "Attributes of the schema of the application's job."),
            ("attributes", []),
        ])
    }

    /// `CustomUser` for `urn:ietf:params:scim:schemas:extension:custom:2.0:User`.
    private static func name(of urn: String) -> String {
        let parts = urn.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "_" }
            .filter { part in !part.allSatisfy { $0.isNumber || $0 == "." } }
        return parts.suffix(2).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            .filter { $0.isLetter || $0.isNumber }
    }

    // MARK: Attributes

    /// Adds an attribute; one with a sub-attribute is a part of a complex one, and a condition picks
    /// one of several elements.
    private static func add(
        _ path: SCIMPath, _ definition: JSONObject, to attributes: inout [JSONValue]
    ) {
        let name = path.attribute.name
        let known = attributes.firstIndex {
            $0.object?["name"]?.string?.isSameSCIMName(as: name) == true
        }
        guard path.attribute.subAttribute != nil || path.condition != nil else {
            if known == nil { attributes.append(.object(attribute(name, definition))) }
            return
        }
        var whole = known.flatMap { attributes[$0].object } ?? complex(name, path.condition != nil)
        // What is defined as a simple attribute has no parts.
        guard var parts = whole["subAttributes"]?.array else { return }
        let part = path.attribute.subAttribute ?? "value"
        for (name, definition) in [(part, definition)] + conditionParts(path.condition) {
            let isNew = !parts.contains {
                $0.object?["name"]?.string?.isSameSCIMName(as: name) == true
            }
            if isNew { parts.append(.object(attribute(name, definition))) }
        }
        whole["subAttributes"] = .array(parts)
        guard let known else { return attributes.append(.object(whole)) }
        attributes[known] = .object(whole)
    }

    private static func conditionParts(_ condition: SCIMFilter?) -> [(String, JSONObject)] {
        guard case .comparison(let path, _, let value)? = condition else { return [] }
        let type: JSONValue = value.bool == nil ? "String" : "Boolean"
        return [(path.name, JSONObject([("type", type)]))]
    }

    private static let types: [String: JSONValue] = [
        "Boolean": "boolean", "Integer": "integer", "DateTime": "dateTime", "Binary": "binary",
        "Reference": "reference",
    ]

    private static let mutabilities: [String: JSONValue] = [
        "ReadOnly": "readOnly", "Immutable": "immutable", "WriteOnly": "writeOnly",
    ]

    private static func attribute(_ name: String, _ definition: JSONObject) -> JSONObject {
        let type = types[definition["type"]?.string ?? ""] ?? "string"
        var json = JSONObject([
            ("name", .string(name)), ("type", type),
            ("multiValued", .bool(definition["multivalued"]?.bool ?? false)),
            ("description", "An attribute of the job's schema."),
            ("required", .bool(definition["required"]?.bool ?? false)),
            ("caseExact", .bool(definition["caseExact"]?.bool ?? false)),
            ("mutability", mutabilities[definition["mutability"]?.string ?? ""] ?? "readWrite"),
            ("returned", "default"), ("uniqueness", "none"),
        ])
        if type == "reference" { json["referenceTypes"] = .array(referenceTypes(definition)) }
        return json
    }

    private static func referenceTypes(_ definition: JSONObject) -> [JSONValue] {
        let names = (definition["referencedObjects"]?.array ?? []).compactMap { object in
            object.object?["referencedObjectName"]?.string.flatMap(SCIMResourceType.init(named:))
        }
        return names.isEmpty ? ["uri"] : names.map { .string($0.name) }
    }

    private static func complex(_ name: String, _ isMultiValued: Bool) -> JSONObject {
        var json = attribute(name, JSONObject())
        json["type"] = "complex"
        json["multiValued"] = .bool(isMultiValued)
        json["subAttributes"] = []
        return json
    }
}
