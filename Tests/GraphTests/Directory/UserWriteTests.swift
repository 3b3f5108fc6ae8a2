// Users: what a write is refused for, and what it leaves behind.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

/// A write that is refused, and the words that it is refused with.
struct RefusedWrite: Sendable, CustomTestStringConvertible {
    let changes: JSONObject
    let message: String

    init(_ changes: [(String, JSONValue)], _ message: String) {
        self.changes = JSONObject(changes)
        self.message = message
    }

    var testDescription: String { JSONValue.object(changes).text }
}

struct UserWriteTests {
    static let newUser = JSONObject([
        ("accountEnabled", true), ("displayName", "Ada Lovelace"),
        ("mailNickname", "ada.lovelace"), ("userPrincipalName", "ada.lovelace@contoso.com"),
        ("passwordProfile", ["password": "xWwvJ]6NMw+bWH-d"]),
    ])

    /// The body of a user with changes; `(none)` takes a member out.
    static func body(_ changes: JSONObject) -> JSONValue {
        .object(newUser.changed(changes))
    }

    private static let refusals = [
        RefusedWrite(
            [("accountEnabled", "(none)")],
            "A value is required for property 'accountEnabled' of resource 'User'."),
        RefusedWrite(
            [("displayName", "(none)")],
            "A value is required for property 'displayName' of resource 'User'."),
        RefusedWrite(
            [("mailNickname", .null)],
            "Invalid value specified for property 'mailNickname' of resource 'User'."),
        RefusedWrite(
            [("passwordProfile", "(none)")],
            "A value is required for property 'passwordProfile' of resource 'User'."),
        RefusedWrite(
            [("passwordProfile", ["forceChangePasswordNextSignIn": true])],
            "A value is required for property 'password' of resource 'User'."),
        RefusedWrite(
            [("passwordProfile", ["password": "short"])],
            "The specified password does not comply with password complexity requirements. Please "
                + "provide a different password."),
        RefusedWrite(
            [("userPrincipalName", "ada")], "Property userPrincipalName is invalid."),
        RefusedWrite(
            [("userPrincipalName", "ada lovelace@contoso.com")],
            "Property userPrincipalName is invalid."),
        RefusedWrite(
            [("userPrincipalName", "ada@fabrikam.com")],
            "The domain portion of the userPrincipalName property is invalid. You must use one of "
                + "the verified domain names in your organization."),
        RefusedWrite(
            [("userPrincipalName", "Ingrid.Halvorsen@contoso.com")],
            "Another object with the same value for property userPrincipalName already exists."),
        RefusedWrite(
            [("mailNickname", "INGRID.halvorsen")],
            "Another object with the same value for property mailNickname already exists."),
        RefusedWrite(
            [("usageLocation", "Norway")],
            "Invalid value specified for property 'usageLocation' of resource 'User'."),
        RefusedWrite(
            [("shoeSize", 42)],
            "The property 'shoeSize' does not exist on type 'microsoft.graph.user'. Make sure to "
                + "only use property names that are defined by the type. Path 'shoeSize'."),
        RefusedWrite(
            [("jobTitle", 7)],
            "Cannot convert a value of kind 'Number' to the expected type 'Edm.String' of property "
                + "'jobTitle'. Path 'jobTitle'."),
        RefusedWrite(
            [("employeeHireDate", "soon")],
            "Cannot convert the literal 'soon' to the expected type 'Edm.DateTimeOffset' of "
                + "property 'employeeHireDate'. Path 'employeeHireDate'."),
        RefusedWrite(
            [("onPremisesSyncEnabled", true)],
            "Property 'onPremisesSyncEnabled' is read-only and cannot be set."),
        RefusedWrite(
            [("id", "00000000-0000-0000-0000-00000000beef")],
            "Property 'id' is read-only and cannot be set."),
        RefusedWrite(
            [("extension_219561ee14804c679aa663d861fae3ef_rank", "x")],
            "The following extension properties are not available: "
                + "extension_219561ee14804c679aa663d861fae3ef_rank."),
        RefusedWrite(
            [("employeeOrgData", ["division": 3])],
            "Cannot convert a value of kind 'Number' to the expected type 'Edm.String' of property "
                + "'division'. Path 'employeeOrgData.division'."),
        RefusedWrite(
            [("businessPhones", .null)],
            "A null value was found for the property named 'businessPhones', which has the "
                + "expected type 'Collection(Edm.String)[Nullable=False]'. The expected type "
                + "'Collection(Edm.String)[Nullable=False]' does not allow null values. Path "
                + "'businessPhones'."),
    ]

    @Test(arguments: refusals)
    func refusesWhatTheDirectoryRefuses(_ refusal: RefusedWrite) throws {
        let world = try TestWorld()
        let before = try world.tenant().counts().objects.map(\.count)
        let response = world.send("POST", "/v1.0/users", Self.body(refusal.changes))
        #expect(response.status == 400)
        #expect(response.errorMessage == refusal.message)
        #expect(try world.tenant().counts().objects.map(\.count) == before)
    }

