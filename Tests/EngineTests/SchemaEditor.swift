// Small changes to a large schema.

import Model

/// Applies a scenario's edits to a job's schema.
struct SchemaEditor {
    private(set) var schema: JSONValue

    init(_ schema: JSONValue) { self.schema = schema }

    /// Applies one edit.
    mutating func apply(_ edit: JSONValue) {
        guard let edit = edit.object, let type = edit["mapping"]?.string else { return }
        schema = change(schema, ["synchronizationRules", "objectMappings"]) { mapping in
            guard mapping["sourceObjectName"]?.string == type else { return mapping }
            return SchemaEditor.mapping(mapping, edit)
        }
        schema = change(schema, ["directories", "objects", "attributes"]) { attribute in
            guard let name = attribute["name"]?.string,
                let set = edit["definitions"]?.object?[name]?.object
            else { return attribute }
            return SchemaEditor.merged(attribute, set)
        }
        schema = change(schema, ["directories", "objects"]) { object in
            guard let set = edit["objects"]?.object?[object["name"]?.string ?? ""]?.object else {
                return object
            }
            return SchemaEditor.merged(object, set)
        }
        schema = change(schema, ["directories", "objects"]) { object in
            guard let name = object["name"]?.string,
                let added = edit["newDefinitions"]?.object?[name]?.array
            else { return object }
            var object = object
            object["attributes"] = .array((object["attributes"]?.array ?? []) + added)
            return object
        }
    }

    /// Changes every object at the end of a way through lists.
    private func change(
        _ value: JSONValue, _ way: [String], _ body: (JSONObject) -> JSONObject
    ) -> JSONValue {
        guard var members = value.object, let name = way.first else { return value }
        let rest = Array(way.dropFirst())
        members[name] = .array(
            (members[name]?.array ?? []).map { element in
                guard rest.isEmpty else { return change(element, rest, body) }
                return element.object.map { .object(body($0)) } ?? element
            })
        return .object(members)
    }

    private static func mapping(_ mapping: JSONObject, _ edit: JSONObject) -> JSONObject {
        var mapping = merged(mapping, edit["set"]?.object ?? JSONObject())
        let removed = (edit["remove"]?.array ?? []).compactMap(\.string)
        var attributes = (mapping["attributeMappings"]?.array ?? []).compactMap(\.object)
        let name = "targetAttributeName"
        attributes.removeAll { removed.contains($0[name]?.string ?? "") }
        for added in (edit["attributes"]?.array ?? []).compactMap(\.object) {
            if let index = attributes.firstIndex(where: { $0[name] == added[name] }) {
                attributes[index] = merged(attributes[index], added)
            } else {
                attributes.append(added)
            }
        }
        mapping["attributeMappings"] = .array(attributes.map(JSONValue.object))
        return mapping
    }

    private static func merged(_ object: JSONObject, _ added: JSONObject) -> JSONObject {
        var object = object
        for member in added.members { object[member.name] = member.value }
        return object
    }
}
