// Faults: rules, what requests meet, and that Retry-After is meant.

import Emulator
import HTTP
import Model
import Support
import Testing

struct FaultActionsTests {
    private static let jobs =
        "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs"

    @Test func aThrottledClientIsToldAgainUntilTheTimeHasCome() throws {
        let world = try TestWorld()
        let rule = world.send(
            "POST", "/_emulator/faults",
            [
                "id": "storm", "match": ["method": "GET", "path": "/v1.0/servicePrincipals"],
                "effect": ["status": 429, "retryAfter": 5], "count": 1,
            ])
        #expect(rule.status == 201)
        let first = world.send("GET", Self.jobs)
        #expect(first.status == 429)
        #expect(first.errorCode == "TooManyRequests")
        #expect(first.value(of: "Retry-After") == "5")
        #expect(first.value(of: "x-entrasync-fault") == "storm")
        #expect(
            first.value(of: "request-id")
                == first.member("error", "innerError", "request-id").string)
        world.send("POST", "/_emulator/clock", ["advance": "PT2S"])
        let early = world.send("GET", Self.jobs)
        #expect(early.status == 429)
        #expect(early.value(of: "Retry-After") == "3")
        world.send("POST", "/_emulator/clock", ["advance": "PT3S"])
        #expect(world.send("GET", Self.jobs).status == 200)
        #expect(world.send("GET", "/_emulator/faults/storm").member("hits") == 1)
    }

    @Test func rulesMatchMethodPathAndTenantOnly() throws {
        let world = try TestWorld()
        world.send(
            "POST", "/_emulator/faults",
            [
                "match": ["method": "POST", "path": "/v1.0/servicePrincipals/*/jobs"],
                "effect": ["status": 503],
            ])
        #expect(world.send("GET", Self.jobs).status == 200)
        #expect(world.send("POST", Self.jobs, [:]).status == 503)
        let other = "/tenants/11111111-2222-4333-8444-555555555555"
        #expect(world.send("POST", other + Self.jobs, [:]).status != 503)
        #expect(world.send("POST", "/_emulator/clock", [:]).status == 200)
    }

    @Test func everyEffectIsAppliedAndNamed() throws {
        let effects: [(effect: JSONValue, isApplied: @Sendable (HTTPResponse) -> Bool)] = [
            (["dropConnection": true], { $0.delivery == .none }),
            (["halfBody": true], { $0.delivery == .half && $0.status == 200 }),
            (["malformedBody": true], { $0.json == .null && !$0.body.isEmpty }),
            (["contentType": "text/html"], { $0.value(of: "Content-Type") == "text/html" }),
            (["body": "hello"], { $0.body == Array("hello".utf8) }),
            (["delay": 1], { $0.status == 200 }),
            (
                ["status": 500, "code": "odd", "message": "why"],
                {
                    $0.status == 500 && $0.errorCode == "odd" && $0.errorMessage == "why"
                }
            ),
        ]
        for (effect, isApplied) in effects {
            let world = try TestWorld()
            let rule = world.send("POST", "/_emulator/faults", ["id": "one", "effect": effect])
            #expect(rule.status == 201, "\(effect.text)")
            let answer = world.send("GET", Self.jobs)
            #expect(isApplied(answer), "\(effect.text)")
            let isNamed = answer.value(of: "x-entrasync-fault") == "one"
            #expect(isNamed || answer.delivery == .none, "\(effect.text)")
        }
    }

    @Test func chanceIsTheSameEachTime() throws {
        func statuses() throws -> [Int] {
            let world = try TestWorld()
            world.send("POST", "/_emulator/faults", ["id": "chance", "preset": "flaky"])
            return (0..<40).map { _ in world.send("GET", Self.jobs).status }
        }
        let first = try statuses()
        #expect(first == (try statuses()))
        #expect(Set(first) == [200, 503])
    }

    @Test func theSCIMFaceHasErrorsOfItsOwn() throws {
        let world = try TestWorld()
        world.send("POST", "/_emulator/faults", ["preset": "503-outage"])
        let answer = world.send("GET", "/scim/a385dff5-08ad-40df-bb25-c35f5868fbe3/Users")
        #expect(answer.status == 503)
        #expect(answer.member("schemas", 0) == "urn:ietf:params:scim:api:messages:2.0:Error")
        #expect(answer.member("status") == "503")
    }

    @Test func rulesOutliveTheProcess() throws {
        let directory = try TemporaryDirectory()
        do {
            let world = try TestWorld(dataDirectory: directory.path)
            world.send("POST", "/_emulator/faults", ["id": "kept", "preset": "503-outage"])
            world.tenants.close()
        }
        let world = try TestWorld(dataDirectory: directory.path)
        #expect(world.send("GET", Self.jobs).status == 503)
        #expect(world.send("DELETE", "/_emulator/faults/kept").status == 204)
        #expect(world.send("GET", Self.jobs).status == 200)
    }

    @Test(arguments: [
        (#"{"effect":{}}"#, "'effect' must be an object"),
        (#"{"preset":"rain"}"#, "'preset' must be one of 429-storm"),
        (#"{"effect":{"status":99}}"#, "'effect.status' must be a whole number from 200 to 599"),
        (#"{"effect":{"stat":500}}"#, "'effect.stat' must be left out"),
        (#"{"effect":{"status":500},"probability":2}"#, "'probability' must be a number"),
        (
            #"{"effect":{"status":500},"match":{"target":"*","direction":"inbound"}}"#,
            "'match.direction' must be"
        ),
        (#"[]"#, "'faults' must be an object"),
    ])
    func aRuleThatCannotBeMeantIsRefused(text: String, message: String) throws {
        let world = try TestWorld()
        let answer = world.send("POST", "/_emulator/faults", try JSONValue(parsing: text))
        #expect(answer.status == 400)
        #expect(answer.errorMessage.hasPrefix(message), "\(answer.errorMessage)")
        #expect(world.send("DELETE", "/_emulator/faults/none").status == 404)
    }
}
