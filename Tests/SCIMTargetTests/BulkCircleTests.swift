// Resources of a bulk request that refer to each other (RFC 7644, section 3.7.1).

import HTTP
import Model
import Support
import Testing

struct BulkCircleTests {
    private let client: TargetClient

    init() throws { client = try TargetClient() }

    private func bulk(_ operations: [JSONValue], failOnErrors: JSONValue = .null) -> [JSONObject] {
        let answer = client.send(
            "POST", "/Bulk",
            [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
                "failOnErrors": failOnErrors, "Operations": .array(operations),
            ])
        #expect(answer.status == 200, "\(answer.json.text)")
        return (answer.member("Operations").array ?? []).compactMap(\.object)
    }

    private func group(_ name: String, _ members: String...) -> JSONValue {
        [
            "method": "POST", "path": "/Groups", "bulkId": .string(name),
            "data": [
                "displayName": .string(name),
                "members": .array(members.map { ["value": .string("bulkId:" + $0)] }),
            ],
        ]
    }

    private func user(_ name: String, manager: String, as userName: String? = nil) -> JSONValue {
        [
            "method": "POST", "path": "/Users", "bulkId": .string(name),
            "data": .object(
                JSONObject([
                    ("userName", .string(userName ?? name)),
                    (
                        TargetClient.enterprise,
                        ["manager": ["value": .string("bulkId:" + manager)]]
                    ),
                ])),
        ]
    }

    private func statuses(_ results: [JSONObject]) -> [String?] {
        results.map { $0["status"]?.string }
    }

    private func id(_ result: JSONObject) -> String {
        String(result["location"]?.string?.split(separator: "/").last ?? "")
    }

    /// The RFC's own example, and a member that is a user.
    @Test func groupsOfEachOtherAreMade() throws {
        let results = bulk([
            group("a", "b", "u"), group("b", "a"), user("u", manager: "u"),
            [
                "method": "PATCH", "path": "/Users/bulkId:u",
                "data": ["Operations": [["op": "add", "path": "title", "value": "T"]]],
            ],
        ])
        #expect(statuses(results) == ["201", "201", "201", "200"])
        let ids = results.map(id)
        func members(_ id: String) -> [JSONValue] {
            (client.send("GET", "/Groups/" + id).member("members").array ?? []).map {
                $0.object?["value"] ?? .null
            }
        }
        #expect(members(ids[0]) == [.string(ids[1]), .string(ids[2])])
        #expect(members(ids[1]) == [.string(ids[0])])
        let made = client.send("GET", "/Users/" + ids[2])
        #expect(made.member(TargetClient.enterprise, "manager", "value") == .string(ids[2]))
        #expect(made.member("title") == "T")
    }

    @Test func whoRefersToARefusedOneIsTakenBack() throws {
        client.user("taken")
        let results = bulk([
            user("a", manager: "b"), user("b", manager: "c"),
            user("c", manager: "a", as: "taken"), group("g", "a"), user("d", manager: "e"),
            user("e", manager: "d"),
        ])
        #expect(statuses(results) == ["409", "409", "409", "409", "201", "201"])
        let kinds = results.map { $0["response"]?.object?["scimType"]?.string }
        #expect(
            kinds == ["invalidValue", "invalidValue", "uniqueness", "invalidValue", nil, nil])
        #expect(client.names("/Users?filter=userName+eq+%22a%22") == [])
        #expect(client.names("/Users?filter=userName+eq+%22b%22") == [])
        #expect(client.names("/Groups?filter=displayName+eq+%22g%22", "displayName") == [])
        #expect(client.names("/Users?filter=userName+eq+%22d%22") == ["d"])
    }

    @Test func whatRefersOutOfTheCircleIsRefused() {
        let results = bulk([
            user("a", manager: "b"), user("b", manager: "a"), user("c", manager: "nobody"),
            ["method": "PUT", "path": "/Users/bulkId:c", "data": ["userName": "x"]],
        ])
        #expect(statuses(results) == ["201", "201", "409", "409"])
    }

    @Test func aCircleEndsAtSoManyErrors() {
        client.user("taken")
        let results = bulk(
            [user("a", manager: "b", as: "taken"), user("b", manager: "a")], failOnErrors: 1)
        #expect(statuses(results) == ["409"])
        #expect(client.names("/Users?filter=userName+eq+%22b%22") == [])
    }
}
