// The recycle bin: names that are free meanwhile, and the end of thirty days.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct DeletedItemWriteTests {
    private let ingrid = "92ba3afa-4614-41d6-994a-6e49dca63b7f"
    private let path = "/v1.0/users/ingrid.halvorsen@contoso.com"
    private var bin: String { "/v1.0/directory/deletedItems/" + ingrid }

    /// A world in which no job runs every two minutes, so that days pass quickly.
    private func quietWorld() throws -> TestWorld {
        let world = try TestWorld()
        let jobs =
            "/v1.0/servicePrincipals/bf6f8f34-04fb-423b-92b9-234d07390b1c/synchronization/jobs"
        let job = try #require(world.send("GET", jobs).member("value", 0, "id").string)
        #expect(world.send("POST", jobs + "/" + job + "/pause").status == 204)
        return world
    }

    private func users(_ world: TestWorld) throws -> Int64? {
        try world.tenant().counts().objects.first { $0.name == "users" }?.count
    }

    @Test func aDeletedUserComesBackUnderItsName() throws {
        let world = try TestWorld()
        let id = try #require(GUID(parsing: ingrid))
        #expect(world.send("DELETE", path).status == 204)
        #expect(world.send("DELETE", path).status == 404)
        #expect(try users(world) == 50)
        let stored = try world.tenant().read { try $0.directory.load(.user, id: id) }
        #expect(
            stored?.object.json["userPrincipalName"]
                == "92ba3afa461441d6994a6e49dca63b7fingrid.halvorsen@contoso.com")
        #expect(stored?.object.json["deletedDateTime"] == "2026-01-01T00:00:00Z")
        let restored = world.send("POST", bin + "/restore")
        #expect(restored.status == 200)
        #expect(restored.member("userPrincipalName") == "ingrid.halvorsen@contoso.com")
        #expect(try users(world) == 51)
        #expect(world.send("POST", bin + "/restore").status == 404)
        #expect(world.send("PATCH", path, ["jobTitle": "Chair"]).status == 204)
    }

    @Test func aNameThatWasGivenAwayStaysWithItsNewOwner() throws {
        let world = try TestWorld()
        #expect(world.send("DELETE", path).status == 204)
        let body = UserWriteTests.body(
            JSONObject([("userPrincipalName", "ingrid.halvorsen@contoso.com")]))
        #expect(world.send("POST", "/v1.0/users", body).status == 201)
        let refused = world.send("POST", bin + "/restore")
        #expect(refused.status == 400)
        #expect(refused.errorMessage.contains("userPrincipalName already exists"))
    }

    @Test func afterThirtyDaysItIsGone() throws {
        let world = try quietWorld()
        let id = try #require(GUID(parsing: ingrid))
        #expect(world.send("DELETE", path).status == 204)
        #expect(world.send("POST", "/_emulator/clock", ["advance": "P29D"]).status == 200)
        #expect(try world.tenant().read { try $0.directory.load(.user, id: id) } != nil)
        #expect(world.send("POST", "/_emulator/clock", ["advance": "P1D"]).status == 200)
        #expect(try world.tenant().read { try $0.directory.load(.user, id: id) } == nil)
        #expect(world.send("POST", bin + "/restore").status == 404)
    }

    @Test func whatIsPurgedTakesItsLinksAlong() throws {
        let world = try TestWorld()
        let id = try #require(GUID(parsing: ingrid))
        #expect(world.send("DELETE", bin).status == 404)
        #expect(world.send("DELETE", path).status == 204)
        #expect(world.send("DELETE", bin).status == 204)
        let tenant = try world.tenant()
        #expect(try tenant.read { try $0.links.sources(.member, to: id) } == [])
        #expect(try tenant.read { try $0.links.sources(.manager, to: id) } == [])
    }

    @Test func aRestoredUserIsNotPurgedLater() throws {
        let world = try quietWorld()
        #expect(world.send("DELETE", path).status == 204)
        #expect(world.send("POST", bin + "/restore").status == 200)
        #expect(world.send("POST", "/_emulator/clock", ["advance": "P31D"]).status == 200)
        #expect(try users(world) == 51)
    }
}
