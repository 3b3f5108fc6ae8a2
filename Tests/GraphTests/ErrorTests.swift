// What is refused, and with which words.

import Graph
import HTTP
import Model
import Support
import Testing

private let root = "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1"
private let synchronization = root + "/synchronization"
private let job = synchronization + "/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
private let nobody = "00000000-0000-0000-0000-00000000dead"

/// A request that is refused, and the refusal.
struct Refusal: Sendable, CustomTestStringConvertible {
    let method: String
    let target: String
    var body: String?
    var contentType: String? = "application/json"
    let status: Int
    let code: String
    let message: String

    var testDescription: String { "\(method) \(target) \(body ?? "")" }
}

private let refusals: [Refusal] = [
    // Resources that are not there.
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals/\(nobody)", status: 404,
        code: "Request_ResourceNotFound", message: "Resource '\(nobody)' does not exist or one of"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals/7", status: 400, code: "Request_BadRequest",
        message: "Invalid object identifier '7'."),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals(appId='7')", status: 400,
        code: "Request_BadRequest", message: "Invalid object identifier '7'."),
    Refusal(
        method: "GET", target: "/v1.0/applications/\(nobody)/synchronization/jobs", status: 404,
        code: "Request_ResourceNotFound", message: "Resource '\(nobody)'"),
    Refusal(
        method: "GET", target: synchronization + "/jobs/nothing", status: 404,
        code: "ResourceNotFound", message: "The synchronization job 'nothing' was not found."),
    Refusal(
        method: "POST", target: synchronization + "/jobs/nothing/start", status: 404,
        code: "ResourceNotFound", message: "job 'nothing'"),
    Refusal(
        method: "GET", target: synchronization + "/templates/nothing", status: 404,
        code: "ResourceNotFound", message: "template 'nothing'"),
    Refusal(
        method: "GET", target: job + "/schema/directories/nothing", status: 404,
        code: "ResourceNotFound", message: "directory 'nothing'"),
    // Paths and methods.
    Refusal(
        method: "GET", target: "/v2.0/servicePrincipals", status: 400, code: "BadRequest",
        message: "Invalid version: v2.0"),
    Refusal(
        method: "GET", target: "/v1.0/colours", status: 400, code: "BadRequest",
        message: "Resource not found for the segment 'colours'."),
    Refusal(
        method: "GET", target: synchronization + "/colours", status: 400, code: "BadRequest",
        message: "Resource not found for the segment 'colours'."),
    Refusal(
        method: "DELETE", target: "/v1.0/servicePrincipals", status: 405,
        code: "Request_BadRequest",
        message: "Specified HTTP method is not allowed for the request target."),
    Refusal(
        method: "PUT", target: synchronization + "/jobs", status: 404, code: "UnknownError",
        message: "{\"Message\":\"No HTTP resource was found that matches the request URI "
            + "'https://syncfabric.windowsazure.com/api/servicePrincipals('"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals/%zz", status: 400, code: "BadRequest",
        message: "percent escape"),
    // Bodies.
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "{}", contentType: nil,
        status: 400, code: "BadRequest",
        message: "Write requests (excluding DELETE) must contain the Content-Type header"),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "{}", contentType: "text/plain",
        status: 400, code: "BadRequest",
        message: "Entity only allows writes with a JSON Content-Type header."),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "", status: 400,
        code: "BadRequest", message: "Empty Payload. JSON content expected."),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "{\"templateId\":", status: 400,
        code: "BadRequest", message: "Unable to read JSON request payload."),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "[]", status: 400,
        code: "BadRequest", message: "An object was expected."),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: "{}", status: 400,
        code: "BadRequest", message: "property 'templateId'"),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: #"{"templateId":7}"#,
        status: 400, code: "BadRequest", message: "of property 'templateId'"),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: #"{"colour":"red"}"#,
        status: 400, code: "BadRequest", message: "The property 'colour' does not exist on type"),
    Refusal(
        method: "POST", target: synchronization + "/jobs", body: #"{"templateId":"nothing"}"#,
        status: 404, code: "ResourceNotFound", message: "template 'nothing'"),
    Refusal(
        method: "POST", target: synchronization + "/jobs",
        body: #"{"templateId":"SfSandboxOutDelta"}"#, status: 400, code: "BadRequest",
        message: "already has the synchronization job 'SfSandboxOutDelta.e4bb"),
    Refusal(
        method: "POST", target: job + "/restart", body: #"{"criteria":{"resetScope":"full"}}"#,
        status: 400, code: "BadRequest", message: "Cannot convert the literal 'full'"),
    Refusal(
        method: "POST", target: job + "/restart", body: #"{"criteria":{"colour":1}}"#,
        status: 400, code: "BadRequest", message: "The property 'colour'"),
    Refusal(
        method: "POST", target: job + "/restart", body: #"{"colour":1}"#, status: 400,
        code: "BadRequest", message: "The property 'colour'"),
    Refusal(
        method: "PUT", target: job + "/schema",
        body: #"{"synchronizationRules":[{"objectMappings":[{"enabled":"yes"}]}]}"#, status: 400,
        code: "BadRequest",
        message: "Path 'synchronizationRules[0].objectMappings[0].enabled'"),
    Refusal(
        method: "PUT", target: job + "/schema",
        body: #"{"directories":[{"objects":[{"attributes":[{"type":"string"}]}]}]}"#, status: 400,
        code: "BadRequest", message: "the literal 'string' to the expected type"),
    Refusal(
        method: "PUT", target: synchronization + "/secrets",
        body: #"{"value":[{"key":"baseAddress","value":"x"}]}"#, status: 500,
        code: "InternalError", message: "Requested value 'baseAddress' was not found."),
    Refusal(
        method: "PUT", target: synchronization + "/secrets", body: #"{"value":[{"value":"x"}]}"#,
        status: 400, code: "BadRequest", message: "'key'"),
    Refusal(
        method: "PUT", target: synchronization + "/secrets",
        body: #"{"value":[{"key":"BaseAddress","value":7}]}"#, status: 400, code: "BadRequest",
        message: "Path 'value[0].value'"),
    Refusal(
        method: "PUT", target: synchronization + "/secrets", body: #"{"credentials":[]}"#,
        status: 400, code: "BadRequest", message: "The property 'credentials'"),
    Refusal(
        method: "PUT", target: synchronization + "/secrets", body: "{}", status: 400,
        code: "BadRequest", message: "property 'value'"),
    Refusal(
        method: "POST", target: job + "/schema/parseExpression", body: "{}", status: 400,
        code: "BadRequest", message: "property 'expression'"),
    Refusal(
        method: "POST", target: job + "/schema/parseExpression", body: #"{"expression":7}"#,
        status: 400, code: "BadRequest", message: "of property 'expression'"),
    Refusal(
        method: "POST", target: job + "/schema/parseExpression",
        body: #"{"expression":"[a]","testInputObject":{"colour":1}}"#, status: 400,
        code: "BadRequest", message: "The property 'colour'"),
    Refusal(
        method: "GET", target: synchronization + "/jobs/nothing/schema/functions", status: 404,
        code: "ResourceNotFound", message: "job 'nothing'"),
    // Query options.
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$colour=1", status: 400,
        code: "BadRequest", message: "The query parameter '$colour' is not supported."),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$search=x", status: 400,
        code: "Request_UnsupportedQuery", message: "$search query parameter"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$top=0", status: 400, code: "BadRequest",
        message: "Invalid value '0' for the query option '$top'."),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$top=1000", status: 400,
        code: "BadRequest", message: "'$top'"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$skiptoken=x", status: 400,
        code: "Directory_ExpiredPageToken", message: "page token"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$select=colour", status: 400,
        code: "BadRequest",
        message: "Parsing OData Select and Expand failed: Could not find a property named "
            + "'colour' on type 'microsoft.graph.servicePrincipal'."),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$filter=colour%20eq%20'x'", status: 400,
        code: "BadRequest",
        message: "Invalid filter clause: Could not find a property named 'colour' on type "
            + "'microsoft.graph.servicePrincipal'."),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$filter=notes%20eq%20'x'",
        status: 400, code: "Request_UnsupportedQuery",
        message: "Unsupported or invalid query filter clause specified for property 'notes'"),
    Refusal(
        method: "GET", target: "/v1.0/servicePrincipals?$filter=%zz", status: 400,
        code: "BadRequest", message: "malformed percent escape"),
]

