// Credentials put to the test over Graph: what the target says decides.

import Emulator
import HTTP
import Model
import Support
import Synchronization
import Testing

private let principal = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
private let root = "/v1.0/servicePrincipals/\(principal)/synchronization"

/// Answers every request alike, and counts them.
private final class OneAnswer: HTTPHandler {
    private let response: HTTPResponse
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ response: HTTPResponse) { self.response = response }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func reply(to request: HTTPRequest) -> HTTPReply {
        seen.withLock { $0.append(request) }
        return .now(response)
    }

    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: refusal.status)
    }
}

struct CredentialTests {
    private static func pairs(_ values: [(String, String)]) -> JSONValue {
        .array(values.map { ["key": .string($0.0), "value": .string($0.1)] })
    }

    /// What `validateCredentials` answers when the target answers so.
    private static func validate(
        _ status: Int, _ body: String, _ type: String = "application/scim+json"
    ) throws -> (answer: HTTPResponse, requests: [HTTPRequest]) {
        let target = OneAnswer(
            HTTPResponse(
                status: status, fields: [HTTPField("Content-Type", type)], body: Array(body.utf8)))
        let listener = try HTTPListener(options: HTTPListenerOptions(), handler: target)
        defer { listener.stop(graceSeconds: 5) }
        let answer = try TestWorld().send(
            "POST", root + "/jobs/validateCredentials",
            [
                "templateId": "scim", "useSavedCredentials": "false",
                "credentials": pairs([
                    ("BaseAddress", "http://127.0.0.1:\(listener.port)/scim"),
                    ("SecretToken", "t"),
                ]),
            ])
        return (answer, target.requests)
    }

    @Test func aListIsWhatIsAskedFor() throws {
        let (answer, requests) = try Self.validate(200, #"{"totalResults":0,"Resources":[]}"#)
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        #expect(requests.count == 1)
        #expect(requests.first?.path == "/scim/Users")
        #expect(requests.first?.query?.hasPrefix("filter=userName+eq+%22") == true)
        #expect(requests.first?.value(of: "Authorization") == "Bearer t")
    }

    @Test(arguments: [
        (401, "Unavailable"), (403, "Unavailable"), (404, "Unavailable"), (500, "Unavailable"),
        (503, "Unavailable"), (302, "Unavailable"), (400, "Failure"), (405, "Failure"),
    ])
    func refusalsHaveTheirCodes(_ status: Int, _ end: String) throws {
        let (answer, _) = try Self.validate(status, #"{"detail":"no"}"#)
        #expect(answer.status == 400)
        #expect(
            answer.errorCode
                == "SystemForCrossDomainIdentityManagementCredentialValidation" + end)
    }

    @Test func theMessageShowsTheExchange() throws {
        let (answer, _) = try Self.validate(400, #"{"detail":"no"}"#)
        let message = answer.errorMessage
        #expect(
            message.hasPrefix(
                "We received this unexpected response from your application: Received response from "
                    + "Web resource. Resource: http://127.0.0.1:"))
        #expect(message.contains(" Operation: GET Response Status Code: BadRequest "))
        #expect(message.contains("Content-Type: application/scim+json"))
        #expect(message.hasSuffix(#"Response Content: {"detail":"no"}"#))
    }

    @Test func anAnswerThatIsNoListIsRefused() throws {
        for (body, type) in [("{}", "application/scim+json"), ("<p>", "text/html")] {
            let (answer, _) = try Self.validate(200, body, type)
            #expect(answer.status == 400)
        }
    }

    @Test func nothingThereIsUnavailable() throws {
        let answer = try TestWorld().send(
            "POST", root + "/jobs/validateCredentials",
            [
                "templateId": "scim",
                "credentials": Self.pairs([("BaseAddress", "http://127.0.0.1:1/scim")]),
            ])
        #expect(answer.status == 400)
        #expect(answer.errorCode.hasSuffix("CredentialValidationUnavailable"))
    }

    @Test func savedCredentialsAreThoseOfTheServicePrincipal() throws {
        let world = try TestWorld()
        let saved = world.send(
            "POST", root + "/jobs/validateCredentials",
            [
                "templateId": "scim", "useSavedCredentials": true,
                "credentials": Self.pairs([("BaseAddress", "http://127.0.0.1:1/scim")]),
            ])
        #expect(saved.status == 204)
    }

    @Test(arguments: [
        (#"{"credentials":[]}"#, 400, "RequestMissingRequiredParameter"),
        (#"{"templateId":"scim"}"#, 400, "RequestMissingRequiredParameter"),
        (#"{"templateId":"scim","useSavedCredentials":"maybe"}"#, 400, "BadRequest"),
        (
            #"{"templateId":"scim","credentials":[{"key":"baseAddress","value":""}]}"#, 500,
            "InternalError"
        ),
        (
            #"{"templateId":"scim","credentials":[{"key":"SecretToken","value":"a"},{"key":"Oauth2ClientId","value":"b"}]}"#,
            500, "InternalError"
        ),
        (#"{"templateId":"scim","credentials":[],"x":1}"#, 400, "BadRequest"),
        ("[]", 400, "BadRequest"),
    ])
    func badBodiesAreRefused(_ body: String, _ status: Int, _ code: String) throws {
        let answer = try TestWorld().send(
            "POST", root + "/jobs/validateCredentials", try JSONValue(parsing: body))
        #expect(answer.status == status)
        #expect(answer.errorCode == code)
    }

    @Test func aPolicyBetweenTenantsIsTaken() throws {
        let answer = try TestWorld().send(
            "POST", root + "/jobs/validateCredentials",
            [
                "useSavedCredentials": false, "templateId": "Azure2Azure",
                "credentials": Self.pairs([
                    ("CompanyId", principal), ("AuthenticationType", "SyncPolicy"),
                ]),
            ])
        #expect(answer.status == 204)
    }

    @Test func aTokenIsAcquiredAndKept() throws {
        let target = OneAnswer(
            HTTPResponse(
                fields: [HTTPField("Content-Type", "application/json")],
                body: Array(#"{"access_token":"fresh","expires_in":600}"#.utf8)))
        let listener = try HTTPListener(options: HTTPListenerOptions(), handler: target)
        defer { listener.stop(graceSeconds: 5) }
        let world = try TestWorld()
        let answer = world.send(
            "POST", root + "/acquireAccessToken",
            [
                "credentials": Self.pairs([
                    ("Oauth2TokenExchangeUri", "http://127.0.0.1:\(listener.port)/token"),
                    ("Oauth2ClientId", "me"), ("Oauth2ClientSecret", "secret"),
                ])
            ])
        #expect(answer.status == 204)
        #expect(target.requests.count == 1)
        let secrets = try world.tenant().secrets(of: .id(GUID(parsing: principal) ?? .zero))
        #expect(secrets.contains(SynchronizationSecret(key: "Oauth2AccessToken", value: "fresh")))
        let listed = world.send("GET", root + "/secrets").json.text
        #expect(listed.contains("Oauth2AccessToken"))
        #expect(!listed.contains("fresh"))
    }
}
