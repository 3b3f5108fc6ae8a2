// What the target says of itself.

import Emulator
import HTTP
import Model

/// Configuration, resource types and schemas (RFC 7644, section 4).
enum Discovery {
    /// The answer of a discovery endpoint; nil when the path is none.
    ///
    /// - Throws: `SCIMRefusal` for another method than GET, for a filter, and for what does not exist;
    ///   `StorageError`.
    static func response(
        to request: HTTPRequest, segments: [String], base: String, store: SCIMStore
    ) throws -> HTTPResponse? {
        guard let name = segments.first,
            ["ServiceProviderConfig", "ResourceTypes", "Schemas"].contains(name)
        else { return nil }
        guard ["GET", "HEAD"].contains(request.method) else {
            throw SCIMRefusal.methodNotAllowed("GET, HEAD")
        }
        // A filter would let a client believe that it was applied (RFC 7644, section 4).
        let query = request.query?.lowercased() ?? ""
        guard !query.split(separator: "&").contains(where: { $0.hasPrefix("filter=") }) else {
            throw SCIMRefusal(403, nil, "Filters are not taken here.")
        }
        if name == "ServiceProviderConfig" {
            guard segments.count == 1 else { throw SCIMRefusal.notFound("The address") }
            return render(configuration(base))
        }
        let custom = try CustomSchemas(of: store)
        let all = name == "Schemas" ? schemas(base, custom) : resourceTypes(base, custom)
        switch segments.count {
        case 1: return render(list(all))
        case 2:
            let known = all.first {
                $0.object?["id"]?.string?.isSameSCIMName(as: segments[1]) == true
            }
            guard let known else { throw SCIMRefusal.notFound("'\(segments[1])'") }
            return render(known)
        default: throw SCIMRefusal.notFound("The address")
        }
    }

    private static func render(_ json: JSONValue) -> HTTPResponse {
        HTTPResponse(fields: [BuiltInTarget.contentType], body: json.bytes)
    }

    private static func list(_ elements: [JSONValue]) -> JSONValue {
        [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": .integer(Int64(elements.count)),
            "itemsPerPage": .integer(Int64(elements.count)), "startIndex": 1,
            "Resources": .array(elements),
        ]
    }

    private static func configuration(_ base: String) -> JSONValue {
        [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": ["supported": true],
            "bulk": [
                "supported": true, "maxOperations": .integer(Int64(Limits.bulkOperations)),
                "maxPayloadSize": .integer(Int64(Limits.bulkBytes)),
            ],
            "filter": ["supported": true, "maxResults": .integer(Int64(Limits.pageResources))],
            "changePassword": ["supported": false], "sort": ["supported": true],
            "etag": ["supported": true],
            "authenticationSchemes": [
                [
                    "type": "oauthbearertoken", "name": "Bearer token",
                    "description": "The SecretToken of the job's secrets, as a bearer token.",
                    "specUri": "https://www.rfc-editor.org/info/rfc6750", "primary": true,
                ]
            ],
            "meta": [
                "resourceType": "ServiceProviderConfig",
                "location": .string(base + "/ServiceProviderConfig"),
            ],
        ]
    }

    private static func resourceTypes(_ base: String, _ custom: CustomSchemas) -> [JSONValue] {
        SCIMResourceType.allCases.map { type in
            var json = JSONObject([
                ("schemas", ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"]),
                ("id", .string(type.name)), ("name", .string(type.name)),
                ("description", .string(type == .user ? "User accounts" : "Groups of users")),
                ("endpoint", .string(type.endpoint)), ("schema", .string(type.schema)),
            ])
            let own = type == .user ? [SCIMResourceType.enterprise] : []
            let extensions = own + custom.extensions(of: type)
            if !extensions.isEmpty {
                json["schemaExtensions"] = .array(
                    extensions.map { ["schema": .string($0), "required": false] })
            }
            json["meta"] = [
                "resourceType": "ResourceType",
                "location": .string(base + "/ResourceTypes/" + type.name),
            ]
            return .object(json)
        }
    }

    private static func schemas(_ base: String, _ custom: CustomSchemas) -> [JSONValue] {
        (SchemaBook.standard.schemas + custom.schemas).map { schema in
            var json = schema
            json["meta"] = [
                "resourceType": "Schema",
                "location": .string(base + "/Schemas/" + (schema["id"]?.string ?? "")),
            ]
            return .object(json)
        }
    }
}
