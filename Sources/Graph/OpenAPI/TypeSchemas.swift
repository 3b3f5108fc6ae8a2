// JSON Schemas of the service's types, made from the metadata.

import Model

/// The component schemas of an OpenAPI document, made as they are asked for.
///
/// A type has two: as answers show it (`synchronizationJob`: everything there, nothing unknown but
/// annotations), and as requests may give it (`synchronizationJob.input`: everything optional).
struct TypeSchemas {
    private let types: TypeCatalog
    private var known: [String: JSONValue] = [:]
    private var order: [String] = []

    init(_ types: TypeCatalog) { self.types = types }

    /// All schemas that were asked for, and those that they refer to.
    var components: JSONObject {
        JSONObject(order.map { ($0, known[$0] ?? .null) })
    }

    /// The type of this name.
    func type(_ name: String?) -> StructuredType? { name.flatMap { types.type($0) } }

    /// A reference to a type's schema.
    mutating func reference(_ name: String, isInput: Bool) -> JSONValue {
        guard let type = types.type(name) else { return ["type": "object"] }
        let key = isInput ? name + ".input" : name
        if known[key] == nil {
            // Before its properties, because types refer to themselves.
            known[key] = .null
            order.append(key)
            known[key] = schema(of: type, isInput: isInput)
        }
        return ["$ref": .string("#/components/schemas/" + key)]
    }

    /// Members that answers carry beside those of the metadata.
    private static let documented: [String: [String]] = [
        "filterOperatorSchema": ["name"], "attributeMappingFunctionSchema": ["name"],
    ]

    /// Navigation properties that bodies may carry.
    private static let written: Set<String> = [
        "synchronizationSchema.directories", "synchronizationTemplate.schema",
    ]

    /// Types whose answers may leave members out: `$select` works on them.
    private static let selectable: Set<String> = [
        "servicePrincipal", "application", "user", "group", "applicationTemplate",
        "provisioningObjectSummary", "appRoleAssignment", "extensionProperty", "directoryObject",
        "organization", "synchronization", "synchronizationJob", "synchronizationSchema",
        "synchronizationTemplate", "directoryDefinition", "filterOperatorSchema",
        "attributeMappingFunctionSchema", "synchronizationSecretKeyStringValuePair", "bulkUpload",
    ]

    private mutating func schema(of type: StructuredType, isInput: Bool) -> JSONValue {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for property in type.properties {
            let isWritten = TypeSchemas.written.contains(type.name + "." + property.name)
            if isInput, property.isReadOnly || property.isNavigation && !isWritten { continue }
            properties[property.name] = schema(of: property, isInput: isInput)
            if !property.isNavigation, property.kind != .stream {
                required.append(.string(property.name))
            }
        }
        for name in TypeSchemas.documented[type.name] ?? [] where !isInput {
            properties[name] = ["type": "string"]
        }
        var schema = JSONObject([("type", "object"), ("properties", .object(properties))])
        if !isInput {
            // Of an open pair the value is one of the members that the metadata does not declare.
            if !TypeSchemas.selectable.contains(type.name), !required.isEmpty {
                schema["required"] = .array(required)
            }
            schema["patternProperties"] = ["@": [:], "^extension_": [:]]
        }
        // What stands at the end of a navigation property is of a type that is told with it.
        schema["additionalProperties"] = .bool(type.isOpen || type.name == "directoryObject")
        return .object(schema)
    }

    private mutating func schema(of property: TypeProperty, isInput: Bool) -> JSONValue {
        let single = schema(of: property.kind, isInput: isInput)
        if property.isCollection {
            let array: JSONValue = ["type": "array", "items": single]
            return isInput && property.isNullable ? TypeSchemas.nullable(array) : array
        }
        return property.isNullable ? TypeSchemas.nullable(single) : single
    }

    private mutating func schema(of kind: TypeProperty.Kind, isInput: Bool) -> JSONValue {
        switch kind {
        case .string: return ["type": "string"]
        case .boolean: return ["type": "boolean"]
        case .int32:
            return [
                "type": "integer", "format": "int32", "minimum": .integer(Int64(Int32.min)),
                "maximum": .integer(Int64(Int32.max)),
            ]
        case .int64:
            return [
                "type": "integer", "format": "int64", "minimum": .integer(.min),
                "maximum": .integer(.max),
            ]
        case .double: return ["type": "number"]
        case .guid: return ["type": "string", "format": "uuid"]
        case .dateTimeOffset: return ["type": "string", "format": "date-time"]
        case .date: return ["type": "string", "format": "date"]
        case .duration: return ["type": "string", "format": "duration"]
        case .binary: return ["type": "string"]
        case .stream: return [:]
        case .enumeration(let name):
            guard let enumeration = types.enumeration(name), name != "synchronizationMetadata"
            else { return ["type": "string"] }
            if enumeration.isFlags {
                let member = "(" + enumeration.members.joined(separator: "|") + ")"
                // No scope at all is what the portal's button resets.
                let mayBeEmpty = name == "synchronizationJobRestartScope"
                let pattern = "^\(member)(, ?\(member))*$" + (mayBeEmpty ? "|^$" : "")
                return ["type": "string", "pattern": .string(pattern)]
            }
            return [
                "type": "string", "enum": .array(enumeration.members.map(JSONValue.string)),
            ]
        case .structured(let name): return reference(name, isInput: isInput)
        }
    }

    private static func nullable(_ schema: JSONValue) -> JSONValue {
        guard var members = schema.object, let type = members["type"]?.string else {
            return ["anyOf": [schema, ["type": "null"]]]
        }
        members["type"] = .array([.string(type), "null"])
        if let choices = members["enum"]?.array { members["enum"] = .array(choices + [.null]) }
        return .object(members)
    }
}
