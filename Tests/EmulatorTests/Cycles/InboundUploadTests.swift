// Records of the bulk upload API on their way into the tenant.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct InboundUploadTests {
    private let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    private func record(_ id: String, _ more: JSONObject = JSONObject()) -> JSONValue {
        var data = JSONObject([
            (
                "schemas",
                ["urn:ietf:params:scim:schemas:core:2.0:User", .string(enterprise)]
            ),
            ("externalId", .string(id)), ("userName", .string("user\(id)@example.com")),
            ("active", true), ("displayName", .string("User \(id)")),
            ("name", ["familyName": .string("F\(id)"), "givenName": "G"]),
        ])
        for member in more.members { data[member.name] = member.value }
        return .object(data)
    }

    private func upload(_ inbound: InboundWorld, _ records: [JSONValue]) {
        let operations = records.enumerated().map { index, data -> JSONValue in
            [
                "method": "POST", "bulkId": .string("\(index)"), "path": "/Users", "data": data,
            ]
        }
        let body: JSONValue = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": .array(operations), "failOnErrors": .null,
        ]
        let answer = inbound.world.send(
            HTTPRequest(
                method: "POST",
                path:
                    "/v1.0/servicePrincipals/\(inbound.job.servicePrincipal)/synchronization/jobs/"
                    + "\(inbound.job.job.id)/bulkUpload",
                fields: [HTTPField("Content-Type", "application/scim+json")], body: body.bytes))
        #expect(answer.status == 202)
    }

    private func started() throws -> InboundWorld {
        let inbound = try InboundWorld(.uploads)
        try inbound.tenant.startJob(inbound.job.job.id, of: inbound.principal)
        return inbound
    }

    private func pass(_ inbound: InboundWorld) {
        let answer = inbound.world.send("POST", "/_emulator/clock", ["advance": "PT1S"])
        #expect(answer.status == 200)
    }

    @Test func aRecordBecomesAUserAsSoonAsTheClockMoves() throws {
        let inbound = try started()
        upload(
            inbound,
            [
                record(
                    "701984",
                    JSONObject([
                        ("title", "Guide"),
                        (enterprise, ["department": "Tours", "manager": ["value": "89607"]]),
                    ])),
                record("89607"),
            ])
        pass(inbound)
        let user = try #require(try inbound.user("701984"))
        #expect(user["userPrincipalName"] == "user701984@contoso.com")
        #expect(user["department"] == "Tours")
        #expect(user["jobTitle"] == "Guide")
        #expect(user["surname"] == "F701984")
        #expect(user["accountEnabled"] == true)
        #expect(try inbound.manager(of: "701984") == "89607")
        let log = try #require(inbound.log(about: "701984").last?.object)
        #expect(log["provisioningAction"] == "create")
    }

    @Test func aPartialRecordChangesWhatItHasAndDisablesWithoutActive() throws {
        let inbound = try started()
        upload(
            inbound,
            [
                record(
                    "1",
                    JSONObject([("title", "Guide"), (enterprise, ["manager": ["value": "2"]])])),
                record("2"),
            ])
        pass(inbound)
        upload(
            inbound,
            [
                [
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                    "externalId": "1", "userName": "user1@example.com", "displayName": "Renamed",
                    "title": .null,
                ]
            ])
        pass(inbound)
        #expect(try inbound.value("displayName", of: "1") == "Renamed")
        #expect(try inbound.value("jobTitle", of: "1") == "Guide")
        #expect(try inbound.value("accountEnabled", of: "1") == false)
        #expect(try inbound.manager(of: "1") == "2")
        #expect(try inbound.value("accountEnabled", of: "2") == true)
    }

    @Test func pausedJobsKeepUploadsUntilTheyStart() throws {
        let inbound = try InboundWorld(.uploads)
        upload(inbound, [record("1")])
        pass(inbound)
        #expect(try inbound.user("1") == nil)
        try inbound.tenant.startJob(inbound.job.job.id, of: inbound.principal)
        pass(inbound)
        #expect(try inbound.user("1") != nil)
    }

    @Test func aRestartWhileStoppedDropsUploads() throws {
        let inbound = try InboundWorld(.uploads)
        upload(inbound, [record("1")])
        try inbound.tenant.restartJob(inbound.job.job.id, of: inbound.principal, scope: .full)
        #expect(try inbound.tenant.read { try $0.bulkUploads.isEmpty(of: inbound.job.job.id) })
        pass(inbound)
        #expect(try inbound.user("1") == nil)
    }

    @Test func aRecordThatTheDirectoryRefusesIsLogged() throws {
        let inbound = try started()
        upload(
            inbound,
            [record("1", JSONObject([("userName", "a%b@example.com")])), record("2")])
        pass(inbound)
        #expect(try inbound.user("1") == nil)
        #expect(try inbound.user("2") != nil)
        #expect(inbound.errors(about: "1") == ["AzureActiveDirectoryInvalidUserPrincipalName"])
    }

    @Test func existingUsersMatchByTheirEmployeesNumber() throws {
        let inbound = try started()
        let id = try inbound.value("id", of: "21002")
        upload(
            inbound,
            [
                record(
                    "21002",
                    JSONObject([("userName", "marcus.whitfield@x.example"), ("title", "CSO")]))
            ])
        pass(inbound)
        #expect(try inbound.value("id", of: "21002") == id)
        #expect(try inbound.value("jobTitle", of: "21002") == "CSO")
    }

    @Test func thousandsOfRecordsAreTakenInInOrder() throws {
        let inbound = try started()
        for page in 0..<20 {
            upload(inbound, (0..<50).map { record("9\(page * 50 + $0)") })
        }
        upload(inbound, [record("90", JSONObject([("displayName", "Last")]))])
        pass(inbound)
        #expect(try inbound.tenant.read { try $0.bulkUploads.isEmpty(of: inbound.job.job.id) })
        for index in 0..<1_000 { #expect(try inbound.user("9\(index)") != nil) }
        #expect(try inbound.value("displayName", of: "90") == "Last")
    }
}
