// PATCH in the RFC's words and in both of the service's dialects.

import HTTP
import Model
import Support
import Testing

struct PatchTests {
    private static let enterprise = TargetClient.enterprise

    /// One operation, the member that it changes, and what that is then.
    static let changes: [(operation: JSONValue, member: String, after: JSONValue)] = [
        (["op": "Replace", "path": "active", "value": "False"], "active", false),
        (["op": "replace", "path": "active", "value": false], "active", false),
        (["op": "replace", "value": ["active": "False"]], "active", false),
        (
            ["op": "Add", "path": "emails[type eq \"home\"].value", "value": "h@x"], "emails",
            [["type": "work", "value": "w@x", "primary": true], ["type": "home", "value": "h@x"]]
        ),
        (
            ["op": "Add", "path": "emails[type eq \"work\"].value", "value": "n@x"], "emails",
            [["type": "work", "value": "n@x", "primary": true]]
        ),
        (
            ["op": "add", "path": "emails", "value": [["value": "p@x", "primary": true]]], "emails",
            [
                ["type": "work", "value": "w@x", "primary": false],
                ["value": "p@x", "primary": true],
            ]
        ),
        (["op": "remove", "path": "emails[type eq \"work\"]"], "emails", .null),
        (["op": "Remove", "path": "emails", "value": [["value": "w@x"]]], "emails", .null),
        (["op": "replace", "value": ["name.givenName": "Eve"]], "name", ["givenName": "Eve"]),
        (
            ["op": "replace", "value": ["name": ["familyName": "L"]]], "name",
            ["givenName": "Ada", "familyName": "L"]
        ),
        (["op": "remove", "path": "name.givenName"], "name", .null),
        (["op": "replace", "path": "title", "value": .null], "title", .null),
        (
            [
                "op": "replace",
                "value": [
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "R"
                ],
            ],
            enterprise, ["department": "R"]
        ),
        (
            [
                "op": "Add",
                "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                "value": "m1",
            ], enterprise, ["department": "D", "manager": ["value": "m1"]]
        ),
        (
            [
                "op": "Add",
                "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                "value": [["$ref": .null, "value": "m1"]],
            ], enterprise, ["department": "D", "manager": ["value": "m1"]]
        ),
        (
            [
                "op": "add",
                "value": [
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
                        "division": "V"
                    ]
                ],
            ], enterprise, ["department": "D", "division": "V"]
        ),
        (
            [
                "op": "Add", "path": "roles",
                "value": [["value": "{\"id\":\"1\",\"value\":\"25\"}"]],
            ],
            "roles", [["value": "{\"id\":\"1\",\"value\":\"25\"}"]]
        ),
        (
            ["op": "add", "path": "roles[primary eq \"True\"].value", "value": "admin"], "roles",
            [["primary": true, "value": "admin"]]
        ),
        (["op": "replace", "value": ["id": "x", "title": "U"]], "title", "U"),
        (["op": "add", "path": "nowhere", "value": 5], "nowhere", 5),
    ]

    private func client() throws -> (TargetClient, String) {
        let client = try TargetClient()
        let id = client.user(
            "ada",
            [
                ("active", true), ("title", "T"), ("name", ["givenName": "Ada"]),
                ("emails", [["type": "work", "value": "w@x", "primary": true]]),
                (Self.enterprise, ["department": "D"]),
            ])
        return (client, "/Users/" + id)
    }

    @Test(arguments: changes.indices)
    func anOperationChangesAnAttribute(index: Int) throws {
        let (operation, member, after) = Self.changes[index]
        let (client, path) = try client()
        let answer = client.patch(path, operation)
        #expect(answer.status == 200)
        #expect(answer.member(member) == after)
        #expect(client.send("GET", path).json == answer.json)
    }

    /// One operation and the `scimType` that it is refused with.
    static let refused: [(operation: JSONValue, type: String)] = [
        (["op": "remove"], "noTarget"), (["op": "move", "path": "title"], "invalidSyntax"),
        (["op": "replace", "path": "emails[type eq \"fax\"].value", "value": "x"], "noTarget"),
        (["op": "replace", "path": "emails[", "value": "x"], "invalidPath"),
        (["op": "replace", "path": "id", "value": "x"], "mutability"),
        (["op": "add", "path": "groups", "value": []], "mutability"),
        (["op": "remove", "path": "userName"], "mutability"),
        (["op": "replace", "path": "active", "value": "maybe"], "invalidValue"),
        (["op": "add", "path": "title"], "invalidValue"),
        (["op": "add", "value": 1], "invalidValue"),
        (["op": "replace", "path": "name", "value": 1], "invalidValue"), (7, "invalidSyntax"),
    ]

    @Test(arguments: refused.indices)
    func anOperationThatCannotBeDoneChangesNothing(index: Int) throws {
        let (operation, type) = Self.refused[index]
        let (client, path) = try client()
        let before = client.send("GET", path).json
        let first: JSONValue = ["op": "replace", "path": "title", "value": "changed"]
        let answer = client.patch(path, first, operation)
        #expect(answer.status == 400)
        #expect(answer.member("scimType").string == type)
        #expect(client.send("GET", path).json == before)
    }

    /// One operation on a group of a and b, and the members that are left.
    static let memberChanges: [(operation: JSONValue, members: [String])] = [
        (
            ["op": "Add", "path": "members", "value": [["$ref": .null, "value": "c"]]],
            ["a", "b", "c"]
        ),
        (
            ["op": "add", "path": "members", "value": [["value": "a"], ["value": "c"]]],
            ["a", "b", "c"]
        ),
        (["op": "Remove", "path": "members", "value": [["value": "a"]]], ["b"]),
        (["op": "remove", "path": "members[value eq \"b\"]"], ["a"]),
        (["op": "remove", "path": "members[value eq \"a\" or value eq \"b\"]"], []),
        (["op": "remove", "path": "members"], []),
        (["op": "replace", "path": "members", "value": [["value": "z"]]], ["z"]),
        (["op": "add", "value": ["members": [["value": "c"]]]], ["a", "b", "c"]),
        (["op": "remove", "path": "members[value eq \"none\"]"], ["a", "b"]),
    ]

    @Test(arguments: memberChanges.indices)
    func membersComeAndGo(index: Int) throws {
        let (operation, members) = Self.memberChanges[index]
        let client = try TargetClient()
        let path = "/Groups/" + client.group("g", members: ["a", "b"])
        let answer = client.patch(path, operation)
        #expect(answer.status == 204)
        let left = client.send("GET", path).member("members").array ?? []
        #expect(left.map { $0.object?["value"]?.string } == members)
        let version = members == ["a", "b"] ? "W/\"1\"" : "W/\"2\""
        #expect(answer.value(of: "ETag") == version)
    }

    @Test func bulkOperationsKnowEachOther() throws {
        let client = try TargetClient()
        let answer = client.send(
            "POST", "/Bulk",
            [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
                "Operations": [
                    [
                        "method": "POST", "path": "/Groups", "bulkId": "g",
                        "data": ["displayName": "G", "members": [["value": "bulkId:u"]]],
                    ],
                    ["method": "POST", "path": "/Users", "bulkId": "u", "data": ["userName": "u"]],
                    ["method": "DELETE", "path": "/Users/none"],
                    [
                        "method": "PATCH", "path": "/Users/bulkId:u",
                        "data": ["Operations": [["op": "add", "path": "title", "value": "T"]]],
                    ],
                    ["method": "PUT", "path": "/Users/bulkId:lost", "data": ["userName": "x"]],
                ],
            ])
        #expect(answer.status == 200)
        let results = answer.member("Operations").array ?? []
        #expect(
            results.map { $0.object?["status"]?.string } == ["201", "201", "404", "200", "409"])
        let users = client.send("GET", "/Users?filter=userName+eq+%22u%22")
        #expect(users.member("Resources", 0, "title") == "T")
        #expect(users.member("Resources", 0, "groups", 0, "display") == "G")
    }
}
