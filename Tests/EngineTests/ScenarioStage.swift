// What the emulators have in common that scenarios are played in.

import HTTP
import Model
import Support
import Testing

@testable import Emulator
@testable import Storage

/// A world with one job that the steps of a scenario drive.
protocol ScenarioStage: AnyObject {
    var world: TestWorld { get }
    var tenant: Tenant { get }
    /// Identifiers by the names that steps have for them.
    var identifiers: [String: String] { get }
    /// The path of the job.
    var jobPath: String { get throws }

    /// Carries out an order that only this kind of scenario has.
    ///
    /// - Throws: what the store throws; `ScenarioFault` for an order that means nothing.
    func carryOut(
        _ order: String, _ value: JSONValue, _ step: JSONObject, _ place: String) throws

    /// Everything since the last time.
    func observation() throws -> JSONObject
}

extension ScenarioStage {
    /// Does what a step orders.
    ///
    /// - Throws: what the store throws; `ScenarioFault` for an order that means nothing.
    func carryOut(_ step: JSONObject, _ place: String) throws {
        for member in step.members where member.name != "expect" && member.name != "note" {
            let value = resolved(member.value)
            if try carryOutCommon(member.name, value, place) { continue }
            try carryOut(member.name, value, step, place)
        }
    }

    /// Carries out an order that all scenarios have; false for another one.
    private func carryOutCommon(
        _ order: String, _ value: JSONValue, _ place: String
    ) throws -> Bool {
        switch order {
        case "start", "pause":
            expect(world.send("POST", "\(try jobPath)/\(order)"), 204, place)
        case "restart":
            let body: JSONValue = ["criteria": ["resetScope": value]]
            expect(world.send("POST", try jobPath + "/restart", body), 204, place)
        case "advance":
            expect(world.send("POST", "/_emulator/clock", ["advance": value]), 200, place)
        case "advanceTo":
            expect(world.send("POST", "/_emulator/clock", ["now": value]), 200, place)
        case "secrets":
            let pairs = (value.object?.members ?? []).map { member -> JSONValue in
                ["key": .string(member.name), "value": member.value]
            }
            let synchronization = try jobPath.split(separator: "/").dropLast(2)
            let path = "/" + synchronization.joined(separator: "/") + "/secrets"
            expect(world.send("PUT", path, ["value": .array(pairs)]), 204, place)
        case "schema":
            // Edits: `[{"mapping":"User","set":{…},"attributes":[…],"remove":[…],"definitions":{…}}]`.
            let path = try jobPath + "/schema"
            var editor = SchemaEditor(world.send("GET", path).json)
            for edit in value.array ?? [] { editor.apply(edit) }
            expect(world.send("PUT", path, editor.schema), 204, place)
        default: return false
        }
        return true
    }

    /// Expects a status.
    func expect(_ response: HTTPResponse, _ status: Int, _ place: String) {
        #expect(response.status == status, "\(place): \(response.json.text)")
    }

    /// A value with `{name}` replaced by what it names.
    func resolved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(var text):
            guard text.contains("{") else { return value }
            for (name, id) in identifiers { text = text.replacing("{\(name)}", with: id) }
            return .string(text)
        case .array(let elements): return .array(elements.map(resolved))
        case .object(let members):
            return .object(JSONObject(members.members.map { ($0.name, resolved($0.value)) }))
        default: return value
        }
    }

    /// Records of the log after one, and the last one's place.
    func records(after sequence: Int64) throws -> ([JSONObject], Int64) {
        try tenant.read { database in
            let rows = try database.connection.rows(
                """
                SELECT sequence, body FROM provisioning_records WHERE sequence > ?1 ORDER BY sequence
                """,
                [.integer(sequence)]
            ) { (row) throws(StorageError) in (row.integer(0), row.text(1) ?? "") }
            let bodies = try rows.compactMap { try JSONValue(parsing: $0.1).object }
            return (bodies, rows.last?.0 ?? sequence)
        }
    }
}

/// An order that means nothing.
struct ScenarioFault: Error {
    let text: String
}
