// The built-in target over the front door: resources, lists, versions, refusals.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct SCIMFaceTests {
    @Test func aUserComesBackAsItWasWritten() throws {
        let client = try TargetClient()
        let user: JSONValue = [
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "userName": "Ada@Contoso.com",
            "ACTIVE": "True", "name": ["givenName": "Ada"], "roles": [], "id": "mine",
            "meta": ["resourceType": "User"], "title": .null, "password": "secret",
            "custom": 7, "urn:contoso:1.0:User": ["badge": "B-7"],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": ["manager": "m1"],
        ]
        let made = client.send("POST", "/Users", user)
        #expect(made.status == 201)
        let id = try #require(made.member("id").string)
        let base = "http://127.0.0.1:8585/scim/\(TargetClient.servicePrincipal)"
        let expected: JSONValue = [
            "schemas": [
                "urn:ietf:params:scim:schemas:core:2.0:User", "urn:contoso:1.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            ],
            "id": .string(id), "userName": "Ada@Contoso.com", "active": true,
            "name": ["givenName": "Ada"], "custom": 7, "urn:contoso:1.0:User": ["badge": "B-7"],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
                "manager": ["value": "m1"]
            ],
            "meta": [
                "resourceType": "User", "created": "2026-01-01T00:00:00Z",
                "lastModified": "2026-01-01T00:00:00Z", "location": .string(base + "/Users/" + id),
                "version": "W/\"1\"",
            ],
        ]
        #expect(made.json.text == expected.text)
        #expect(made.value(of: "Location") == base + "/Users/" + id)
        #expect(made.value(of: "Content-Type") == "application/scim+json")
        #expect(client.send("GET", "/Users/" + id).json == expected)
        #expect(client.send("DELETE", "/Users/" + id).status == 204)
        #expect(client.send("GET", "/Users/" + id).status == 404)
    }

    @Test func aNameIsTakenWithoutRegardToCase() throws {
        let client = try TargetClient()
        let id = client.user("ada")
        let again = client.send("POST", "/Users", ["userName": "ADA"])
        #expect(again.status == 409)
        #expect(again.member("scimType") == "uniqueness")
        #expect(again.member("status") == "409")
        let other = client.user("bob")
        let replace: JSONValue = ["op": "replace", "path": "userName", "value": "Ada"]
        #expect(client.patch("/Users/" + other, replace).status == 409)
        #expect(client.patch("/Users/" + id, replace).member("userName") == "Ada")
        #expect(client.send("PUT", "/Users/" + other, ["userName": "aDa"]).status == 409)
        client.group("Sales")
        #expect(client.send("POST", "/Groups", ["displayName": "Sales"]).status == 201)
    }

    /// A body, and the `scimType` that it is refused with.
    static let refused: [(body: JSONValue, type: String)] = [
        ([:], "invalidValue"), (["userName": ""], "invalidValue"),
        (["userName": 5], "invalidValue"),
        (["userName": "x", "active": "maybe"], "invalidValue"),
        (["userName": "x", "name": "Ada"], "invalidValue"),
        (["userName": "x", "schemas": "y"], "invalidValue"), ([1], "invalidSyntax"),
        (["userName": "x", "emails": [[1]]], "invalidValue"),
    ]

    @Test(arguments: refused)
    func aBodyThatDoesNotFitIsRefused(body: JSONValue, type: String) throws {
        let answer = try TargetClient().send("POST", "/Users", body)
        #expect(answer.status == 400)
        #expect(answer.member("scimType").string == type)
    }

    @Test func onlyTheTokenOfTheSecretsOpens() throws {
        var client = try TargetClient()
        client.token = "wrong"
        #expect(client.send("GET", "/Users").status == 401)
        let path = "/scim/\(TargetClient.servicePrincipal)/Users"
        #expect(client.world.send("GET", path).status == 401)
        let unknown = "/scim/11111111-2222-4333-8444-555555555555/Users"
        let token = [HTTPField("Authorization", "Bearer x")]
        #expect(client.world.send("GET", unknown, fields: token).status == 404)
        #expect(client.world.send("GET", "/scim/x/Users", fields: token).status == 404)
        let secrets =
            "/v1.0/servicePrincipals/\(TargetClient.servicePrincipal)/synchronization/secrets"
        let oauth: JSONValue = [
            "key": "AuthenticationType", "value": "OAuth2ClientCredentialsGrant",
        ]
        #expect(client.world.send("PUT", secrets, ["value": [oauth]]).status == 204)
        #expect(client.send("GET", "/Users").status == 200)
    }

    /// A query, and the names of the users that it gives.
    static let queries: [(query: String, names: [String], total: Int64)] = [
        ("", ["u0", "U1", "u2", "u3"], 4), ("?filter=userName+eq+%22u1%22", ["U1"], 1),
        ("?filter=userName%20eq%20%22none%22", [], 0),
        ("?filter=externalId+eq+%22E2%22", ["u2"], 1),
        ("?filter=externalId+eq+%22e2%22", [], 0),
        ("?filter=displayName+eq+%22USER+3%22", ["u3"], 1),
        ("?filter=active+eq+true", ["u0", "u2"], 2), ("?startIndex=2&count=2", ["U1", "u2"], 4),
        ("?startIndex=9", [], 4), ("?count=0", [], 4), ("?count=-1&startIndex=-5", [], 4),
        ("?sortBy=displayName&sortOrder=descending", ["u3", "u2", "U1", "u0"], 4),
        ("?sortBy=externalId&startIndex=2&count=1", ["u1"], 4),
        ("?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22u3@x%22", ["u3"], 1),
        ("?filter=userName+eq+%22u2%22+and+active+eq+false", [], 0),
        ("?filter=meta.created+ge+%222026-01-01T00:00:00Z%22&count=1", ["u0"], 4),
        ("?filter=groups.display+eq+%22g%22", ["u3"], 1),
        ("?unknown=1&count=1", ["u0"], 4),
    ]

    @Test(arguments: queries)
    func aListGivesWhatIsAskedFor(query: String, names: [String], total: Int64) throws {
        let client = try TargetClient()
        for number in 0..<4 {
            client.user(
                number == 1 ? "U1" : "u\(number)",
                [
                    ("externalId", .string("E\(3 - number)")), ("active", .bool(number % 2 == 0)),
                    ("displayName", .string("User \(number)")),
                    ("emails", [["type": "work", "value": .string("u\(number)@x")]]),
                ])
        }
        let last = client.send("GET", "/Users?filter=userName+eq+%22u3%22")
        client.group("g", members: [last.member("Resources", 0, "id").string ?? ""])
        let answer = client.send("GET", "/Users" + query)
        #expect(answer.status == 200)
        let found = (answer.member("Resources").array ?? []).map { $0.object?["userName"] }
        let expected = names.map { $0 == "u1" ? "U1" : $0 }
        let sorted: [JSONValue?] =
            query.contains("externalId&") ? ["u2"] : expected.map { .string($0) }
        let wanted: [JSONValue?] = query.contains("E2") ? ["U1"] : sorted
        #expect(found == wanted)
        #expect(answer.member("totalResults").integer == total)
        #expect(answer.member("itemsPerPage").integer == Int64(names.count))
    }

    @Test(arguments: [
        ("?filter=userName", "invalidFilter"), ("?filter=(a+pr", "invalidFilter"),
        ("?sortBy=a.b.c", "invalidPath"), ("?count=x", "invalidValue"),
        ("?sortOrder=up", "invalidValue"), ("?attributes=a&excludedAttributes=b", "invalidValue"),
        ("?filter=%zz", "invalidSyntax"),
    ])
    func aListThatCannotBeReadIsRefused(query: String, type: String) throws {
        let answer = try TargetClient().send("GET", "/Users" + query)
        #expect(answer.status == 400)
        #expect(answer.member("scimType").string == type)
    }

    @Test func attributesArePicked() throws {
        let client = try TargetClient()
        let id = client.user(
            "ada", [("name", ["givenName": "Ada", "familyName": "L"]), ("title", "T")])
        let some = client.send("GET", "/Users/\(id)?attributes=name.givenName,userName")
        #expect(some.json.object?.names == ["schemas", "id", "userName", "name"])
        #expect(some.member("name") == ["givenName": "Ada"])
        let most = client.send("GET", "/Users/\(id)?excludedAttributes=NAME,meta,id")
        #expect(most.json.object?.names == ["schemas", "id", "userName", "title"])
        let search = client.send(
            "POST", "/.search",
            ["filter": "userName pr", "attributes": ["title"], "count": 5])
        #expect(search.member("Resources", 0, "title") == "T")
        #expect(search.member("Resources", 0, "userName") == .null)
    }

    @Test func versionsGuardAgainstLostChanges() throws {
        let client = try TargetClient()
        let path = "/Users/" + client.user("ada")
        let first = [HTTPField("If-Match", "W/\"1\"")]
        #expect(client.send("GET", path).value(of: "ETag") == "W/\"1\"")
        let same = client.send("GET", path, fields: [HTTPField("If-None-Match", "\"1\"")])
        #expect(same.status == 304)
        let put = client.send("PUT", path, ["userName": "ada", "title": "T"], fields: first)
        #expect(put.value(of: "ETag") == "W/\"2\"")
        #expect(client.send("PUT", path, ["userName": "ada"], fields: first).status == 412)
        #expect(client.send("DELETE", path, fields: first).status == 412)
        let idle = client.patch(path, ["op": "replace", "path": "title", "value": "T"])
        #expect(idle.member("meta", "version") == "W/\"2\"")
        #expect(client.send("DELETE", path, fields: [HTTPField("If-Match", "*")]).status == 204)
    }

    @Test func membershipsAreOneFactSeenFromBothSides() throws {
        let client = try TargetClient()
        let ada = client.user("ada")
        let bob = client.user("bob")
        let sales = client.group("Sales", members: [ada, bob])
        let seen = client.send("GET", "/Users/" + ada)
        #expect(seen.member("groups", 0, "value").string == sales)
        #expect(seen.member("groups", 0, "display") == "Sales")
        let whole = client.send("GET", "/Groups/" + sales)
        #expect(whole.member("members", 1, "value").string == bob)
        #expect(whole.member("members", 1, "type") == "User")
        let bare = client.send("GET", "/Groups/\(sales)?excludedAttributes=members")
        #expect(bare.member("members") == .null)
        let check = "/Groups?filter=id+eq+%22\(sales)%22+and+members+eq+%22"
        #expect(client.names(check + ada + "%22", "id") == [sales])
        #expect(client.names(check + "nobody%22", "id") == [])
        client.send("DELETE", "/Users/" + ada)
        #expect(client.send("GET", "/Groups/" + sales).member("members").array?.count == 1)
        client.send("DELETE", "/Groups/" + sales)
        #expect(client.send("GET", "/Users/" + bob).member("groups") == .null)
    }

    @Test func whatIsNotThereIsRefusedInSCIMsWords() throws {
        let client = try TargetClient()
        #expect(client.send("GET", "/Me").status == 501)
        #expect(client.send("GET", "/Nothing").status == 404)
        #expect(client.send("DELETE", "/Users").value(of: "Allow") == "GET, HEAD, POST")
        #expect(client.send("POST", "/Schemas", [:]).status == 405)
        #expect(client.send("GET", "/Schemas/none").status == 404)
        #expect(client.send("GET", "/Schemas?filter=a+pr").status == 403)
        let text = client.send(
            "POST", "/Users", .null, fields: [HTTPField("Content-Type", "text/plain")])
        #expect(text.status == 400 || text.status == 415)
        #expect(client.send("GET", "/ServiceProviderConfig").member("etag", "supported") == true)
        let types = client.send("GET", "/ResourceTypes")
        #expect(types.member("totalResults") == 2)
        #expect(client.send("GET", "/Schemas").member("totalResults") == 3)
        #expect(client.send("GET", "/Schemas/" + TargetClient.enterprise).status == 200)
    }

    @Test func theTenantOfThePathHasItsOwn() throws {
        let client = try TargetClient()
        client.user("ada")
        let other = "/tenants/11111111-2222-4333-8444-555555555555/scim/"
        let answer = client.world.send(
            "POST", other + TargetClient.servicePrincipal + "/Users", ["userName": "ada"],
            fields: [HTTPField("Authorization", "Bearer demo-scim-token")])
        #expect(answer.status == 201)
        #expect(answer.value(of: "Location")?.contains(other) == true)
    }

    @Test func aTargetIsNotTheTenantsSource() throws {
        let client = try TargetClient()
        let tenant = try client.world.tenant()
        let before = try tenant.read { try $0.changes.latest() }
        client.group("g", members: [client.user("ada")])
        #expect(try tenant.read { try $0.changes.latest() } == before)
    }
}
