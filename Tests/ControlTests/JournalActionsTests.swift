// The journal: what is kept and masked, filters, and assertions with near misses.

import HTTP
import Model
import Support
import Testing

struct JournalActionsTests {
    private static let principal =
        "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization"

    @Test func requestsAreKeptWithoutTheirSecrets() throws {
        let world = try TestWorld()
        _ = world.send(
            HTTPRequest(
                method: "PUT", path: Self.principal + "/secrets",
                fields: [
                    HTTPField("Authorization", "Bearer very-secret"),
                    HTTPField("Content-Type", "application/json"),
                ],
                body: Array(
                    #"{"value":[{"key":"SecretToken","value":"hush"},{"key":"BaseAddress","value":"https://a"}]}"#
                        .utf8)))
        let page = world.send("GET", "/_emulator/requests")
        #expect(page.member("value", 0, "method") == "PUT")
        #expect(page.member("value", 0, "status") == 204)
        #expect(page.member("value", 0, "sequence") == 1)
        #expect(page.member("value", 0, "request", "headers", "Authorization") == "Bearer ***")
        #expect(page.member("value", 0, "request", "body", "value", 0, "value") == "***")
        #expect(page.member("value", 0, "request", "body", "value", 1, "value") == "https://a")
        #expect(!String(decoding: page.body, as: UTF8.self).contains("hush"))
    }

    @Test func filtersAndSequencesSelect() throws {
        let world = try TestWorld()
        world.send("GET", Self.principal + "/jobs")
        world.send("GET", Self.principal + "/jobs/none")
        world.send("POST", Self.principal + "/jobs", [:])
        func count(_ query: String) -> Int {
            world.send("GET", "/_emulator/requests?" + query).member("value").array?.count ?? -1
        }
        #expect(count("") == 3)
        #expect(count("method=GET") == 2)
        #expect(count("status=404") == 1)
        #expect(count("path=*%2Fnone") == 1)
        #expect(count("path=%2Fv1.0") == 3)
        #expect(count("after=2") == 1)
        #expect(count("direction=outbound") == 0)
        #expect(count("limit=2&bodies=false") == 2)
        #expect(world.send("GET", "/_emulator/requests?limit=0").status == 400)
        #expect(world.send("GET", "/_emulator/requests?colour=red").status == 400)
        #expect(world.send("DELETE", "/_emulator/requests").status == 204)
        #expect(count("") == 0)
        #expect(world.send("GET", "/_emulator/requests").member("next") == 4)
    }

    @Test func whatWasAskedIsVerifiedAndWhatWasNotShowsTheNearestMiss() throws {
        let world = try TestWorld()
        world.send("POST", Self.principal + "/jobs", ["templateId": "none"])
        world.send("GET", Self.principal + "/jobs")
        let good = world.send(
            "POST", "/_emulator/requests/verify",
            [
                "inOrder": true,
                "assertions": [
                    ["method": "POST", "bodyContains": ["templateId": "none"], "exactly": 1],
                    ["method": "GET", "path": "*/jobs", "atLeast": 1, "atMost": 3],
                    ["method": "DELETE", "exactly": 0],
                ],
            ])
        #expect(good.status == 200)
        #expect(good.member("assertions", 0, "sequences") == [1])
        let bad = world.send(
            "POST", "/_emulator/requests/verify",
            ["method": "POST", "path": "*/jobs", "bodyContains": ["templateId": "scim"]])
        #expect(bad.status == 422)
        let differs = bad.member("failures", 0, "nearMisses", 0, "differs")
        #expect(
            differs == [["field": "body.templateId", "expected": "\"scim\"", "actual": "\"none\""]])
        #expect(bad.errorMessage.contains("Nearest miss: #1 POST"))
        let order = world.send(
            "POST", "/_emulator/requests/verify",
            ["inOrder": true, "assertions": [["method": "GET"], ["method": "POST"]]])
        #expect(order.status == 422)
        #expect(order.errorMessage.contains("only made before"))
    }

    @Test func itHoldsABoundedNumber() throws {
        let world = try TestWorld()
        for _ in 0..<2_100 { world.send("GET", Self.principal + "/jobs") }
        let page = world.send("GET", "/_emulator/requests?limit=2000&bodies=false")
        let kept = page.member("value").array?.count ?? 0
        #expect(kept > 500 && kept <= 2_000)
        #expect(page.member("dropped") == .integer(Int64(2_100 - kept)))
        #expect(page.member("value", kept - 1, "sequence") == 2_100)
    }
}
