// The emulator that a story of an inbound job runs in, and the orders that its steps give.

import Foundation
import HTTP
import Model
import Support
import Testing

@testable import Emulator
@testable import Storage

/// A world with the shared inbound applications and what the story adds.
///
/// A class, because the names of what jobs made become known on the way.
final class InboundScenarioWorld: ScenarioStage {
    let world: TestWorld
    let tenant: Tenant
    private let source: String
    private var lastRecord: Int64 = 0
    /// Identifiers of users by their identifiers' numbers.
    private(set) var identifiers: [String: String] = [:]

    private static let templates = [
        "Workday": "Workday2AAD", "Active Directory": "AD2AADProvisioning", "API": "API2AAD",
    ]

    init(_ scenario: Scenario) throws {
        let shared = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/inbound.json"))
        let application = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        world = try TestWorld(seeds: [
            Seed(name: "application", document: application),
            Seed(name: "inbound", document: shared),
            Seed(name: scenario.name, document: scenario.seed),
        ])
        tenant = try world.tenant()
        source = scenario.source ?? ""
    }

    private func job(_ source: String) throws -> StoredJob {
        let template = Self.templates[source] ?? source
        return try #require(
            try tenant.allJobs().map(\.stored).first { $0.job.templateID == template })
    }

    private func path(_ source: String) throws -> String {
        let job = try job(source)
        return "/v1.0/servicePrincipals/\(job.servicePrincipal)/synchronization/jobs/\(job.job.id)"
    }

    var jobPath: String { get throws { try path(source) } }

    func carryOut(
        _ order: String, _ value: JSONValue, _ step: JSONObject, _ place: String
    ) throws {
        let name = value.string ?? ""
        switch order {
        case "startJob": expect(world.send("POST", try path(name) + "/start"), 204, place)
        case "add":
            let address = try directory(name)
            let body: JSONValue = ["attributes": step["attributes"] ?? [:]]
            expect(world.send("POST", address, body), 201, place)
        case "change":
            let address = try directory(step["of"]?.string ?? "") + "/" + Self.escaped(name)
            let body: JSONValue = ["attributes": step["set"] ?? [:]]
            expect(world.send("PATCH", address, body), 200, place)
        case "remove":
            let address = try directory(step["of"]?.string ?? "") + "/" + Self.escaped(name)
            expect(world.send("DELETE", address), 204, place)
        case "upload": try upload(value, place)
        case "assign": try assign(name, place)
        case "graph":
            let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
            let answer = world.send(
                parts.first ?? "", parts.last ?? "", step["body"].map(resolved))
            expect(answer, Int(step["status"]?.integer ?? 204), place)
        case "filters": try saveFilters(value, place)
        case "attributes", "of", "set", "body", "status": break
        default: throw ScenarioFault(text: "unknown order '\(order)'")
        }
    }

    private func directory(_ type: String) throws -> String {
        let name = type == "Worker" ? "Workday" : "Active%20Directory"
        return "/_emulator/directories/\(name)/\(type)"
    }

    private static func escaped(_ id: String) -> String {
        id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? id
    }

    /// Assigns a group, by its name, to the application that chains end in.
    private func assign(_ group: String, _ place: String) throws {
        let found = try tenant.read { database in
            try database.directory.find(.group, at: ["displayName"], is: group).first
        }
        let id = try #require(found).object.id.description
        let body: JSONValue = [
            "principalId": .string(id), "resourceId": .string(ScenarioWorld.servicePrincipal),
            "appRoleId": "5c1a0000-0000-4000-8000-0000000000f1",
        ]
        let address = "/v1.0/servicePrincipals/\(ScenarioWorld.servicePrincipal)/appRoleAssignedTo"
        expect(world.send("POST", address, body), 201, place)
    }

    private func upload(_ records: JSONValue, _ place: String) throws {
        let operations = (records.array ?? []).enumerated().map { index, data -> JSONValue in
            ["method": "POST", "bulkId": .string("\(index)"), "path": "/Users", "data": data]
        }
        let body: JSONValue = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": .array(operations), "failOnErrors": .null,
        ]
        let answer = world.send(
            HTTPRequest(
                method: "POST", path: try path("API") + "/bulkUpload",
                fields: [HTTPField("Content-Type", "application/scim+json")], body: body.bytes))
        expect(answer, 202, place)
    }

    /// Gives the job's rule group or container filters.
    private func saveFilters(_ filters: JSONValue, _ place: String) throws {
        let address = try jobPath + "/schema"
        var schema = world.send("GET", address).json
        if var members = schema.object, var rules = members["synchronizationRules"]?.array,
            var rule = rules.first?.object
        {
            for member in filters.object?.members ?? [] { rule[member.name] = member.value }
            rules[0] = .object(rule)
            members["synchronizationRules"] = .array(rules)
            schema = .object(members)
        }
        expect(world.send("PUT", address, schema), 204, place)
    }

    // MARK: Seeing

    /// `log`, `users`, `groups`, `accounts` and `job` since the last time.
    func observation() throws -> JSONObject {
        let job = world.send("GET", try path(source))
        let (rows, last) = try records(after: lastRecord)
        lastRecord = last
        return JSONObject([
            ("log", .array(rows.map(Observation.record))),
            ("users", .object(try users())), ("groups", .object(try groups())),
            ("accounts", .array(accounts())), ("job", Observation.job(job.json)),
        ])
    }

    /// The members of users that stories tell of; those that are null stay away.
    private static let shown = [
        "accountEnabled", "displayName", "userPrincipalName", "givenName", "surname", "jobTitle",
        "department", "companyName", "mail", "usageLocation", "preferredLanguage",
        "employeeHireDate", "employeeLeaveDateTime", "onPremisesSyncEnabled",
        "onPremisesExtensionAttributes",
        "deletedDateTime",
    ]

    /// Users by their identifiers' numbers, the deleted ones included.
    private func users() throws -> JSONObject {
        let (all, managers) = try tenant.read { database in
            let bodies = try database.connection.rows(
                "SELECT body FROM users ORDER BY sequence", []
            ) { (row) throws(StorageError) in row.text(0) ?? "" }
            return (
                try bodies.compactMap { try JSONValue(parsing: $0).object },
                try database.export.links(.manager)
            )
        }
        var numbers: [String: String] = [:]
        for user in all {
            guard let id = user["id"]?.string, let number = user["employeeId"]?.string else {
                continue
            }
            numbers[id] = number
            identifiers[number] = id
        }
        var shown: [(String, JSONValue)] = []
        for user in all {
            guard let id = user["id"]?.string, let number = numbers[id] else { continue }
            var short = JSONObject()
            for name in Self.shown {
                guard let value = user[name], !value.isNull else { continue }
                short[name] = name == "userPrincipalName" ? Self.name(value, id) : value
            }
            for name in user.names where name.hasPrefix("extension_") { short[name] = user[name] }
            short["manager"] = managers.first { $0.source == id }.map {
                .string(numbers[$0.target] ?? "somebody")
            }
            shown.append((number, .object(short)))
        }
        return JSONObject(shown.sorted { $0.0 < $1.0 })
    }

    /// A deleted user's name without the identifier in front.
    private static func name(_ value: JSONValue, _ id: String) -> JSONValue {
        let prefix = id.replacingOccurrences(of: "-", with: "")
        guard let text = value.string, text.hasPrefix(prefix) else { return value }
        return .string("{id}" + text.dropFirst(prefix.count))
    }

    /// Groups by name, with the numbers of their members.
    private func groups() throws -> JSONObject {
        let (all, members) = try tenant.read { database in
            (try database.export.objects(of: .groups), try database.export.links(.member))
        }
        let numbers = Dictionary(identifiers.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })
        return JSONObject(
            all.map { group in
                let id = group["id"]?.string
                let names = members.filter { $0.source == id }.map { numbers[$0.target] ?? "?" }
                return (
                    group["displayName"]?.string ?? "",
                    .array(names.sorted().map(JSONValue.string))
                )
            }.sorted { $0.0 < $1.0 })
    }

    /// Names and states of the accounts of the application that the chain ends in.
    private func accounts() -> [JSONValue] {
        let address = "/_emulator/directories/scim/User"
        let answer = world.send("GET", address)
        return (answer.member("value").array ?? []).map { account in
            let attributes = account.object?["attributes"]?.object
            return [
                "userName": attributes?["userName"] ?? .null,
                "active": attributes?["active"] ?? .null,
            ]
        }
    }
}
