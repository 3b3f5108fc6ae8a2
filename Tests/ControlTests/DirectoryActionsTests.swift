// Objects of directories that Graph does not show.

import HTTP
import Model
import Support
import Testing

struct DirectoryActionsTests {
    private static let workers = "/_emulator/directories/Workday/Worker"

    @Test func workersAreListedFoundAddedChangedAndRemoved() throws {
        let world = try TestWorld()
        let page = world.send("GET", Self.workers + "?top=2")
        #expect(page.member("value").array?.count == 2)
        let next = try #require(page.member("next").string)
        let second = world.send("GET", Self.workers + "?top=2&after=" + next)
        #expect(second.member("value", 0, "id") != page.member("value", 0, "id"))
        let found = world.send("GET", Self.workers + "?WorkerID=21001")
        #expect(found.member("value").array?.count == 1)
        #expect(found.member("value", 0, "attributes", "LastName") == "Halvorsen")

        let attributes: JSONValue = ["WID": "new", "FirstName": "Ada"]
        let added = world.send("POST", Self.workers, ["attributes": attributes])
        #expect(added.status == 201)
        #expect(added.member("id") == "new")
        #expect(world.send("POST", Self.workers, ["attributes": attributes]).status == 409)
        let changed = world.send(
            "PATCH", Self.workers + "/new",
            ["attributes": ["FirstName": nil, "LastName": "Lovelace"]])
        #expect(changed.member("attributes") == ["WID": "new", "LastName": "Lovelace"])
        #expect(world.send("DELETE", Self.workers + "/new").status == 204)
        #expect(world.send("GET", Self.workers + "/new").status == 404)
    }

    @Test func theBuiltInTargetIsADirectoryToo() throws {
        let world = try TestWorld()
        let owner = "?servicePrincipal=a385dff5-08ad-40df-bb25-c35f5868fbe3"
        let users = "/_emulator/directories/scim/User"
        let added = world.send(
            "POST", users + owner, ["attributes": ["userName": "ada", "active": true]])
        #expect(added.status == 201)
        let id = added.member("id").string ?? ""
        let changed = world.send(
            "PATCH", users + "/" + id + owner, ["attributes": ["active": false]])
        #expect(changed.member("attributes", "active") == false)
        #expect(
            world.send("GET", users + owner + "&userName=ada").member("value", 0, "id")
                == .string(id))
        #expect(world.send("DELETE", users + "/" + id + owner).status == 204)
        #expect(world.send("GET", users + "/" + id + owner).status == 404)
    }

    @Test func whatIsNotThereIsSaid() throws {
        let world = try TestWorld()
        #expect(world.send("GET", "/_emulator/directories/Nowhere/Worker").status == 404)
        #expect(world.send("POST", Self.workers, [:]).status == 400)
        #expect(world.send("POST", Self.workers, ["attributes": ["WID": 5]]).status == 400)
        #expect(world.send("GET", Self.workers + "?servicePrincipal=x").status == 400)
        let all = world.send("GET", "/_emulator/directories")
        #expect(all.member("value", 0, "name") == "Workday")
    }
}
