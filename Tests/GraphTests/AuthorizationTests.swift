// Callers with and without tokens, permissions, roles and ownership.

import Emulator
import Graph
import HTTP
import Model
import Support
import Testing

private let reader = ("4e8a90d3-b6c1-4f27-a5de-0c92f71b3846", "demo-reader-secret")
private let owner = ("d5c3f218-7e90-4ab6-b14d-f68a2c0e9d57", "demo-owner-secret")
private let uploader = ("e92b6f05-d1c8-4037-8e5a-3b7f94a0c6d2", "demo-upload-secret")
private let full = ("b1d4c7a0-5f2e-4c36-9d81-6a07e3f25c10", "demo-automation-secret")
private let owned = "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15"
private let other = "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1"
private let job = other + "/synchronization/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"

struct AuthorizationTests {
    private func token(
        _ world: TestWorld, _ form: String
    ) throws -> [HTTPField] {
        let answer = world.send(
            HTTPRequest(
                method: "POST", path: "/common/oauth2/v2.0/token",
                fields: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8)))
        let token = try #require(answer.member("access_token").string, "\(answer.json.text)")
        return [HTTPField("Authorization", "Bearer \(token)")]
    }

    private func application(
        _ world: TestWorld, _ client: (String, String)
    ) throws -> [HTTPField] {
        try token(
            world,
            "grant_type=client_credentials&client_id=\(client.0)&client_secret=\(client.1)"
                + "&scope=https://graph.microsoft.com/.default")
    }

    private func user(_ world: TestWorld, _ name: String, _ scope: String) throws -> [HTTPField] {
        try token(
            world,
            "grant_type=password&client_id=\(full.0)&username=\(name)&password=demo-password"
                + "&scope=\(scope)")
    }

    @Test(arguments: [
        ([], "Access token is empty."), (["Bearer"], "Access token is empty."),
        (["Bearer abc"], "IDX14100: JWT is not well formed, there are no dots (.)."),
        (["Bearer a.b.c"], "CompactToken parsing failed with error code: 80049217"),
        (["Basic YTpi"], "CompactToken parsing failed with error code: 80049217"),
    ])
    func refusesWhatIsNoToken(values: [String], message: String) throws {
        let world = try TestWorld(authorization: .token)
        let answer = world.send(
            "GET", job, fields: values.map { HTTPField("Authorization", $0) })
        #expect(answer.status == 401)
        #expect(answer.errorCode == "InvalidAuthenticationToken")
        #expect(answer.errorMessage.hasPrefix(message))
        #expect(answer.value(of: "WWW-Authenticate")?.hasPrefix("Bearer realm=") == true)
    }

    @Test func takesAnythingWhereNobodyIsChecked() throws {
        let world = try TestWorld()
        for value in ["Bearer", "Bearer abc", "Bearer a.b.c", "x"] {
            let fields = [HTTPField("Authorization", value)]
            #expect(world.send("GET", job, fields: fields).status == 200)
        }
    }

    @Test func refusesAForgedToken() throws {
        let world = try TestWorld(authorization: .token)
        let field = try application(world, full)[0]
        #expect(world.send("GET", job, fields: [field]).status == 200)
        var parts = field.value.split(separator: ".").map(String.init)
        parts[2] = String(parts[2].reversed())
        let forged = HTTPField("Authorization", parts.joined(separator: "."))
        let answer = world.send("GET", job, fields: [forged])
        #expect(answer.status == 401)
        #expect(answer.errorCode == "InvalidAuthenticationToken")
        // A token of another emulator has another key.
        let foreign = try application(try TestWorld(authorization: .token), full)
        #expect(world.send("GET", job, fields: foreign).status == 401)
    }

    @Test func refusesATokenForAnotherAudience() throws {
        let world = try TestWorld(authorization: .token)
        let fields = try token(
            world,
            "grant_type=client_credentials&client_id=\(full.0)&client_secret=\(full.1)"
                + "&scope=4f69b626-58da-4ad8-84a6-bc7c99919948/.default")
        let answer = world.send("GET", job, fields: fields)
        #expect(answer.status == 401)
        #expect(answer.errorMessage == "Access token validation failure. Invalid audience.")
    }

    @Test func aTokenEndsOnTheTenantsClock() throws {
        let world = try TestWorld(authorization: .token)
        let fields = try application(world, full)
        #expect(world.send("GET", job, fields: fields).status == 200)
        #expect(world.send("POST", "/_emulator/clock", ["advance": "PT1H"]).status == 200)
        let answer = world.send("GET", job, fields: fields)
        #expect(answer.status == 401)
        #expect(answer.errorMessage == "Lifetime validation failed, the token is expired.")
        #expect(world.send("GET", job, fields: try application(world, full)).status == 200)
    }

    @Test func theTokensTenantIsMeant() throws {
        let world = try TestWorld()
        let tenant = "00000000-0000-0000-0000-0000000000bb"
        let answer = world.send(
            HTTPRequest(
                method: "POST", path: "/\(tenant)/oauth2/v2.0/token",
                body: Array(
                    ("grant_type=client_credentials&client_id=\(full.0)&client_secret=\(full.1)"
                        + "&scope=https://graph.microsoft.com/.default").utf8)))
        let token = try #require(answer.member("access_token").string)
        let fields = [HTTPField("Authorization", "Bearer \(token)")]
        #expect(world.send("DELETE", job, fields: fields).status == 204)
        #expect(world.send("GET", job, fields: fields).status == 404)
        #expect(world.send("GET", job).status == 200)
        // The token beats the header, the path beats the token.
        let header = HTTPField("x-entrasync-tenant", Tenants.defaultID.description)
        #expect(world.send("GET", job, fields: fields + [header]).status == 404)
        #expect(
            world.send("GET", "/tenants/\(Tenants.defaultID)" + job, fields: fields).status == 200)
    }

    @Test func aTokenIsForItsTenantOnly() throws {
        let world = try TestWorld(authorization: .token)
        let fields = try application(world, full)
        let elsewhere = "/tenants/00000000-0000-0000-0000-0000000000bb" + job
        #expect(world.send("GET", elsewhere, fields: fields).status == 401)
    }

    @Test func aReaderReadsAndNoMore() throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try application(world, reader)
        #expect(world.send("GET", job, fields: fields).status == 200)
        #expect(world.send("GET", job + "/schema", fields: fields).status == 200)
        #expect(world.send("GET", other, fields: fields).status == 200)
        let refused = world.send("POST", job + "/start", fields: fields)
        #expect(refused.status == 401)
        #expect(refused.errorCode == "UnknownError")
        #expect(refused.errorMessage == "")
        #expect(
            world.send("POST", job + "/start", fields: try application(world, full)).status == 204)
    }

    @Test func answersAreNotSharedBetweenCallers() throws {
        let world = try TestWorld(authorization: .strict)
        let mayRead = try application(world, reader)
        let mayNot = try application(world, uploader)
        for _ in 0..<2 {
            #expect(world.send("GET", job, fields: mayRead).status == 200)
            #expect(world.send("GET", job, fields: mayNot).status == 401)
            #expect(world.send("GET", other, fields: mayRead).status == 200)
            let refused = world.send("GET", other, fields: mayNot)
            #expect(refused.status == 403)
            #expect(refused.errorCode == "Authorization_RequestDenied")
        }
    }

    @Test func anOwnerMayWhatItOwns() throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try application(world, owner)
        #expect(world.send("GET", owned + "/synchronization/jobs", fields: fields).status == 200)
        let body: JSONValue = ["templateId": "SfSandboxOutDelta"]
        #expect(
            world.send("POST", owned + "/synchronization/jobs", body, fields: fields).status
                == 201)
        #expect(world.send("GET", job, fields: fields).status == 401)
        #expect(world.send("POST", job + "/start", fields: fields).status == 401)
        // It may list all of them, though.
        #expect(world.send("GET", other, fields: fields).status == 200)
    }

    @Test func anApplicationReadsItself() throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try application(world, uploader)
        let itself = "/v1.0/servicePrincipals(appId='\(uploader.0)')"
        #expect(world.send("GET", itself, fields: fields).status == 200)
        #expect(world.send("GET", "/v1.0/servicePrincipals", fields: fields).status == 403)
    }

    @Test(arguments: [
        ("ingrid.halvorsen@contoso.com", "Synchronization.ReadWrite.All", 204),
        ("tyrell.booker@contoso.com", "Synchronization.ReadWrite.All", 204),
        ("tyrell.booker@contoso.com", "Synchronization.Read.All", 401),
        ("marcus.whitfield@contoso.com", "Synchronization.ReadWrite.All", 401),
    ])
    func aUserNeedsScopeAndRole(name: String, scope: String, status: Int) throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try user(world, name, scope)
        #expect(world.send("POST", job + "/start", fields: fields).status == status)
    }

    @Test func aStrongRoleReadsWithoutTheScope() throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try user(world, "tyrell.booker@contoso.com", "Application.Read.All")
        #expect(world.send("GET", job, fields: fields).status == 200)
        #expect(world.send("POST", job + "/start", fields: fields).status == 401)
    }

    @Test func routingComesBeforePermission() throws {
        let world = try TestWorld(authorization: .strict)
        let fields = try application(world, uploader)
        let answer = world.send("GET", "/v1.0/nothing", fields: fields)
        #expect(answer.status == 400)
        #expect(answer.errorMessage == "Resource not found for the segment 'nothing'.")
    }

    @Test func theTestersFaceAsksNobody() throws {
        let world = try TestWorld(authorization: .strict)
        #expect(world.send("GET", "/_emulator/info").status == 200)
    }

    @Test(arguments: Routes.all.map(\.permission.rawValue))
    func everyPermissionHasItsRow(key: String) throws {
        let key = try #require(PermissionKey(rawValue: key))
        #expect(key == .none || key.grantsSomebody)
    }
}
