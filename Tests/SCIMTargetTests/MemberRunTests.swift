// Calls that share a transaction answer as calls that do not, whatever is written late meanwhile.

import Emulator
import HTTP
import Model
import SCIMTarget
import Support
import Testing

struct MemberRunTests {
    /// A request below the service's base.
    private struct Call: Sendable {
        let method: String
        let path: String
        var query: String?
        var body: JSONValue?
        var fields: [HTTPField] = []
    }

    private let owner = GUID(parsing: TargetClient.servicePrincipal) ?? .zero

    private func answer(
        _ call: Call, isRead: Bool, in transaction: inout Transaction
    ) -> LocalAnswer {
        let request = HTTPRequest(
            method: call.method, path: "/scim/\(owner)" + call.path, query: call.query,
            fields: call.fields + [HTTPField("Authorization", "Bearer demo-scim-token")])
        let target = BuiltInTarget()
        let reading =
            isRead
            ? target.reading(call.method, path: call.path, query: call.query, json: call.body)
            : nil
        return target.respond(
            to: LocalCall(
                request, json: call.body, leavesBody: false, reading: reading,
                path: call.path[...], base: "/scim/\(owner)", of: owner), in: &transaction)
    }

    /// What calls answer: status, version and body of each.
    private func answers(_ isShared: Bool) throws -> [String] {
        let tenant = try TestWorld().tenant()
        func one(_ call: Call) throws -> LocalAnswer {
            try tenant.write { answer(call, isRead: false, in: &$0) }
        }
        func made(_ path: String, _ body: JSONValue) throws -> String {
            let made = try one(Call(method: "POST", path: path, body: body))
            return try JSONValue(parsing: made.response.body).object?["id"]?.string ?? ""
        }
        let users = try ["ada", "bob", "cy"].map {
            try made("/Users", ["userName": .string($0)])
        }
        let groups = try ["one", "two"].map {
            try made("/Groups", ["displayName": .string($0)])
        }
        let calls = calls(users, groups)
        let answers =
            isShared
            ? try tenant.write { transaction in
                calls.map { answer($0, isRead: true, in: &transaction) }
            } : try calls.map(one)
        // What other transactions find afterwards.
        let after = try groups.map { try one(Call(method: "GET", path: "/Groups/" + $0)) }
        return (answers + after).map { answer in
            let response = answer.response
            let text = String(decoding: response.body, as: UTF8.self)
            return "\(response.status) \(response.value(of: "ETag") ?? "-") \(text)"
        }
    }

    private func calls(_ users: [String], _ groups: [String]) -> [Call] {
        let (one, two) = ("/Groups/" + groups[0], "/Groups/" + groups[1])
        func patch(
            _ path: String, _ operation: JSONValue, _ fields: [HTTPField] = []
        ) -> Call {
            let body: JSONValue = [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [operation],
            ]
            return Call(method: "PATCH", path: path, body: body, fields: fields)
        }
        func add(_ member: Int, _ path: String, _ fields: [HTTPField] = []) -> Call {
            let members: JSONValue = [["value": .string(users[member])]]
            return patch(path, ["op": "Add", "path": "members", "value": members], fields)
        }
        let removal: JSONValue = [
            "op": "remove", "path": .string("members[value eq \"\(users[0])\"]"),
        ]
        let name: JSONValue = ["op": "replace", "path": "displayName", "value": "new"]
        return [
            add(0, one), add(1, one), add(1, one), Call(method: "GET", path: one),
            add(2, one), add(0, two), Call(method: "GET", path: "/Users/" + users[0]),
            add(1, two), add(1, "/Groups/none"), patch(one, removal),
            Call(method: "GET", path: "/Groups", query: "filter=displayName%20eq%20%22one%22"),
            add(0, one), patch(one, name), add(1, two, [HTTPField("If-Match", "W/\"2\"")]),
            add(2, two, [HTTPField("If-Match", "W/\"3\"")]),
            patch(two, ["op": "add", "path": "members", "value": ["name": "x"]]), add(0, two),
            Call(method: "PUT", path: one, body: ["displayName": "third"]), add(2, one),
            Call(method: "GET", path: "/Groups"), add(0, one), add(1, one),
            Call(method: "DELETE", path: two), add(1, two), add(2, one), removalOfAll(one),
        ]
    }

    private func removalOfAll(_ path: String) -> Call {
        Call(
            method: "PATCH", path: path,
            body: [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [["op": "remove", "path": "members"]],
            ])
    }

    @Test func aSharedTransactionChangesNoAnswer() throws {
        let shared = try answers(true)
        let apart = try answers(false)
        #expect(shared.count == apart.count)
        for (place, (left, right)) in zip(shared, apart).enumerated() {
            #expect(left == right, "answer \(place)")
        }
        // The calls do what they are there for.
        let statuses = Set(apart.map { String($0.prefix(3)) })
        #expect(statuses.isSuperset(of: ["200", "204", "400", "404", "412"]))
    }

    @Test func theVersionCountsEachChangeOnce() throws {
        let shared = try answers(true)
        #expect(shared[0].hasPrefix("204 W/\"2\""))
        #expect(shared[1].hasPrefix("204 W/\"3\""))
        #expect(shared[2].hasPrefix("204 W/\"3\""))
        #expect(shared[3].contains("\"version\":\"W/\\\"3\\\"\""))
    }
}
