// What the target refuses, in SCIM's words.

import HTTP
import Model

/// An error answer (RFC 7644, section 3.12).
///
/// Shape: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"noTarget",
/// "detail":"…","status":"400"}`.
struct SCIMRefusal: Error, Equatable {
    let status: Int
    let scimType: String?
    let detail: String
    var fields: [HTTPField] = []

    init(_ status: Int, _ scimType: String? = nil, _ detail: String) {
        self.status = status
        self.scimType = scimType
        self.detail = detail
    }

    static let schema: JSONValue = "urn:ietf:params:scim:api:messages:2.0:Error"

    static func invalidFilter(_ error: SCIMSyntaxError) -> SCIMRefusal {
        SCIMRefusal(400, "invalidFilter", error.description)
    }

    static func invalidPath(_ path: String, _ error: SCIMSyntaxError) -> SCIMRefusal {
        SCIMRefusal(400, "invalidPath", "'\(path)': \(error)")
    }

    static func invalidSyntax(_ detail: String) -> SCIMRefusal {
        SCIMRefusal(400, "invalidSyntax", detail)
    }

    static func invalidValue(_ detail: String) -> SCIMRefusal {
        SCIMRefusal(400, "invalidValue", detail)
    }

    static func noTarget(_ path: String) -> SCIMRefusal {
        SCIMRefusal(400, "noTarget", "'\(path)' is nowhere in the resource.")
    }

    static func mutability(_ name: String) -> SCIMRefusal {
        SCIMRefusal(400, "mutability", "'\(name)' can't be changed so.")
    }

    static func uniqueness(_ name: String, _ value: String) -> SCIMRefusal {
        SCIMRefusal(409, "uniqueness", "'\(name)' '\(value)' is taken.")
    }

    static func notFound(_ what: String) -> SCIMRefusal {
        SCIMRefusal(404, nil, "\(what) does not exist.")
    }

    static func tooLarge(_ what: String, limit: Int) -> SCIMRefusal {
        SCIMRefusal(413, nil, "\(what) is over the limit of \(limit).")
    }

    static func methodNotAllowed(_ allowed: String) -> SCIMRefusal {
        var refusal = SCIMRefusal(405, nil, "Allowed here: \(allowed).")
        refusal.fields = [HTTPField("Allow", allowed)]
        return refusal
    }

    static let preconditionFailed = SCIMRefusal(412, nil, "The resource has another version.")

    static let unauthorized: SCIMRefusal = {
        var refusal = SCIMRefusal(401, nil, "The bearer token is missing or wrong.")
        refusal.fields = [HTTPField("WWW-Authenticate", "Bearer realm=\"SCIM\"")]
        return refusal
    }()

    /// The error's body.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [("schemas", [SCIMRefusal.schema])]
        if let scimType { members.append(("scimType", .string(scimType))) }
        members.append(("detail", .string(detail)))
        members.append(("status", .string(String(status))))
        return .object(JSONObject(members))
    }

    /// The answer.
    var response: HTTPResponse {
        HTTPResponse(status: status, fields: [BuiltInTarget.contentType] + fields, body: json.bytes)
    }
}
