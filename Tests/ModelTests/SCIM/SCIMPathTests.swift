// Places in a resource: read, written, printed.

import Model
import Testing

struct SCIMPathTests {
    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    /// A path and what the filter tests' user has there.
    static let readings: [(path: String, values: JSONValue)] = [
        ("userName", ["Ada@Contoso.com"]), ("USERNAME", ["Ada@Contoso.com"]),
        ("name.givenName", ["Ada"]), ("emails.type", ["work", "home"]),
        (#"emails[type eq "work"].value"#, ["ada@contoso.com"]),
        (#"emails[type eq "other"].value"#, []), (#"tags[value eq "red"]"#, ["red"]),
        (enterprise + ":department", ["R&D"]), (enterprise + ":manager.value", ["m1"]),
        ("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", ["Lovelace"]),
        ("urn:contoso:custom:1.0:User:badge", ["B-7"]), ("absent", []), ("nothing", []),
        ("userName.sub", []),
    ]

    @Test(arguments: readings)
    func readsAValue(path: String, values: JSONValue) throws {
        let user = try #require(SCIMFilterTests.user.object)
        let parsed = try SCIMPath(parsing: path)
        #expect(JSONValue.array(parsed.values(in: user)) == values)
        #expect(parsed.value(in: user) == values.array?.first)
        #expect(try SCIMPath(parsing: parsed.description) == parsed)
    }

    @Test func readsAWholeAttributeAsItIs() throws {
        let user = try #require(SCIMFilterTests.user.object)
        #expect(try SCIMPath(parsing: "tags").value(in: user) == ["red", "blue"])
        let extensionPath = try SCIMPath(parsing: SCIMPathTests.enterprise)
        #expect(extensionPath.value(in: user)?.object?["department"] == "R&D")
    }

    /// A path, a value (null removes), and the resource that comes of `before`.
    static let writings: [(before: JSONValue, path: String, value: JSONValue, after: JSONValue)] = [
        ([:], "userName", "ada", ["userName": "ada"]),
        (["userName": "x"], "USERNAME", "ada", ["userName": "ada"]),
        (["userName": "x"], "userName", nil, [:]),
        ([:], "name.givenName", "Ada", ["name": ["givenName": "Ada"]]),
        (["name": ["givenName": "Ada"]], "name.givenName", nil, [:]),
        (
            [:], #"emails[type eq "work"].value"#, "a@b",
            ["emails": [["type": "work", "value": "a@b"]]]
        ),
        (
            ["emails": [["type": "home", "value": "h"]]], #"emails[type eq "work"].value"#, "a@b",
            ["emails": [["type": "home", "value": "h"], ["type": "work", "value": "a@b"]]]
        ),
        (
            ["emails": [["type": "WORK", "value": "h"]]], #"emails[type eq "work"].value"#, "a@b",
            ["emails": [["type": "WORK", "value": "a@b"]]]
        ),
        (
            [:], #"roles[primary eq "True"].value"#, "admin",
            ["roles": [["primary": true, "value": "admin"]]]
        ),
        (
            ["members": [["value": "1"], ["value": "2"]]], #"members[value eq "1"]"#, nil,
            ["members": [["value": "2"]]]
        ),
        (["members": [["value": "1"]]], #"members[value eq "1"]"#, nil, [:]),
        (
            ["members": [["value": "1"]]], #"members[value eq "9"]"#, nil,
            ["members": [["value": "1"]]]
        ),
        (
            [:], enterprise + ":department", "R&D",
            ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": ["department": "R&D"]]
        ),
        (
            ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": ["department": "R&D"]],
            enterprise + ":department", nil, [:]
        ),
        (
            ["emails": [["value": "a"], ["value": "b"]]], "emails.type", "work",
            ["emails": [["value": "a", "type": "work"], ["value": "b", "type": "work"]]]
        ),
    ]

    @Test(arguments: writings.indices)
    func writesAValue(index: Int) throws {
        let (before, path, value, after) = SCIMPathTests.writings[index]
        var resource = try #require(before.object)
        try SCIMPath(parsing: path).write(value, to: &resource)
        #expect(JSONValue.object(resource).text == after.text)
    }

    @Test(arguments: [
        ("", 0), ("1a", 0), ("a.b.c", 0), ("emails[type eq \"work\"", 21), ("emails[", 7),
        ("emails[type eq \"w\"].a.b", 20), ("a b", 2), ("name.x[a pr]", 0), ("a[b pr] x", 8),
    ])
    func refusesWithAPlace(path: String, offset: Int) {
        #expect { try SCIMPath(parsing: path) } throws: { error in
            (error as? SCIMSyntaxError)?.offset == offset
        }
    }

    @Test func knowsWhetherAConditionIsMet() throws {
        let user = try #require(SCIMFilterTests.user.object)
        #expect(try SCIMPath(parsing: #"emails[type eq "work"]"#).hasTarget(in: user))
        #expect(try !SCIMPath(parsing: #"emails[type eq "fax"]"#).hasTarget(in: user))
        #expect(try SCIMPath(parsing: "absent").hasTarget(in: user))
    }
}
