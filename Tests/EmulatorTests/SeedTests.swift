// Seeds: what they make, and what is said of one that can't be used.

import Emulator
import Model
import Support
import Testing

struct SeedTests {
    @Test func theDemoHoldsTheOverviewsCases() throws {
        let tenant = try TestWorld().tenant()
        let counts = try tenant.counts()
        #expect(
            counts.objects.map { "\($0.count) \($0.name)" } == [
                "51 users", "10 groups", "13 applications", "14 servicePrincipals", "7 jobs",
            ])
        let id = try #require(GUID(parsing: "60443998-8cf7-4e61-b05c-a53b658cb5e1"))
        #expect(
            try tenant.jobs(of: .id(id)).map(\.job.id) == [
                "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
            ])
    }

    @Test func theEmptySeedHoldsNothing() throws {
        let tenant = try TestWorld(seeds: [Seed(named: "none")]).tenant()
        #expect(try tenant.counts().objects.allSatisfy { $0.count == 0 })
    }

    @Test func seedsAddUp() throws {
        let more = try Seed(
            name: "more",
            document: [
                "users": [["userPrincipalName": "x@contoso.com", "accountEnabled": true]]
            ])
        let tenant = try TestWorld(seeds: [Seed(named: "demo"), more]).tenant()
        #expect(try tenant.counts().objects.first?.count == 52)
    }

    @Test(arguments: [
        ("[]", "the document is no object"),
        (#"{"user":[]}"#, "unknown member 'user'"),
        (#"{"users":{}}"#, "'users' is no list"),
        (#"{"users":[1]}"#, "'users[0]' is no object"),
        (#"{"users":[{}]}"#, "'users[0].userPrincipalName' is missing"),
        (
            #"{"users":[{"userPrincipalName":"a@b"},{"userPrincipalName":"A@B"}]}"#,
            "'users[1].userPrincipalName' is taken or missing"
        ),
        (
            #"{"users":[{"userPrincipalName":"a@b","id":"7"}]}"#, "'users[0].id' is no GUID"
        ),
        (
            #"{"users":[{"userPrincipalName":"a@b","manager":"c@d"}]}"#,
            "'users[0].manager' names no user: c@d"
        ),
        (
            #"{"groups":[{"displayName":"g","members":["nobody"]}]}"#,
            "'groups[0].members' names nobody: \"nobody\""
        ),
        (
            #"{"servicePrincipals":[{"appId":"x"}]}"#,
            "'servicePrincipals[0].appId' is no GUID"
        ),
        (
            #"{"servicePrincipals":[{"displayName":"x"}]}"#,
            "'servicePrincipals[0].appId' is missing"
        ),
        (
            #"{"jobs":[{"servicePrincipalId":"00000000-0000-0000-0000-0000000000aa"}]}"#,
            "'jobs[0].servicePrincipalId' names no service principal"
        ),
        (
            #"{"faults":[{}]}"#,
            "'faults[0].effect' must be an object that says what goes wrong, such as {\"status\":503}; or give a 'preset'"
        ),
        (#"{"tenant":5}"#, "'tenant' is no object"),
        (
            #"{"users":[{"userPrincipalName":"a@b","accountEnabled":"no"}]}"#,
            "'users[0].accountEnabled' is no boolean"
        ),
        (
            """
            {"assignments":[{"principalId":"00000000-0000-0000-0000-0000000000aa",
            "resourceId":"00000000-0000-0000-0000-0000000000aa"}]}
            """, "'assignments[0].resourceId' names no service principal"
        ),
        (
            """
            {"directories":[{"name":"x",
            "servicePrincipalId":"00000000-0000-0000-0000-0000000000aa"}]}
            """, "'directories[0].servicePrincipalId' names no service principal"
        ),
        (
            """
            {"servicePrincipals":[{"id":"00000000-0000-0000-0000-0000000000aa",
            "appId":"00000000-0000-0000-0000-0000000000ab"}],
            "secrets":[{"servicePrincipalId":"00000000-0000-0000-0000-0000000000aa",
            "value":[{"key":"baseAddress","value":"x"}]}]}
            """, "'secrets[0].value' has a pair without a known key"
        ),
    ])
    func aSeedThatCannotBeUsedNamesTheMember(text: String, reason: String) throws {
        #expect(throws: EmulatorError.unreadableSeed(path: "mine", reason: reason)) {
            let seed = try Seed(name: "mine", document: try JSONValue(parsing: text))
            _ = try TestWorld(seeds: [seed]).tenant()
        }
    }

    @Test func aSeedThatCannotBeUsedLeavesNothingBehind() throws {
        let broken = try Seed(
            name: "broken",
            document: [
                "users": [["userPrincipalName": "a@b"]], "groups": [["members": ["nobody"]]],
            ])
        let directory = try TemporaryDirectory()
        let world = try TestWorld(seeds: [broken], dataDirectory: directory.path)
        #expect(throws: EmulatorError.self) { _ = try world.tenant() }
        let empty = try TestWorld(
            seeds: [Seed(named: "none")], dataDirectory: directory.path)
        #expect(try empty.tenant().counts().objects.allSatisfy { $0.count == 0 })
    }
}