struct ErrorTests {
    @Test(arguments: refusals)
    func refusesInTheServicesShape(_ refusal: Refusal) throws {
        let world = try TestWorld()
        var fields: [HTTPField] = []
        if let type = refusal.contentType, refusal.body != nil {
            fields.append(HTTPField("Content-Type", type))
        }
        let response = world.send(
            HTTPRequest(
                method: refusal.method, path: refusal.target, fields: fields,
                body: Array((refusal.body ?? "").utf8)))
        #expect(response.status == refusal.status)
        #expect(response.errorCode == refusal.code)
        #expect(
            response.errorMessage.contains(refusal.message),
            "'\(response.errorMessage)' lacks '\(refusal.message)'")
        let date = response.member("error", "innerError", "date").string ?? ""
        #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil)
        let id = response.member("error", "innerError", "request-id").string
        #expect(id != nil && id == response.value(of: "request-id"))
        #expect(response.value(of: "Content-Type")?.hasPrefix("application/json") == true)
        // What is refused changes nothing.
        #expect(world.send("GET", job).json == (try TestWorld().send("GET", job).json))
    }

    @Test func methodsThatADirectoryResourceLacksNameTheOthers() throws {
        let response = try TestWorld().send("DELETE", "/v1.0/servicePrincipals")
        #expect(response.value(of: "Allow")?.contains("GET") == true)
    }

    @Test func clientsFindTheirOwnIdentifierAgain() throws {
        let id = "9f6ea1c0-7b2d-4a3c-9d7e-000000000001"
        let response = try TestWorld().send(
            "GET", job, fields: [HTTPField("client-request-id", id)])
        #expect(response.value(of: "client-request-id") == id)
        #expect(response.value(of: "request-id") != id)
        let other = try TestWorld().send(
            "GET", job, fields: [HTTPField("client-request-id", "x\r\ny")])
        #expect(other.value(of: "client-request-id") == other.value(of: "request-id"))
    }

    @Test func lenientModeTakesWhatStrictModeRefuses() throws {
        let world = try TestWorld(isLenient: true)
        let created = world.send(
            "POST",
            "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization/jobs"
                + "?$colour=1", ["templateId": "SfSandboxOutDelta", "colour": "red"])
        #expect(created.status == 201)
        let patched = world.send("PATCH", job + "/schema", ["synchronizationRules": []])
        #expect(patched.status == 204)
        #expect(world.send("GET", job + "/schema").member("synchronizationRules") == [])
    }
}
