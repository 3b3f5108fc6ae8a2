// The Graph face as an OpenAPI document, drawn from the route table and the type metadata.

public import Emulator
public import Model

/// The document at `/_emulator/openapi.json` (OpenAPI 3.1).
///
/// Paths carry the version: `/v1.0` for all, `/beta` for what only beta has; beta answers at the same
/// paths otherwise. `x-permission`, `x-evidence` and `x-row` repeat the route table.
public enum OpenAPIDocument {
    /// The document for one address.
    @Sendable public static func json(tenant: Tenant, baseURL: String) -> JSONValue {
        var types = TypeSchemas(tenant.gallery.types)
        var paths = JSONObject()
        for route in Routes.all where route.coverage != .notCovered {
            let operation = operation(route, &types)
            for pattern in route.patterns {
                let path = (route.isBeta ? "/beta" : "/v1.0") + pattern
                var item = paths[path]?.object ?? item(path)
                var named = operation
                named.prepend("operationId", .string(name(route, pattern)))
                item[route.method.lowercased()] = .object(named)
                paths[path] = .object(item)
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "entrasync", "version": "1",
                "description": "The Microsoft Entra synchronization API as this emulator has it.",
            ],
            "servers": [["url": .string(baseURL)]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(components(&types)),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]
                ],
            ],
            "security": [[:], ["bearer": []]],
        ]
    }

    /// A path with its parameters.
    private static func item(_ path: String) -> JSONObject {
        let parameters = path.split(separator: "/").compactMap { segment -> JSONValue? in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return nil }
            return QueryParameters.path(String(segment.dropFirst().dropLast()))
        }
        return parameters.isEmpty
            ? JSONObject() : JSONObject([("parameters", .array(parameters))])
    }

    /// `get_servicePrincipals_synchronization_jobs`.
    private static func name(_ route: Route, _ pattern: String) -> String {
        let words = pattern.split(separator: "/").map { segment in
            segment.hasPrefix("{") ? "by" : String(segment.filter { $0 != "$" })
        }
        return ([route.method.lowercased()] + words).joined(separator: "_")
    }

    private static func operation(_ route: Route, _ types: inout TypeSchemas) -> JSONObject {
        let shape = OperationShape(route)
        var operation = JSONObject()
        let parameters = QueryParameters(types.type(shape.elementType)).all(of: route)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let request = shape.request {
            operation["requestBody"] = [
                "required": .bool(!shape.isRequestOptional),
                "content": content(request, isInput: true, &types),
            ]
        }
        var responses = JSONObject()
        for (status, content) in shape.answers {
            var response = JSONObject([("description", "Success"), ("headers", headers)])
            if let content {
                response["content"] = self.content(content, isInput: false, &types)
            }
            responses[String(status)] = .object(response)
        }
        responses["4XX"] = failure("What the service refuses")
        if shape.hasDocumentedFailure {
            responses["500"] = failure("The service's answer to an unknown key of a secret")
        }
        operation["responses"] = .object(responses)
        operation["x-row"] = .string(route.number)
        operation["x-permission"] = .string(route.permission.rawValue)
        operation["x-evidence"] = .string(route.evidence)
        operation["x-coverage"] = .string(route.coverage.rawValue)
        return operation
    }

    private static let headers: JSONValue = [
        "request-id": ["required": true, "schema": ["type": "string", "format": "uuid"]],
        "client-request-id": ["required": true, "schema": ["type": "string", "format": "uuid"]],
    ]

    private static func failure(_ description: String) -> JSONValue {
        [
            "description": .string(description), "headers": headers,
            "content": [
                "application/json": ["schema": ["$ref": "#/components/schemas/error"]]
            ],
        ]
    }

    // MARK: Bodies

    private static func content(
        _ content: OperationShape.Content, isInput: Bool, _ types: inout TypeSchemas
    ) -> JSONValue {
        switch content {
        case .text: return ["text/plain": ["schema": ["type": "string", "pattern": "^[0-9]+$"]]]
        case .binary: return ["application/octet-stream": ["schema": [:]]]
        case .bulkRequest:
            return ["application/scim+json": ["schema": OpenAPIDocument.bulkRequest]]
        default:
            return ["application/json": ["schema": schema(content, isInput, &types)]]
        }
    }

    private static func schema(
        _ content: OperationShape.Content, _ isInput: Bool, _ types: inout TypeSchemas
    ) -> JSONValue {
        switch content {
        case .entity(let type): return types.reference(type, isInput: isInput)
        case .collection(let type):
            return value(
                ["type": "array", "items": types.reference(type, isInput: isInput)])
        case .textValue: return value(["type": "string"])
        case .newEntity(let type, let required):
            return [
                "allOf": [
                    types.reference(type, isInput: true),
                    ["type": "object", "required": .array(required.map(JSONValue.string))],
                ]
            ]
        case .objects:
            return value([
                "type": "array",
                "items": [
                    "type": "object", "required": ["id", "@odata.type"],
                    "properties": ["id": ["type": "string", "format": "uuid"]],
                ],
            ])
        case .members(let members, let required):
            for member in members { mention(member.schema, &types) }
            var schema = JSONObject([
                ("type", "object"),
                ("properties", .object(JSONObject(members.map { ($0.name, $0.schema) }))),
                ("additionalProperties", false),
            ])
            if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
            return .object(schema)
        case .batch: return batch
        case .batchAnswer: return batchAnswer
        default: return ["type": "object"]
        }
    }

    private static func value(_ schema: JSONValue) -> JSONValue {
        [
            "type": "object", "required": ["value"],
            "properties": [
                "value": schema, "@odata.context": ["type": "string"],
                "@odata.nextLink": ["type": "string", "format": "uri"],
            ],
        ]
    }

    /// Makes the components that a hand-written schema refers to.
    private static func mention(_ schema: JSONValue, _ types: inout TypeSchemas) {
        if let text = schema.object?["$ref"]?.string, let name = text.split(separator: "/").last,
            name.hasSuffix(".input")
        {
            _ = types.reference(String(name.dropLast(".input".count)), isInput: true)
        }
        for member in schema.object?.members ?? [] { mention(member.value, &types) }
        for element in schema.array ?? [] { mention(element, &types) }
    }

    private static func components(_ types: inout TypeSchemas) -> JSONObject {
        var components = types.components
        components["error"] = OpenAPIDocument.error
        return components
    }

    private static let error: JSONValue = [
        "type": "object", "required": ["error"], "additionalProperties": false,
        "properties": [
            "error": [
                "type": "object", "required": ["code", "message", "innerError"],
                "additionalProperties": false,
                "properties": [
                    "code": ["type": "string", "minLength": 1], "message": ["type": "string"],
                    "target": ["type": ["string", "null"]],
                    "details": ["type": "array", "items": ["type": "object"]],
                    "innerError": [
                        "type": "object",
                        "required": ["date", "request-id", "client-request-id"],
                    ],
                ],
            ]
        ],
    ]

    private static let bulkRequest: JSONValue = [
        "type": "object", "required": ["schemas", "Operations"],
        "properties": [
            "schemas": [
                "type": "array", "minItems": 1, "items": ["enum": [.string(BulkRequest.schema)]],
            ],
            "failOnErrors": ["type": ["integer", "null"], "minimum": 0],
            "Operations": [
                "type": "array", "minItems": 1,
                "maxItems": .integer(Int64(BulkRequest.mostOperations)),
                "items": [
                    "type": "object", "required": ["method", "bulkId", "path", "data"],
                    "properties": [
                        "method": ["enum": ["POST"]], "path": ["enum": ["/Users"]],
                        "bulkId": ["type": "string", "minLength": 1],
                        "data": [
                            "type": "object", "required": ["schemas"],
                            "properties": [
                                "schemas": [
                                    "type": "array", "minItems": 1,
                                    "items": ["type": "string", "minLength": 1],
                                ]
                            ],
                        ],
                    ],
                ],
            ],
        ],
    ]

    private static let batch: JSONValue = [
        "type": "object", "required": ["requests"],
        "properties": [
            "requests": [
                "type": "array", "minItems": 1, "maxItems": .integer(Int64(Limits.batchRequests)),
                "items": [
                    "type": "object", "required": ["id", "method", "url"],
                    "properties": [
                        "id": ["type": "string", "minLength": 1],
                        "method": ["enum": ["GET", "POST", "PATCH", "PUT", "DELETE"]],
                        "url": ["type": "string", "minLength": 1],
                        "headers": [
                            "type": ["object", "null"],
                            "additionalProperties": ["type": "string"],
                        ],
                        "body": [:],
                        "dependsOn": ["type": ["array", "null"], "items": ["type": "string"]],
                    ],
                ],
            ]
        ],
    ]

    private static let batchAnswer: JSONValue = [
        "type": "object", "required": ["responses"], "additionalProperties": false,
        "properties": [
            "responses": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["id", "status", "headers", "body"],
                    "properties": [
                        "id": ["type": "string"],
                        "status": ["type": "integer", "minimum": 200, "maximum": 599],
                        "headers": [
                            "type": "object", "additionalProperties": ["type": "string"],
                        ],
                        "body": [:],
                    ],
                ],
            ]
        ],
    ]
}
