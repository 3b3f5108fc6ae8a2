// The control API as an OpenAPI document, drawn from its table.

import Model

/// `GET /_emulator/openapi-control.json` (OpenAPI 3.0.3).
enum GetControlDocument {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        .answer(document(version: call.information.version))
    }

    static func document(version: String) -> JSONValue {
        var paths = JSONObject()
        for route in ControlRoutes.all {
            let path = "/_emulator" + route.path
            var operations = paths[path]?.object ?? JSONObject()
            operations[route.method.lowercased()] = operation(route)
            paths[path] = .object(operations)
        }
        return [
            "openapi": "3.0.3",
            "info": [
                "title": "entrasync control API", "version": .string(version),
                "description":
                    "What tests do to the emulator: time, state, faults, proof of calls.",
            ],
            "paths": .object(paths),
            "components": ["schemas": ["Error": errorSchema]],
        ]
    }

    private static let errorSchema: JSONValue = [
        "type": "object",
        "properties": [
            "error": [
                "type": "object",
                "properties": ["code": ["type": "string"], "message": ["type": "string"]],
            ]
        ],
    ]

    private static func operation(_ route: ControlRoute) -> JSONValue {
        var operation = JSONObject([
            ("operationId", .string(identifier(route))), ("summary", .string(route.summary)),
        ])
        let parameters =
            names(in: route.path).map { parameter($0, "path", nil) }
            + route.query.map { parameter($0.name, "query", $0.meaning) }
            + [parameter("x-entrasync-tenant", "header", "The tenant; the default one if absent.")]
        operation["parameters"] = .array(parameters)
        if let body = route.body {
            operation["requestBody"] = [
                "content": ["application/json": content(body, route.bodyShape)]
            ]
        }
        operation["responses"] = .object(responses(of: route))
        return .object(operation)
    }

    private static func responses(of route: ControlRoute) -> JSONObject {
        var answer = JSONObject([("description", .string(route.summary))])
        if route.status != 204 {
            let shown = route.answer.map { content($0, route.answerShape) }
            answer["content"] = .object(JSONObject([(route.mediaType, shown ?? [:])]))
        }
        var responses = JSONObject([(String(route.status), .object(answer))])
        for other in route.otherAnswers {
            responses[String(other.status)] = [
                "description": .string(other.meaning),
                "content": ["application/json": ["schema": schema(other.shape)]],
            ]
        }
        responses["default"] = [
            "description": "What was refused, and why.",
            "content": [
                "application/json": ["schema": ["$ref": "#/components/schemas/Error"]]
            ],
        ]
        return responses
    }

    private static func content(_ example: JSONValue, _ shape: JSONValue?) -> JSONValue {
        ["schema": schema(shape ?? example), "example": example]
    }

    /// A schema that an example fits; an empty object or list in it has any members.
    private static func schema(_ example: JSONValue) -> JSONValue {
        switch example {
        case .object(let object) where object.members.isEmpty:
            return ["type": "object", "additionalProperties": true]
        case .null: return [:]
        case .bool: return ["type": "boolean"]
        case .integer: return ["type": "integer"]
        case .number: return ["type": "number"]
        case .string: return ["type": "string"]
        case .array(let elements):
            return ["type": "array", "items": elements.first.map(schema) ?? [:]]
        case .object(let object):
            let properties = object.members.map { ($0.name, schema($0.value)) }
            return ["type": "object", "properties": .object(JSONObject(properties))]
        }
    }

    private static func parameter(
        _ name: String, _ place: String, _ meaning: String?
    ) -> JSONValue {
        var members = JSONObject([
            ("name", .string(name)), ("in", .string(place)),
            ("required", .bool(place == "path")), ("schema", ["type": "string"]),
        ])
        members["description"] = meaning.map(JSONValue.string)
        return .object(members)
    }

    private static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { String($0.dropFirst().dropLast()) }
    }

    /// `postSnapshotsRestore` of `POST /snapshots/{name}/restore`; parameters count as `By…`.
    private static func identifier(_ route: ControlRoute) -> String {
        route.path.split(whereSeparator: { "/-.".contains($0) })
            .reduce(route.method.lowercased()) { text, part in
                let isName = part.hasPrefix("{")
                let word = isName ? part.dropFirst().dropLast() : part
                return text + (isName ? "By" : "") + word.prefix(1).uppercased() + word.dropFirst()
            }
    }
}
