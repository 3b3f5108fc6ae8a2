// Applications and service principals: two objects that go together.

import Emulator
import HTTP
import Model
import Support
import Testing

struct ApplicationWriteTests {
    private let salesforce3 = "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15"
    private let application = "/v1.0/applications/c7ef0410-b397-4bfa-a65b-4ff1c25fd2b8"

    @Test func aServicePrincipalFollowsItsApplication() throws {
        let world = try TestWorld()
        let changes: JSONValue = [
            "displayName": "Renamed", "identifierUris": ["api://renamed"],
            "web": ["redirectUris": ["https://localhost/signed-in"]],
        ]
        #expect(world.send("PATCH", application, changes).status == 204)
        let principal = world.send("GET", salesforce3)
        #expect(principal.member("displayName") == "Renamed")
        #expect(principal.member("servicePrincipalNames", 1) == "api://renamed")
        #expect(principal.member("replyUrls") == ["https://localhost/signed-in"])
    }

    @Test func deletingAnApplicationTakesItsServicePrincipalAlongAndBack() throws {
        let world = try TestWorld()
        #expect(world.send("DELETE", application).status == 204)
        #expect(world.send("GET", salesforce3).status == 404)
        let bin = "/v1.0/directory/deletedItems/c7ef0410-b397-4bfa-a65b-4ff1c25fd2b8/restore"
        let restored = world.send("POST", bin)
        #expect(restored.status == 200)
        #expect(restored.member("@odata.type") == "#microsoft.graph.application")
        #expect(world.send("GET", salesforce3).member("displayName") == "salesforce 3")
        #expect(
            world.send(
                "GET", "/v1.0/servicePrincipals(appId='219561ee-1480-4c67-9aa6-63d861fae3ef')"
            ).status == 200)
    }

    @Test func aDeletedServicePrincipalLeavesItsPlace() throws {
        let world = try TestWorld()
        let body: JSONValue = ["appId": "219561ee-1480-4c67-9aa6-63d861fae3ef"]
        #expect(world.send("POST", "/v1.0/servicePrincipals", body).status == 409)
        #expect(world.send("DELETE", salesforce3).status == 204)
        #expect(world.send("POST", "/v1.0/servicePrincipals", body).status == 201)
        let restore = "/v1.0/directory/deletedItems/d813d7d7-0f41-4edc-b284-d0dfaf399d15/restore"
        #expect(world.send("POST", restore).status == 409)
    }

    @Test func jobsRestWhileTheirServicePrincipalIsDeleted() throws {
        let world = try TestWorld()
        let sandbox = "60443998-8cf7-4e61-b05c-a53b658cb5e1"
        let job = "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
        func runs() -> Int {
            let ran = world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            return ran.json.text.components(of: "\"\(job)\"")
        }
        #expect(runs() > 0)
        #expect(world.send("DELETE", "/v1.0/servicePrincipals/" + sandbox).status == 204)
        #expect(runs() == 0)
        #expect(
            world.send("POST", "/v1.0/directory/deletedItems/\(sandbox)/restore").status == 200)
        #expect(runs() > 0)
    }

    @Test func upsertMakesAndThenChanges() throws {
        let world = try TestWorld()
        let prefer = [HTTPField("Prefer", "create-if-missing")]
        let target = "/v1.0/applications(uniqueName='payroll')"
        #expect(world.send("PATCH", target, ["displayName": "A"]).status == 404)
        let made = world.send("PATCH", target, ["displayName": "A"], fields: prefer)
        #expect(made.status == 201)
        #expect(world.send("PATCH", target, ["displayName": "B"], fields: prefer).status == 204)
        let tenant = try world.tenant()
        let found = try tenant.directoryObject(.application, .uniqueName("payroll"))
        #expect(found.json["displayName"] == "B")
        let appID = try #require(made.member("appId").string)
        let principal = "/v1.0/servicePrincipals(appId='\(appID)')"
        #expect(world.send("PATCH", principal, [:], fields: prefer).status == 201)
        #expect(world.send("PATCH", principal, [:], fields: prefer).status == 204)
        let taken = world.send(
            "POST", "/v1.0/applications", ["displayName": "C", "uniqueName": "payroll"])
        #expect(
            taken.errorMessage
                == "Another object with the same value for property uniqueName already exists.")
    }

    private static let role: JSONValue = [
        "allowedMemberTypes": ["User"], "description": "Reader", "displayName": "Reader",
        "id": "5b0f1b1c-58a1-4a47-9a0e-1c9a3c8d7f01", "isEnabled": true, "value": "reader",
    ]

    @Test func enabledRolesStayUntilTheyAreDisabled() throws {
        let world = try TestWorld()
        let made = world.send(
            "POST", "/v1.0/applications", ["displayName": "Roles", "appRoles": [Self.role]])
        #expect(made.status == 201)
        let target = "/v1.0/applications/" + (made.member("id").string ?? "")
        let refused = world.send("PATCH", target, ["appRoles": []])
        #expect(refused.status == 400)
        #expect(refused.errorCode == "CannotDeleteOrUpdateEnabledEntitlement")
        var disabled = try #require(Self.role.object)
        disabled["isEnabled"] = false
        #expect(world.send("PATCH", target, ["appRoles": [.object(disabled)]]).status == 204)
        #expect(world.send("PATCH", target, ["appRoles": []]).status == 204)
    }

    @Test func rolesAreUniqueByIdentifierAndValue() throws {
        let world = try TestWorld()
        let twice = world.send(
            "POST", "/v1.0/applications",
            ["displayName": "Roles", "appRoles": [Self.role, Self.role]])
        #expect(twice.status == 400)
        #expect(twice.member("error", "details", 0, "code") == "DuplicateValue")
        var other = try #require(Self.role.object)
        other["id"] = "5b0f1b1c-58a1-4a47-9a0e-1c9a3c8d7f02"
        let same = world.send(
            "POST", "/v1.0/applications",
            ["displayName": "Roles", "appRoles": [Self.role, .object(other)]])
        #expect(same.errorMessage.contains("'reader'"))
    }

    @Test func aSecretIsToldOnceAndWorksUntilItEnds() throws {
        let world = try TestWorld()
        let added = world.send(
            "POST", application + "/addPassword",
            ["passwordCredential": ["displayName": "CI", "endDateTime": "2026-01-02T00:00:00Z"]])
        #expect(added.status == 200)
        let secret = try #require(added.member("secretText").string)
        #expect(secret.count == 40)
        #expect(added.member("hint").string.map(secret.hasPrefix) == true)
        let tenant = try world.tenant()
        let appID = try #require(GUID(parsing: "219561ee-1480-4c67-9aa6-63d861fae3ef"))
        #expect(try tenant.clientSecret(secret, ofApp: appID) == .valid)
        #expect(try tenant.clientSecret(secret + "x", ofApp: appID) != .valid)
        #expect(try tenant.clientSecret(secret, ofApp: .zero) != .valid)
        let shown = try tenant.directoryObject(.application, .appID(appID)).json
        #expect(!JSONValue.object(shown).text.contains(secret))
        _ = world.send("POST", "/_emulator/clock", ["advance": "P2D"])
        #expect(try tenant.clientSecret(secret, ofApp: appID) != .valid)
    }

    @Test func aRemovedSecretIsNone() throws {
        let world = try TestWorld()
        let added = world.send("POST", salesforce3 + "/addPassword", [:])
        let secret = try #require(added.member("secretText").string)
        let tenant = try world.tenant()
        let appID = try #require(GUID(parsing: "219561ee-1480-4c67-9aa6-63d861fae3ef"))
        #expect(try tenant.clientSecret(secret, ofApp: appID) == .valid)
        let body: JSONValue = ["keyId": added.member("keyId")]
        #expect(world.send("POST", salesforce3 + "/removePassword", body).status == 204)
        #expect(try tenant.clientSecret(secret, ofApp: appID) != .valid)
        #expect(world.send("POST", salesforce3 + "/removePassword", body).status == 400)
    }

    @Test func anInstanceOfTheGalleryIsOfferedItsTemplates() throws {
        let world = try TestWorld()
        let made = world.send(
            "POST",
            "/v1.0/applicationTemplates/5b2f9d1e-7a44-4c86-9e0b-d3f81a6c2e57/instantiate",
            ["displayName": "Mine"])
        #expect(made.status == 201)
        let principal = try #require(made.member("servicePrincipal", "id").string)
        let jobs = "/v1.0/servicePrincipals/\(principal)/synchronization"
        let templates = world.send("GET", jobs + "/templates")
        #expect(templates.member("value", 0, "id") == "SfSandboxOutDelta")
        #expect(
            world.send("POST", jobs + "/jobs", ["templateId": "SfSandboxOutDelta"]).status == 201)
        let unknown = world.send(
            "POST",
            "/v1.0/applicationTemplates/00000000-0000-0000-0000-00000000dead/instantiate",
            ["displayName": "Mine"])
        #expect(unknown.status == 404)
    }
}

extension String {
    /// How often a text occurs in it.
    fileprivate func components(of text: String) -> Int {
        var count = 0
        var rest = self[...]
        while let first = text.first, let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.hasPrefix(text) { count += 1 }
            rest = rest.dropFirst()
        }
        return count
    }
}
