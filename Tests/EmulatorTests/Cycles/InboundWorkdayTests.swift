// Workers of Workday on their way into the tenant, from hire to termination.

import Emulator
import Model
import Storage
import Support
import Testing

struct InboundWorkdayTests {
    private let worker: JSONObject = JSONObject([
        ("WID", "w-1"), ("WorkerID", "70001"), ("Active", "1"), ("UserID", "ada.king"),
        ("FirstName", "Ada"), ("LastName", "King"), ("PreferredNameData", "Ada King"),
        ("BusinessTitle", "Analyst"), ("SupervisoryOrganization", "Finance"),
        ("CountryReferenceTwoLetter", "se"), ("Mobile", "+46 70 1"),
        ("PrimaryWorkTelephone", "+46 8 1"), ("WorkSpaceReference", "Stockholm/1"),
        ("LocalReference", "sv_SE"), ("ManagerReference", "72f6cd968f61414ab9bf3b44c9d70444"),
    ])

    @Test func theDemosWorkersBecomeUsersOrAreMatched() throws {
        let inbound = try InboundWorld(.workday)
        let before = try inbound.tenant.read { try $0.users.count() }
        let answer = try inbound.run()
        #expect(answer.member("execution", "state").string == "Succeeded", "\(answer.json.text)")
        #expect(answer.member("execution", "countImported").integer == 20)
        // Five workers have no account yet.
        #expect(try inbound.tenant.read { try $0.users.count() } == before + 5)
        #expect(
            try inbound.value("userPrincipalName", of: "21103")
                == "Dominik.Schaffer@contoso.com")
        #expect(try inbound.manager(of: "21101") == "21013")
        #expect(try inbound.value("accountEnabled", of: "21042") == false)
        let again = try inbound.run()
        #expect(again.member("execution", "countExported").integer == 0, "\(again.json.text)")
    }

    @Test func aHireBecomesAUser() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.run()
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        let user = try #require(try inbound.user("70001"))
        #expect(user["userPrincipalName"] == "Ada.King@contoso.com")
        #expect(user["displayName"] == "Ada King")
        #expect(user["accountEnabled"] == true)
        #expect(user["usageLocation"] == "SE")
        #expect(user["mobilePhone"] == "+46 70 1")
        #expect(user["businessPhones"] == ["+46 8 1"])
        #expect(user["officeLocation"] == "Stockholm/1")
        #expect(user["preferredLanguage"] == "sv-SE")
        #expect(try inbound.manager(of: "70001") == "21012")
    }

    @Test func aFutureHireIsEnabledOnTheDay() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.run()
        var future = worker
        future["Active"] = "0"
        try inbound.change("Worker", "w-1", future)
        try inbound.run()
        #expect(try inbound.value("accountEnabled", of: "70001") == false)
        try inbound.change("Worker", "w-1", JSONObject([("Active", "1")]))
        try inbound.run()
        #expect(try inbound.value("accountEnabled", of: "70001") == true)
    }

    @Test func namesAndManagersFollowTheWorker() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        try inbound.change(
            "Worker", "w-1",
            JSONObject([
                ("LastName", "Byron"), ("PreferredNameData", "Ada Byron"),
                ("ManagerReference", "a212c76048294daaade0b59d9a6ee4c3"),
            ]))
        try inbound.run()
        #expect(try inbound.value("displayName", of: "70001") == "Ada Byron")
        #expect(try inbound.value("surname", of: "70001") == "Byron")
        #expect(try inbound.value("userPrincipalName", of: "70001") == "Ada.King@contoso.com")
        #expect(try inbound.manager(of: "70001") == "21027")
    }

    @Test func terminationDisablesAndRehireEnables() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        let id = try inbound.value("id", of: "70001")
        try inbound.change(
            "Worker", "w-1", JSONObject([("Active", "0"), ("StatusTerminated", "1")]))
        try inbound.run()
        #expect(try inbound.value("accountEnabled", of: "70001") == false)
        try inbound.change(
            "Worker", "w-1", JSONObject([("Active", "1"), ("StatusTerminated", "0")]))
        try inbound.run()
        #expect(try inbound.value("accountEnabled", of: "70001") == true)
        #expect(try inbound.value("id", of: "70001") == id)
    }

    @Test func aConversionKeepsTheUser() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        let id = try inbound.value("id", of: "70001")
        try inbound.change(
            "Worker", "w-1",
            JSONObject([("WorkerType", "Contingent Worker"), ("BusinessTitle", "Consultant")]))
        try inbound.run()
        #expect(try inbound.value("id", of: "70001") == id)
        #expect(try inbound.value("jobTitle", of: "70001") == "Consultant")
    }

    @Test func aNameThatIsTakenFailsForOneWorkerOnly() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.change("Worker", "w-1", worker)
        var namesake = worker
        namesake["WID"] = "w-2"
        namesake["WorkerID"] = "70002"
        namesake["UserID"] = "ada.king2"
        try inbound.change("Worker", "w-2", namesake)
        let answer = try inbound.run()
        #expect(try inbound.user("70001") != nil)
        #expect(try inbound.user("70002") == nil)
        #expect(answer.member("execution", "countEscrowed").integer == 1)
        #expect(inbound.errors(about: "w-2") == ["EntryConflict"])
    }

    @Test func aWorkerThatIsGoneIsSoftDeletedAndComesBack() throws {
        let inbound = try InboundWorld(.workday)
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        let id = try #require(try inbound.value("id", of: "70001").string)
        try inbound.tenant.removeDirectoryObject("w-1", in: inbound.place("Worker"))
        try inbound.run()
        #expect(try inbound.user("70001") == nil)
        let bin = try inbound.tenant.read { database in
            try GUID(parsing: id).flatMap { try database.directory.load(.user, id: $0) }
        }
        #expect(bin?.deleted != nil)
        try inbound.change("Worker", "w-1", worker)
        try inbound.run()
        #expect(try inbound.value("id", of: "70001") == .string(id))
        #expect(try inbound.value("userPrincipalName", of: "70001") == "Ada.King@contoso.com")
    }
}
