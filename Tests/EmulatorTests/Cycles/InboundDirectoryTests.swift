// On-premises users and groups on their way into the tenant.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct InboundDirectoryTests {
    private let account: JSONObject = JSONObject([
        ("objectGUID", "AAAAAAAAAAAAAAAAAAAAAA=="), ("employeeID", "80001"),
        ("distinguishedName", "CN=Ada King,OU=London,DC=contoso,DC=com"), ("cn", "Ada King"),
        ("displayName", "Ada King"), ("givenName", "Ada"), ("sn", "King"),
        ("sAMAccountName", "ada.king"), ("userPrincipalName", "ada.king@contoso.com"),
        ("userAccountControl", 512), ("c", "GB"), ("countryCode", 826),
        ("extensionAttribute3", "blue"),
        ("manager", "CN=Grace Ndlovu,OU=London,DC=contoso,DC=com"),
    ])
    private let anchor = "AAAAAAAAAAAAAAAAAAAAAA=="

    @Test func theDemosAccountsAreMatchedOrMade() throws {
        let inbound = try InboundWorld(.onPremises)
        let before = try inbound.tenant.read { try $0.users.count() }
        let answer = try inbound.run()
        #expect(answer.member("execution", "state").string == "Succeeded", "\(answer.json.text)")
        #expect(try inbound.tenant.read { try $0.users.count() } == before + 5)
        #expect(try inbound.value("onPremisesSyncEnabled", of: "21015") == true)
        #expect(
            try inbound.value("onPremisesImmutableId", of: "21015") == "uUviV0uQfEW9lmUzimOFCw==")
        #expect(try inbound.manager(of: "21015") == "21013")
        #expect(try inbound.value("accountEnabled", of: "21123") == false)
        let again = try inbound.run()
        #expect(again.member("execution", "countExported").integer == 0, "\(again.json.text)")
        let id = try #require(try inbound.value("id", of: "21015").string)
        let refused = inbound.world.send("PATCH", "/v1.0/users/\(id)", ["jobTitle": "Boss"])
        #expect(refused.status == 400)
    }

    @Test func groupsAreWrittenWithTheirMembers() throws {
        let inbound = try InboundWorld(.onPremises)
        try inbound.run()
        let members = try inbound.tenant.read { database in
            let group = try #require(
                try database.directory.find(.group, at: ["displayName"], is: "Berlin Office").first)
            #expect(group.object.json["onPremisesSyncEnabled"] == true)
            #expect(group.object.json["onPremisesSamAccountName"] == "berlin-office")
            return try database.export.links(.member)
                .filter { $0.source == group.object.id.description }.count
        }
        #expect(members == 5)
    }

    @Test func anAccountIsHiredRenamedMovedAndRemoved() throws {
        let inbound = try InboundWorld(.onPremises)
        try inbound.run()
        try inbound.change("user", anchor, account)
        try inbound.run()
        let user = try #require(try inbound.user("80001"))
        #expect(user["onPremisesExtensionAttributes"]?.object?["extensionAttribute3"] == "blue")
        #expect(user["accountEnabled"] == true)
        #expect(user["usageLocation"] == "GB")
        #expect(try inbound.manager(of: "80001") == "21024")
        try inbound.change(
            "user", anchor,
            JSONObject([
                ("displayName", "Ada Byron"), ("sn", "Byron"),
                ("userPrincipalName", "ada.byron@contoso.com"),
                ("manager", "CN=Nina Vasileva,OU=London,DC=contoso,DC=com"),
                ("userAccountControl", 514),
            ]))
        try inbound.run()
        #expect(try inbound.value("userPrincipalName", of: "80001") == "ada.byron@contoso.com")
        #expect(try inbound.value("id", of: "80001") == user["id"])
        #expect(try inbound.value("accountEnabled", of: "80001") == false)
        #expect(try inbound.manager(of: "80001") == "21028")
        try inbound.tenant.removeDirectoryObject(anchor, in: inbound.place("user"))
        try inbound.run()
        #expect(try inbound.user("80001") == nil)
    }

    @Test func anUnverifiedDomainIsRefused() throws {
        let inbound = try InboundWorld(.onPremises)
        try inbound.run()
        var stranger = account
        stranger["userPrincipalName"] = "ada.king@fabrikam.example"
        try inbound.change("user", anchor, stranger)
        try inbound.run()
        #expect(try inbound.user("80001") == nil)
        #expect(
            inbound.errors(about: anchor) == ["AzureActiveDirectoryInvalidUserPrincipalName"])
    }

    @Test func aNameThatIsTakenFailsForOneAccountOnly() throws {
        let inbound = try InboundWorld(.onPremises)
        try inbound.run()
        try inbound.change("user", anchor, account)
        var namesake = account
        namesake["objectGUID"] = "BBBBBBBBBBBBBBBBBBBBBA=="
        namesake["employeeID"] = "80002"
        namesake["distinguishedName"] = "CN=Ada King 2,OU=London,DC=contoso,DC=com"
        try inbound.change("user", "BBBBBBBBBBBBBBBBBBBBBA==", namesake)
        try inbound.run()
        #expect(try inbound.user("80001") != nil)
        #expect(try inbound.user("80002") == nil)
        #expect(inbound.errors(about: "BBBBBBBBBBBBBBBBBBBBBA==") == ["DuplicateSourceEntries"])
    }

    @Test func anAccountThatLeavesTheContainersIsSoftDeleted() throws {
        let inbound = try InboundWorld(.onPremises)
        try inbound.run()
        try inbound.change("user", anchor, account)
        try inbound.run()
        var schema = try inbound.tenant.schema(ofJob: inbound.job.job.id, of: inbound.principal)
            .json
        var rules = schema["synchronizationRules"]?.array ?? []
        var rule = try #require(rules.first?.object)
        rule["containerFilter"] = ["includedContainers": ["OU=London,DC=contoso,DC=com"]]
        rules[0] = .object(rule)
        schema["synchronizationRules"] = .array(rules)
        let path =
            "/v1.0/servicePrincipals/\(inbound.job.servicePrincipal)/synchronization/jobs/"
            + "\(inbound.job.job.id)/schema"
        #expect(inbound.world.send("PUT", path, .object(schema)).status == 204)
        try inbound.run()
        #expect(try inbound.user("80001") != nil)
        #expect(try inbound.user("21121") == nil, "Berlin lies outside.")
        try inbound.change(
            "user", anchor,
            JSONObject([("distinguishedName", "CN=Ada King,OU=Berlin,DC=contoso,DC=com")]))
        try inbound.run()
        #expect(try inbound.user("80001") == nil)
        try inbound.change(
            "user", anchor,
            JSONObject([("distinguishedName", "CN=Ada King,OU=London,DC=contoso,DC=com")]))
        try inbound.run()
        #expect(try inbound.user("80001") != nil)
    }
}
