// Each object draws random values of its own.

import Emulator
import HTTP
import Model
import Support
import Testing

struct RandomValuesTests {
    private static let principal = ScenarioWorld.servicePrincipal
    private static let path = "/v1.0/servicePrincipals/\(principal)/synchronization"

    /// The display names that a mapping with `RandomString` gives to 40 users of one page.
    private func names() throws -> [String] {
        let application = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        let users = (0..<40).map { number -> JSONValue in
            [
                "id": .string("5c1a0000-0000-4000-8000-0000000003\(10 + number)"),
                "userPrincipalName": .string("user\(number)@contoso.com"),
                "displayName": .string("User \(number)"), "accountEnabled": true,
                "mailNickname": .string("user\(number)"),
            ]
        }
        let world = try TestWorld(seeds: [
            Seed(name: "application", document: application),
            Seed(name: "users", document: ["users": .array(users)]),
        ])
        world.send(
            "PUT", Self.path + "/secrets", ["value": [["key": "SyncAll", "value": "true"]]])
        let job = world.send("GET", Self.path + "/jobs").member("value", 0, "id").string ?? ""
        let schema = world.send("GET", Self.path + "/jobs/\(job)/schema").json
        let random = "RandomString(20, 5, 5, 5, 5)"
        let changed = Self.replacing(schema, of: "displayName") {
            [
                "expression": .string(random), "name": "RandomString", "type": "Function",
                "parameters": [],
            ]
        }
        let put = world.send("PUT", Self.path + "/jobs/\(job)/schema", changed)
        #expect(put.status == 204, "\(put.json.text)")
        let run = world.send("POST", "/_emulator/jobs/\(job)/run").member("execution")
        #expect(run.object?["countExported"] == 40, "\(run.text)")
        let held = world.send(
            HTTPRequest(
                path: "/scim/\(Self.principal)/Users", query: "count=100",
                fields: [HTTPField("Authorization", "Bearer scenario-token")]))
        return (held.member("Resources").array ?? []).compactMap {
            $0.object?["displayName"]?.string
        }
    }

    /// A schema in which the source of a target attribute is another.
    private static func replacing(
        _ json: JSONValue, of name: String, with source: () -> JSONValue
    ) -> JSONValue {
        switch json {
        case .array(let elements):
            return .array(elements.map { replacing($0, of: name, with: source) })
        case .object(var object):
            let isMapping = object["targetAttributeName"] == .string(name)
            for member in object.members {
                object[member.name] =
                    isMapping && member.name == "source"
                    ? source() : replacing(member.value, of: name, with: source)
            }
            return .object(object)
        default: return json
        }
    }

    @Test func objectsOfAPageGetDifferentOnes() throws {
        let names = try names()
        #expect(names.count == 40)
        #expect(Set(names).count == 40)
        #expect(names.allSatisfy { $0.count == 20 })
    }
}
