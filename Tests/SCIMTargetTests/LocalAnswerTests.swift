// What a job is told beside the bytes of an answer is what the bytes say.

import Emulator
import HTTP
import Model
import SCIMTarget
import Support
import Testing

struct LocalAnswerTests {
    private let owner = GUID(parsing: TargetClient.servicePrincipal) ?? .zero

    private func answer(
        _ body: JSONValue, isParsed: Bool, behaviours: [TargetBehaviour] = []
    ) throws -> LocalAnswer {
        let tenant = try TestWorld().tenant()
        try tenant.setTargetBehaviours(behaviours, of: owner)
        let request = HTTPRequest(
            method: "POST", path: "/scim/\(owner)/Users",
            fields: [
                HTTPField("Authorization", "Bearer demo-scim-token"),
                HTTPField("Content-Type", "application/scim+json"),
            ], body: isParsed ? [] : body.bytes)
        return try tenant.write { transaction in
            BuiltInTarget().respond(
                to: LocalCall(
                    request, json: isParsed ? body : Optional.none, leavesBody: isParsed,
                    path: "/Users", base: "/scim/\(owner)", of: owner), in: &transaction)
        }
    }

    private static let bodies: [JSONValue] = [
        ["userName": "ada"],
        [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "é\"\\",
            "active": true, "emails": [["type": "work", "value": "a@x.com", "primary": true]],
            "name": ["givenName": "A"], "roles": [], "meta": ["resourceType": "User"],
        ],
        [
            "userName": "bob",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
                "manager": "7", "department": "Sales",
            ], "urn:a:b:2.0:User": ["level": .number(5.5)], "unknown": [1, .null],
        ],
    ]

    @Test(arguments: bodies) func theParsedAnswerIsTheAnswer(_ body: JSONValue) throws {
        let parsed = try answer(body, isParsed: true)
        let read = try answer(body, isParsed: false)
        #expect(parsed.response.status == 201)
        #expect(parsed.response.fields == read.response.fields)
        #expect(parsed.response.body.isEmpty)
        #expect(parsed.whole.body == read.response.body)
        guard case .created(let id, _, _)? = parsed.unwritten else {
            Issue.record("Its body is written.")
            return
        }
        #expect(try JSONValue(parsing: read.response.body).object?["id"] == .string(id))
    }

    @Test func aGarbledAnswerHasToBeRead() throws {
        let answer = try answer(Self.bodies[0], isParsed: true, behaviours: [.halfBody])
        #expect(answer.unwritten == nil)
        #expect((try? JSONValue(parsing: answer.response.body)) == nil)
    }

    @Test func aSlowTargetSaysHowSlow() throws {
        let answer = try answer(Self.bodies[0], isParsed: true, behaviours: [.slow])
        #expect(answer.delayMilliseconds == 2_000)
        #expect(answer.response.status == 201)
    }
}
