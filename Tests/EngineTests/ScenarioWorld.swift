// The emulator that a scenario runs in, and the orders that its steps give.

import Foundation
import HTTP
import Model
import Provisioning
import Storage
import Support
import Testing

@testable import Emulator

/// A world with the scenario's seed, its names for objects, and what it has seen already.
///
/// A class, because the names of what the target made become known on the way.
final class ScenarioWorld: ScenarioStage {
    /// The application that all scenarios provision to (`Shared/application.json`).
    static let servicePrincipal = "5c1a0000-0000-4000-8000-000000000001"
    /// The token that the shared seed gives its job.
    private static let token = "scenario-token"
    /// The rule that all jobs of SCIM applications have.
    private static let rule = "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8"
    private static let objectMembers = ["users", "groups"]

    let world: TestWorld
    let tenant: Tenant
    private let synchronization = "/v1.0/servicePrincipals/\(servicePrincipal)/synchronization"
    private var job: String
    /// Identifiers by the names that steps have for them: `ada`, `ada.target`.
    private(set) var identifiers: [String: String] = [:]
    private var lastRecord: Int64 = 0

    init(_ scenario: Scenario) throws {
        let shared = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        var outbound = OutboundOptions()
        outbound.timeoutMilliseconds = scenario.patience ?? outbound.timeoutMilliseconds
        world = try TestWorld(
            seeds: [
                Seed(name: "shared", document: shared),
                Seed(name: scenario.name, document: scenario.seed),
            ],
            runner: ProvisioningCycleRunner(
                quarantineRule: QuarantineRule(scenario.thresholds ?? JSONObject())),
            outbound: outbound)
        tenant = try world.tenant()
        let jobs = world.send("GET", synchronization + "/jobs")
        job = jobs.member("value", 0, "id").string ?? ""
        identifiers = ["sp": Self.servicePrincipal, "job": job]
        learnNames(of: scenario.seed)
    }

    /// Takes the names of a seed's users and groups.
    func learnNames(of seed: JSONValue) {
        for list in Self.objectMembers {
            for element in seed.object?[list]?.array ?? [] { name(element) }
        }
    }

    private func name(_ element: JSONValue) {
        guard let members = element.object, let id = members["id"]?.string else { return }
        let name = members["userPrincipalName"]?.string ?? members["mailNickname"]?.string ?? ""
        identifiers[Self.shortName(name)] = id
    }

    static func shortName(_ name: String) -> String {
        (name.split(separator: "@").first.map(String.init) ?? name).lowercased()
    }

    var jobPath: String { synchronization + "/jobs/" + job }

    func carryOut(
        _ order: String, _ value: JSONValue, _ step: JSONObject, _ place: String
    ) throws {
        switch order {
        case "quarantine":
            let path = "/_emulator/jobs/\(job)/quarantine"
            expect(world.send("POST", path, ["reason": value]), 204, place)
        case "replaceJob":
            expect(world.send("DELETE", jobPath), 204, place)
            let made = world.send("POST", synchronization + "/jobs", ["templateId": value])
            expect(made, 201, place)
            job = made.member("id").string ?? ""
        case "onDemand":
            let type = step["type"]?.string ?? "User"
            let subject: JSONValue = [
                "objectId": .string(identifiers[value.string ?? ""] ?? ""),
                "objectTypeName": .string(type),
            ]
            let body: JSONValue = [
                "parameters": [["ruleId": .string(Self.rule), "subjects": [subject]]]
            ]
            expect(world.send("POST", jobPath + "/provisionOnDemand", body), 200, place)
        case "behaviours":
            let path = "/_emulator/targets/\(Self.servicePrincipal)/behaviours"
            expect(world.send("PUT", path, ["behaviours": value]), 200, place)
        case "fault": expect(world.send("POST", "/_emulator/faults", value), 201, place)
        case "endFaults": expect(world.send("DELETE", "/_emulator/faults"), 204, place)
        case "target": sendToTarget(value, step["body"].map(resolved), place)
        case "body", "type": break
        default: try changeSource(order, value, step)
        }
    }

    /// A call of somebody else's to the target: `"DELETE /Users/{ada.target}"`.
    private func sendToTarget(_ value: JSONValue, _ body: JSONValue?, _ place: String) {
        let parts = (value.string ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        let path = "/scim/\(Self.servicePrincipal)" + (parts.last ?? "")
        let answer = world.send(
            HTTPRequest(
                method: parts.first ?? "", path: path,
                fields: [
                    HTTPField("Authorization", "Bearer " + Self.token),
                    HTTPField("Content-Type", "application/scim+json"),
                ], body: body?.bytes ?? []))
        #expect((200...299).contains(answer.status), "\(place): \(answer.json.text)")
        if parts.first == "POST" { learn(answer.json) }
    }

    // MARK: Names

    /// A value with identifiers replaced by their names.
    private func named(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(var text):
            for (name, id) in identifiers where text.contains(id) {
                text = text.replacingOccurrences(of: id, with: "{\(name)}")
            }
            let random = try? Regex(
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
            if let random { text = text.replacing(random, with: "{guid}") }
            return .string(text)
        case .array(let elements): return .array(elements.map(named))
        case .object(let members):
            return .object(JSONObject(members.members.map { ($0.name, named($0.value)) }))
        default: return value
        }
    }

    /// Takes the name of a resource that the target made from what it is called.
    private func learn(_ resource: JSONValue) {
        guard let members = resource.object, let id = members["id"]?.string else { return }
        let name = members["userName"]?.string ?? members["displayName"]?.string ?? ""
        var short = Self.shortName(name) + ".target"
        while let known = identifiers[short], known != id { short += "+" }
        identifiers[short] = id
    }

    // MARK: Seeing

    /// Everything since the last time.
    func observation() throws -> JSONObject {
        let journal = world.send(
            "GET", "/_emulator/requests?direction=outbound&after=0&limit=2000")
        let entries = journal.json.object?["value"]?.array ?? []
        for entry in entries where entry.object?["method"] == "POST" {
            guard entry.object?["status"] == 201 else { continue }
            learn(entry.object?["response"]?.object?["body"] ?? .null)
        }
        world.send("DELETE", "/_emulator/requests")
        let base = "/scim/" + Self.servicePrincipal
        let requests = entries.map { named(Observation.request($0, below: base)) }
        let job = world.send("GET", jobPath)
        let (records, last) = try records(after: lastRecord)
        lastRecord = last
        return JSONObject([
            ("requests", .array(requests)),
            ("log", .array(records.map { named(Observation.record($0)) })),
            ("texts", .array(records.map { named(Observation.texts($0)) })),
            ("job", Observation.job(job.json)),
        ])
    }
}

extension QuarantineRule {
    /// The service's thresholds, but for those that a scenario names.
    fileprivate init(_ thresholds: JSONObject) {
        self.init()
        proportionMinimum = thresholds["proportionMinimum"]?.integer ?? proportionMinimum
        baseLimit = thresholds["base"]?.integer ?? baseLimit
        totalLimit = thresholds["total"]?.integer ?? totalLimit
    }
}
