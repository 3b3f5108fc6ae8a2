// The SCIM client over a socket: what it sends, what it makes of good and of hostile answers.

import Emulator
import Expressions
import Glibc
import HTTP
import Model
import Provisioning
import Support
import Testing

private let userName = TargetAttribute(name: "userName")
private let user = TargetType(
    name: "urn:ietf:params:scim:schemas:core:2.0:User", attributes: [userName])
private let prefix = "SystemForCrossDomainIdentityManagement"

struct SCIMDirectoryTests {
    @Test func sendsWhatTheServiceSends() throws {
        try withEndpoint([
            .empty, .empty, .json(200, #"{"id":"7","userName":"A"}"#), .status(404),
            .json(201, #"{"id":"8"}"#), .status(204), .status(204), .empty,
        ]) { directory, endpoint, _ in
            try directory.probe()
            #expect(try directory.find(user, where: userName, is: "a b").isEmpty)
            let loaded = try directory.load(user, id: "7")
            #expect(loaded == TargetObject(id: "7", values: ["userName": "A"]))
            #expect(try directory.load(user, id: "9") == nil)
            let change = TargetChange(userName, .add, "b")
            #expect(try directory.create(user, [change]) == TargetObject(id: "8"))
            try directory.update(user, id: "8", [change])
            try directory.delete(user, id: "8")
            let manager = TargetAttribute(name: "manager", kind: .reference)
            let refers = try directory.refers(user, id: "8", manager, to: "7")
            #expect(!refers)
            let lines = endpoint.lines
            #expect(lines[0].hasPrefix("GET /scim/Users?filter=userName+eq+%22"))
            #expect(
                Array(lines.dropFirst()) == [
                    "GET /scim/Users?filter=userName+eq+%22a+b%22", "GET /scim/Users/7",
                    "GET /scim/Users/9", "POST /scim/Users", "PATCH /scim/Users/8",
                    "DELETE /scim/Users/8",
                    "GET /scim/Users?filter=id+eq+%228%22+and+manager+eq+%227%22&attributes=id",
                ])
            #expect(endpoint.requests.allSatisfy { $0.value(of: "Authorization") == "Bearer t" })
            #expect(endpoint.requests[4].value(of: "Content-Type") == "application/scim+json")
            #expect(endpoint.requests[0].value(of: "Content-Type") == nil)
        }
    }

    @Test func theFlagOfTheURLChoosesTheDialect() throws {
        let change = TargetChange(TargetAttribute(name: "active", kind: .boolean), .replace, true)
        for (query, operation) in [
            ("", #"{"op":"Replace","path":"active","value":"True"}"#),
            ("?aadOptscim062020", #"{"op":"replace","path":"active","value":true}"#),
        ] {
            try withEndpoint([.status(204)], query: query) { directory, endpoint, _ in
                try directory.update(user, id: "1", [change])
                #expect(endpoint.requests[0].query == nil)
                let body = try JSONValue(parsing: endpoint.requests[0].body)
                #expect(body.object?["Operations"]?.array?.first?.text == operation)
            }
        }
    }

    @Test func keepsOneConnection() throws {
        let count = 20
        let script = (0..<count).map { _ in ScriptedEndpoint.Answer.status(204) }
        try withEndpoint(script) { directory, endpoint, _ in
            for id in 0..<count { try directory.delete(user, id: String(id)) }
            #expect(endpoint.requests.count == count)
        }
    }

    @Test(arguments: [
        ("malformed", #"{"totalResults":"#, "application/scim+json", "BadResponse"),
        ("a page", "<html>", "text/html", "BadResponse"),
        ("no list", #"{"a":1}"#, "application/json", "ServiceIncompatible"),
        ("deep", String(repeating: "[", count: 100_000), "application/json", "BadResponse"),
    ])
    func uselessAnswersAreFailures(
        _ name: String, _ body: String, _ type: String, _ code: String
    ) throws {
        try withEndpoint([.json(200, body, type: type)]) { directory, _, _ in
            let found = failure { _ = try directory.find(user, where: userName, is: "a") }
            #expect(found?.code == prefix + code)
            #expect(found?.kind == .entry)
        }
    }

    @Test func aHugeAnswerIsNotRead() throws {
        var outbound = OutboundOptions()
        outbound.bodyLimitBytes = 100_000
        let huge = String(repeating: " ", count: 100_001)
        try withEndpoint([.json(200, huge), .empty], outbound: outbound) { directory, _, _ in
            let found = failure { _ = try directory.find(user, where: userName, is: "a") }
            #expect(found?.code == prefix + "BadResponse")
            #expect(found?.message.contains("longer than 100000 bytes") == true)
            let next = try directory.find(user, where: userName, is: "a")
            #expect(next.isEmpty)
        }
    }

    @Test func aSilentTargetIsATimeout() throws {
        var outbound = OutboundOptions()
        outbound.timeoutMilliseconds = 100
        try withEndpoint([.silence], outbound: outbound) { directory, _, _ in
            let found = failure { _ = try directory.load(user, id: "1") }
            #expect(found?.code == "Timeout")
            #expect(found?.kind == .unreachable)
        }
    }

    @Test func redirectsAreNotFollowed() throws {
        let away = HTTPField("Location", "http://127.0.0.1:1/elsewhere")
        try withEndpoint([.status(302, [away])]) { directory, endpoint, _ in
            let found = failure { _ = try directory.load(user, id: "1") }
            #expect(found?.status == 302)
            #expect(endpoint.requests.count == 1)
        }
    }

    @Test func aDroppedConnectionIsUnreachable() throws {
        let tenant = try TestWorld(seeds: []).tenant()
        let directory = try tenant.makeTarget(
            with: [SynchronizationSecret(key: "BaseAddress", value: "http://127.0.0.1:1/scim")],
            job: nil, schema: nil)
        let found = failure { try directory.probe() }
        #expect(found?.kind == .unreachable)
        #expect(found?.status == nil)
    }

    @Test func aTokenCannotSmuggleHeaders() throws {
        let secrets = ["SecretToken": "t\r\nX-Evil: 1"]
        try withEndpoint([.empty], secrets: secrets) { directory, endpoint, _ in
            let found = failure { try directory.probe() }
            #expect(found?.kind == .unreachable)
            #expect(endpoint.requests.isEmpty)
        }
    }

    @Test func aFailedPatchEndsTheUpdate() throws {
        try withEndpoint([.status(204), .status(500), .status(204)]) { directory, endpoint, _ in
            let members = TargetAttribute(
                name: "members", kind: .reference, isMultivalued: true)
            let group = TargetType(
                name: "urn:ietf:params:scim:schemas:core:2.0:Group", attributes: [members])
            let found = failure {
                try directory.update(
                    group, id: "1", [TargetChange(members, .add, ["1", "2", "3"])])
            }
            #expect(found?.code == "InternalServerError")
            #expect(endpoint.requests.count == 2)
        }
    }

    @Test func throttlingIsAFailureUnlessToldOtherwise() throws {
        let busy = ScriptedEndpoint.Answer.status(429, [HTTPField("Retry-After", "1")])
        try withEndpoint([busy, .status(204)]) { directory, endpoint, _ in
            let found = failure { try directory.delete(user, id: "1") }
            #expect(found?.kind == .throttled(retryAfter: .seconds(1)))
            #expect(endpoint.requests.count == 1)
        }
        var outbound = OutboundOptions()
        outbound.honorsRetryAfter = true
        try withEndpoint([busy, busy, .status(204)], outbound: outbound) { directory, endpoint, _ in
            try directory.delete(user, id: "1")
            #expect(endpoint.requests.count == 3)
        }
        let endless = (0..<20).map { _ in busy }
        try withEndpoint(endless, outbound: outbound) { directory, endpoint, _ in
            let found = failure { try directory.delete(user, id: "1") }
            #expect(found?.code == "TooManyRequests")
            #expect(endpoint.requests.count == 6)
        }
    }

    @Test(arguments: [
        [:], ["BaseAddress": ""], ["BaseAddress": "nowhere"], ["BaseAddress": "file:///etc/passwd"],
    ])
    func aMissingTenantURLIsExplained(_ secrets: [String: String]) throws {
        let tenant = try TestWorld(seeds: []).tenant()
        let found = failure {
            _ = try tenant.makeTarget(
                with: secrets.map { SynchronizationSecret(key: $0, value: $1) }, job: nil,
                schema: nil)
        }
        #expect(found?.kind == .credentials)
        #expect(found?.code == prefix + "InvalidCredentials")
        #expect(found?.message == "Please provide a valid tenant URL for your application.")
    }
}
