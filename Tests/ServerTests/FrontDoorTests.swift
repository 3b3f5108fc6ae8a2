// Who may come in, and which tenant is meant.

import HTTP
import Model
import Server
import Support
import Testing

struct FrontDoorTests {
    private static let salesforce3 =
        "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization/secrets"
    private static let other = "11111111-2222-4333-8444-555555555555"

    @Test func aTenantIsMeantByPathThenHeaderThenDefault() throws {
        let world = try TestWorld()
        let header = [HTTPField("x-entrasync-tenant", Self.other)]
        let body: JSONValue = ["value": [["key": "Domain", "value": "here"]]]
        #expect(world.send("PUT", Self.salesforce3, body, fields: header).status == 204)
        let byPath = world.send("GET", "/tenants/\(Self.other)" + Self.salesforce3)
        #expect(byPath.member("value", 0, "value") == "here")
        #expect(world.send("GET", Self.salesforce3).member("value") == [])
        let third = "/tenants/99999999-2222-4333-8444-555555555555"
        let pathWins = world.send("GET", third + Self.salesforce3, fields: header)
        #expect(pathWins.member("value") == [])
    }

    @Test func linksKeepTheTenantOfThePath() throws {
        let world = try TestWorld()
        let page = world.send(
            "GET", "/tenants/\(Self.other)/v1.0/servicePrincipals?$top=1&$select=id")
        let next = try #require(page.member("@odata.nextLink").string)
        #expect(next.hasPrefix("http://127.0.0.1:8585/tenants/\(Self.other)/v1.0/"))
    }

    @Test func jobsOfATenantCarryItsIdentifier() throws {
        let jobs = Self.salesforce3.dropLast("secrets".count) + "jobs"
        let created = try TestWorld().send(
            "POST", "/tenants/\(Self.other)" + jobs, ["templateId": "SfSandboxOutDelta"])
        #expect(
            created.member("id") == "SfSandboxOutDelta.11111111222243338444555555555555")
    }

    @Test func aTenantThatIsNoGUIDIsRefused() throws {
        let world = try TestWorld()
        let byPath = world.send("GET", "/tenants/contoso/v1.0/servicePrincipals")
        #expect(byPath.status == 400)
        #expect(byPath.errorMessage.contains("'contoso'"))
        let byHeader = world.send(
            "GET", "/v1.0/servicePrincipals", fields: [HTTPField("x-entrasync-tenant", "x")])
        #expect(byHeader.status == 400)
    }

    @Test(arguments: [
        ("127.0.0.1:8585", true), ("localhost", true), ("LOCALHOST:1", true), ("[::1]:8585", true),
        ("graph.microsoft.com", true), ("evil.example", false), ("127.0.0.1.evil.example", false),
        ("[::2]:8585", false), ("127.0.0.1:@evil.example", false), ("127.0.0.1:123456", false),
    ])
    func hostsAreThisMachines(host: String, isWelcome: Bool) throws {
        let answer = try TestWorld().send(
            "GET", "/_emulator/health", fields: [HTTPField("Host", host)])
        #expect(answer.status == (isWelcome ? 200 : 403))
    }

    @Test(arguments: [
        ("http://127.0.0.1:8585", 200), ("http://evil.example", 403), ("null", 403),
        ("https://127.0.0.1:8585", 403),
    ])
    func pagesFromElsewhereCannotDriveIt(origin: String, status: Int) throws {
        let answer = try TestWorld().send(
            "POST", "/_emulator/clock", [:], fields: [HTTPField("Origin", origin)])
        #expect(answer.status == status)
    }

    @Test func aListenerTakesItsOwnAddress() {
        let request = HTTPRequest(fields: [HTTPField("Host", "127.0.0.2:8585")])
        #expect(AccessRule(listeningOn: "127.0.0.2").problem(with: request) == nil)
        #expect(AccessRule(listeningOn: "127.0.0.1").problem(with: request) != nil)
    }

    @Test func aListenerForEverybodyTakesAnyHost() {
        let request = HTTPRequest(fields: [HTTPField("Host", "entrasync.internal:8585")])
        #expect(AccessRule(listeningOn: "0.0.0.0").problem(with: request) == nil)
        #expect(AccessRule(listeningOn: "127.0.0.1").problem(with: request) != nil)
    }

    @Test func theRootTellsWhereToGo() throws {
        let answer = try TestWorld().send("GET", "/")
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("/v1.0/servicePrincipals"))
    }
}
