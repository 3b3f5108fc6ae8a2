// From a worker in Workday to an account in an application, with nothing but the clock moving.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct InboundChainTests {
    @Test func aWorkerReachesTheApplicationOfAGroup() throws {
        let inbound = try InboundWorld(.workday)
        let world = inbound.world
        try inbound.tenant.startJob(inbound.job.job.id, of: inbound.principal)
        let scim = try #require(
            try inbound.tenant.allJobs().map(\.stored).first { $0.job.templateID == "scim" })
        try inbound.change(
            "Worker", "w-1",
            JSONObject([
                ("WID", "w-1"), ("WorkerID", "70001"), ("Active", "1"), ("UserID", "ada.king"),
                ("FirstName", "Ada"), ("LastName", "King"), ("PreferredNameData", "Ada King"),
                ("Company", "Contoso"),
            ]))
        #expect(world.send("POST", "/_emulator/clock", ["advance": "PT80M"]).status == 200)
        let id = try #require(try inbound.value("id", of: "70001").string)
        let group = world.send(
            "POST", "/v1.0/groups",
            [
                "displayName": "Chain", "mailEnabled": false, "mailNickname": "chain",
                "securityEnabled": true,
                "members@odata.bind": [
                    .string("https://graph.microsoft.com/v1.0/directoryObjects/\(id)")
                ],
            ])
        #expect(group.status == 201)
        let principal = try inbound.tenant.servicePrincipal(.id(scim.servicePrincipal)).json
        let role = principal["appRoles"]?.array?.first?.object?["id"] ?? .null
        let assigned = world.send(
            "POST", "/v1.0/servicePrincipals/\(scim.servicePrincipal)/appRoleAssignedTo",
            [
                "principalId": group.member("id"),
                "resourceId": .string(scim.servicePrincipal.description), "appRoleId": role,
            ])
        #expect(assigned.status == 201, "\(assigned.json.text)")
        #expect(world.send("POST", "/_emulator/clock", ["advance": "PT80M"]).status == 200)
        let linked = try inbound.tenant.read { database in
            try database.connections.load(
                job: scim.job.id, objectType: "User", sourceAnchor: id)
        }
        #expect(linked?.displayName == "Ada King")
    }
}
