// Groups: what a write is refused for, and references that come and go.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct GroupWriteTests {
    private static let newGroup = JSONObject([
        ("displayName", "Analysts"), ("mailEnabled", false), ("mailNickname", "analysts"),
        ("securityEnabled", true),
    ])

    private static let refusals = [
        RefusedWrite(
            [("displayName", "(none)")],
            "A value is required for property 'displayName' of resource 'Group'."),
        RefusedWrite(
            [("mailEnabled", "(none)")],
            "A value is required for property 'mailEnabled' of resource 'Group'."),
        RefusedWrite(
            [("mailNickname", "an alias")],
            "Invalid value specified for property 'mailNickname' of resource 'Group'."),
        RefusedWrite(
            [("groupTypes", ["Static"])],
            "Invalid value specified for property 'groupTypes' of resource 'Group'."),
        RefusedWrite(
            [("mailEnabled", true)],
            "The service does not currently support writes of mail-enabled groups. Please ensure "
                + "that the mail-enablement property is unset and the security-enablement property "
                + "is set."),
        RefusedWrite(
            [("securityEnabled", "yes")],
            "Cannot convert a value of kind 'String' to the expected type 'Edm.Boolean' of property "
                + "'securityEnabled'. Path 'securityEnabled'."),
        RefusedWrite(
            [("mail", "analysts@contoso.com")], "Property 'mail' is read-only and cannot be set."),
        RefusedWrite(
            [("members", [])], "Property 'members' is read-only and cannot be set."),
        RefusedWrite(
            [("members@odata.bind", ["nowhere"])],
            "Invalid URL format specified in @odata.id or @odata.bind: 'nowhere'."),
        RefusedWrite(
            [
                (
                    "members@odata.bind",
                    .array(
                        Array(
                            repeating:
                                "https://graph.microsoft.com/v1.0/users/ingrid.halvorsen@contoso.com",
                            count: 21))
                )
            ],
            "The number of references in the request exceeds the limit of 20."),
    ]

    @Test(arguments: refusals)
    func refusesWhatTheDirectoryRefuses(_ refusal: RefusedWrite) throws {
        let body = Self.newGroup.changed(refusal.changes)
        let response = try TestWorld().send("POST", "/v1.0/groups", .object(body))
        #expect(response.status == 400)
        #expect(response.errorMessage == refusal.message)
    }

    @Test func addsAllMembersOrNone() throws {
        let world = try TestWorld()
        let pilots = "/v1.0/groups/2da1f3ce-b9b2-422e-b970-81a86acac9a4"
        let ingrid: JSONValue =
            "https://graph.microsoft.com/v1.0/users/ingrid.halvorsen@contoso.com"
        let nobody: JSONValue =
            "https://graph.microsoft.com/v1.0/directoryObjects/00000000-0000-0000-0000-00000000dead"
        let refused = world.send(
            "PATCH", pilots,
            ["description": "changed", "members@odata.bind": [ingrid, nobody]])
        #expect(refused.status == 404)
        let group = try #require(GUID(parsing: "2da1f3ce-b9b2-422e-b970-81a86acac9a4"))
        let tenant = try world.tenant()
        #expect(try tenant.read { try $0.links.count(from: group, .member) } == 0)
        #expect(
            try tenant.directoryObject(.group, .id(group)).json["description"] != "changed")
        #expect(world.send("PATCH", pilots, ["members@odata.bind": [ingrid]]).status == 204)
        #expect(try tenant.read { try $0.links.count(from: group, .member) } == 1)
        let twice = world.send("PATCH", pilots, ["members@odata.bind": [ingrid]])
        #expect(twice.status == 400)
        #expect(twice.errorMessage.contains("'members'"))
    }

    @Test func aMicrosoft365GroupIsRestorableAndASecurityGroupIsNot() throws {
        let world = try TestWorld()
        let launch = "b88e5da8-bee6-4cbe-a0ac-e9c762f7eb36"
        let pilots = "2da1f3ce-b9b2-422e-b970-81a86acac9a4"
        for (id, status) in [(launch, 200), (pilots, 404)] {
            #expect(world.send("DELETE", "/v1.0/groups/" + id).status == 204)
            let restored = world.send("POST", "/v1.0/directory/deletedItems/\(id)/restore")
            #expect(restored.status == status)
        }
    }

    @Test func membersCountThroughGroupsWithinGroups() throws {
        let world = try TestWorld()
        let pilots = "2da1f3ce-b9b2-422e-b970-81a86acac9a4"
        let finance = "3885e806-e8cd-40e7-bad6-2a813cf846f1"
        _ = world.send(
            "POST", "/v1.0/groups/\(pilots)/members/$ref",
            ["@odata.id": .string("https://graph.microsoft.com/v1.0/groups/" + finance)])
        let groups = world.send(
            "POST", "/v1.0/groups/\(finance)/getMemberGroups", ["securityEnabledOnly": false])
        #expect(groups.member("value") == [.string(pilots)])
    }
}