    @Test func aNewUserIsThereUnderBothOfItsNames() throws {
        let world = try TestWorld()
        let created = world.send("POST", "/v1.0/users", .object(Self.newUser))
        #expect(created.status == 201)
        let id = try #require(created.member("id").string)
        #expect(
            created.value(of: "Location")
                == "http://127.0.0.1:8585/v1.0/directoryObjects/\(id)"
                + "/Microsoft.DirectoryServices.User")
        #expect(created.value(of: "x-ms-resource-unit") == "1")
        let tenant = try world.tenant()
        let user = try tenant.directoryObject(
            .user, .userPrincipalName("ADA.lovelace@contoso.com"))
        #expect(user.id.description == id)
        #expect(user.json["userType"] == "Member")
        #expect(user.json["passwordProfile"] == nil)
        #expect(!JSONValue.object(user.json).text.contains("xWwvJ"))
    }

    @Test func anUpdateChangesWhatItGives() throws {
        let world = try TestWorld()
        let target = "/v1.0/users/ingrid.halvorsen@contoso.com"
        #expect(
            world.send(
                "PATCH", target,
                [
                    "jobTitle": "Chair", "department": nil,
                    "employeeOrgData": ["division": "East"],
                ]
            ).status == 204)
        #expect(
            world.send("PATCH", target, ["employeeOrgData": ["costCenter": "12"]]).status == 204)
        let user = try world.tenant().directoryObject(
            .user, .userPrincipalName("ingrid.halvorsen@contoso.com"))
        #expect(user.json["jobTitle"] == "Chair")
        #expect(user.json["department"] == .null)
        #expect(user.json["surname"] == "Halvorsen")
        #expect(user.json["employeeOrgData"] == ["division": "East", "costCenter": "12"])
    }

    @Test func anUpdateThatChangesNothingIsNoChange() throws {
        let world = try TestWorld()
        let tenant = try world.tenant()
        let before = try tenant.read { try $0.changes.latest() }
        try tenant.updateUser(
            .userPrincipalName("ingrid.halvorsen@contoso.com"),
            JSONObject([("surname", "Halvorsen")]))
        #expect(try tenant.read { try $0.changes.latest() } == before)
    }

    @Test func whatTheOnPremisesDirectoryOwnsIsRefused() throws {
        let world = try TestWorld()
        let tenant = try world.tenant()
        let key = DirectoryKey.userPrincipalName("ingrid.halvorsen@contoso.com")
        try tenant.updateUser(
            key, JSONObject([("onPremisesSyncEnabled", true)]), as: .synchronization)
        let target = "/v1.0/users/ingrid.halvorsen@contoso.com"
        let refused = world.send("PATCH", target, ["jobTitle": "Chair"])
        #expect(refused.status == 400)
        #expect(refused.errorCode == "Request_BadRequest")
        #expect(refused.errorMessage.hasPrefix("Unable to update the specified properties"))
        #expect(world.send("PATCH", target, ["usageLocation": "NO"]).status == 204)
        try tenant.updateUser(key, JSONObject([("jobTitle", "Chair")]), as: .synchronization)
        #expect(try tenant.directoryObject(.user, key).json["jobTitle"] == "Chair")
    }

    @Test func aManagerTakesTheOtherOnesPlace() throws {
        let world = try TestWorld()
        let marcus = "/v1.0/users/marcus.whitfield@contoso.com"
        let id = try #require(GUID(parsing: "3ffa4351-788a-4918-b7f6-adc4a8a5c1e4"))
        let dana = try #require(GUID(parsing: "56dfb418-5941-4f9a-a886-aca6b1e277fc"))
        let body: JSONValue = [
            "@odata.id": .string("https://graph.microsoft.com/v1.0/users('\(dana)')")
        ]
        #expect(world.send("PUT", marcus + "/manager/$ref", body).status == 204)
        let tenant = try world.tenant()
        #expect(try tenant.read { try $0.links.count(from: id, .manager) } == 1)
        #expect(try tenant.read { try $0.links.contains(from: id, .manager, to: dana) })
        #expect(world.send("DELETE", marcus + "/manager/$ref").status == 204)
        #expect(world.send("DELETE", marcus + "/manager/$ref").status == 404)
    }

    @Test func lenientCallersMayInventProperties() throws {
        let world = try TestWorld(isLenient: true)
        let body = Self.body(JSONObject([("shoeSize", 42)]))
        #expect(world.send("POST", "/v1.0/users", body).status == 201)
    }

    @Test(arguments: [
        ("/v1.0/users/nobody@contoso.com", 404, "Request_ResourceNotFound"),
        ("/v1.0/users/00000000-0000-0000-0000-00000000dead", 404, "Request_ResourceNotFound"),
        ("/v1.0/groups/no-guid", 400, "Request_BadRequest"),
        ("/v1.0/applications(name='x')", 400, "BadRequest"),
    ])
    func aPathThatNamesNothingIsToldAsSuch(path: String, status: Int, code: String) throws {
        let response = try TestWorld().send("PATCH", path, ["displayName": "x"])
        #expect(response.status == status)
        #expect(response.errorCode == code)
    }
}

extension JSONObject {
    /// The members with changes; `(none)` takes a member out.
    func changed(_ changes: JSONObject) -> JSONObject {
        var result = self
        for member in changes.members {
            if member.value == "(none)" {
                result[member.name] = JSONValue?.none
            } else {
                result[member.name] = member.value
            }
        }
        return result
    }
}
