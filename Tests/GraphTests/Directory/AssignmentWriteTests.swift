// Assignments of app roles: what is offered to whom.

import HTTP
import Model
import Support
import Testing

struct AssignmentWriteTests {
    private static let salesforce3 = "d813d7d7-0f41-4edc-b284-d0dfaf399d15"
    private static let ingrid = "92ba3afa-4614-41d6-994a-6e49dca63b7f"
    private static let readOnly = "747cf262-29f5-498d-b2ee-4877b9bd4d86"
    private let target = "/v1.0/servicePrincipals/\(salesforce3)/appRoleAssignedTo"

    private func grant(
        _ principal: String = ingrid, resource: String = salesforce3, role: String = readOnly
    ) -> JSONValue {
        [
            "principalId": .string(principal), "resourceId": .string(resource),
            "appRoleId": .string(role),
        ]
    }

    @Test(arguments: [
        (ingrid, salesforce3, "00000000-0000-0000-0000-000000000000", 400, "not found on"),
        (ingrid, salesforce3, "00000000-0000-0000-0000-00000000dead", 400, "not found on"),
        ("00000000-0000-0000-0000-00000000dead", salesforce3, readOnly, 404, "does not exist"),
        ("bc0dc311-87df-48ac-91b1-259bd2c3a31c", salesforce3, readOnly, 400, "not found on"),
        (
            ingrid, "bc0dc311-87df-48ac-91b1-259bd2c3a31c", readOnly, 400,
            "Not a valid reference update."
        ),
    ])
    func refusesWhatDoesNotFit(
        principal: String, resource: String, role: String, status: Int, words: String
    ) throws {
        let response = try TestWorld().send(
            "POST", target, grant(principal, resource: resource, role: role))
        #expect(response.status == status)
        #expect(response.errorMessage.contains(words), "\(response.errorMessage)")
    }

    @Test(arguments: ["principalId", "resourceId"])
    func needsBothEnds(member: String) throws {
        var body = try #require(grant().object)
        body[member] = nil
        let response = try TestWorld().send("POST", target, .object(body))
        #expect(response.status == 400)
        #expect(response.errorMessage.contains("'\(member)'"))
    }

    @Test func anAssignmentIsMadeOnceAndTakenBackOnce() throws {
        let world = try TestWorld()
        let made = world.send("POST", target, grant())
        #expect(made.status == 201)
        let id = try #require(made.member("id").string)
        #expect(id.utf8.count == 43)
        #expect(made.member("principalType") == "User")
        let again = world.send("POST", target, grant())
        #expect(again.status == 400)
        #expect(again.errorMessage == "Permission being assigned already exists on the object")
        let bySide = "/v1.0/users/\(Self.ingrid)/appRoleAssignments/" + id
        #expect(world.send("DELETE", bySide).status == 204)
        #expect(world.send("DELETE", target + "/" + id).status == 404)
        #expect(world.send("POST", target, grant()).status == 201)
    }

    @Test func withoutRolesTheDefaultAccessIsOffered() throws {
        let world = try TestWorld()
        let application = world.send("POST", "/v1.0/applications", ["displayName": "Plain"])
        let principal = world.send(
            "POST", "/v1.0/servicePrincipals", ["appId": application.member("appId")])
        let id = try #require(principal.member("id").string)
        let response = world.send(
            "POST", "/v1.0/servicePrincipals/\(id)/appRoleAssignedTo",
            ["principalId": .string(Self.ingrid), "resourceId": .string(id)])
        #expect(response.status == 201)
        #expect(response.member("appRoleId") == "00000000-0000-0000-0000-000000000000")
    }
}
