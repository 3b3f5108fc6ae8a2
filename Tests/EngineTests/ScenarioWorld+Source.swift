// Orders that change the source.

import HTTP
import Model
import Support

@testable import Emulator
@testable import Storage

extension ScenarioWorld {
    /// Changes the tenant's directory.
    ///
    /// - Throws: `ScenarioFault` for an order that means nothing; `StorageError`.
    func changeSource(_ order: String, _ value: JSONValue, _ step: JSONObject) throws {
        let id = identifiers[value.string ?? ""] ?? value.string ?? ""
        switch order {
        case "change": try change(id, step["set"]?.object ?? JSONObject())
        case "set", "to", "from", "of", "role": break
        case "add":
            try add(value)
            learnNames(of: value)
        case "softDelete": try run("UPDATE users SET deleted = 1 WHERE id = ?1", id)
        case "softDeleteGroup": try run("UPDATE groups SET deleted = 1 WHERE id = ?1", id)
        case "restore": try run("UPDATE users SET deleted = NULL WHERE id = ?1", id)
        case "hardDelete": try run("DELETE FROM users WHERE id = ?1", id)
        case "hardDeleteGroup": try run("DELETE FROM groups WHERE id = ?1", id)
        case "assign":
            let role = step["role"]?.string ?? "5c1a0000-0000-4000-8000-0000000000f1"
            try add([
                "assignments": [
                    [
                        "principalId": .string(id), "resourceId": .string(Self.servicePrincipal),
                        "appRoleId": .string(role),
                    ]
                ]
            ])
        case "unassign":
            try run("DELETE FROM app_role_assignments WHERE principal_id = ?1", id)
        case "addMember": try link(id, "member", to: step["to"])
        case "removeMember": try unlink(id, "member", of: step["from"])
        case "manager": try link(id, "manager", to: step["of"])
        case "removeManager":
            try run("DELETE FROM links WHERE source_id = ?1 AND name = 'manager'", id)
        default: throw ScenarioFault(text: "unknown order '\(order)'")
        }
    }

    private func run(_ sql: SQL, _ values: String...) throws {
        try tenant.write { transaction in
            try transaction.database.connection.run(sql, values.map(SQLValue.text))
        }
    }

    /// Adds what a seed document has.
    private func add(_ document: JSONValue) throws {
        let answer = world.send("POST", "/_emulator/seed", document)
        guard answer.status == 200 else { throw ScenarioFault(text: answer.json.text) }
    }

    private func link(
        _ id: String, _ name: String, to other: JSONValue?
    ) throws {
        let source = identifiers[other?.string ?? ""] ?? ""
        try run(
            "INSERT INTO links (source_id, name, target_id) VALUES (?1, ?2, ?3)", source, name, id)
    }

    private func unlink(_ id: String, _ name: String, of other: JSONValue?) throws {
        let source = identifiers[other?.string ?? ""] ?? ""
        try run(
            "DELETE FROM links WHERE source_id = ?1 AND name = ?2 AND target_id = ?3", source,
            name, id)
    }

    /// Sets members of a user or group; null removes one.
    private func change(_ id: String, _ set: JSONObject) throws {
        try tenant.write { transaction in
            let connection = transaction.database.connection
            for table: SQL in ["users", "groups"] {
                let text = try connection.first(
                    "SELECT body FROM " + table + " WHERE id = ?1", .text(id)
                ) { (row) throws(StorageError) in row.text(0) ?? "" }
                guard let text, var body = try JSONValue(parsing: text).object else { continue }
                for member in set.members {
                    body[member.name] = member.value.isNull ? nil : member.value
                }
                try connection.run(
                    "UPDATE " + table + " SET body = ?2, display_name = ?3 WHERE id = ?1",
                    .text(id), .text(JSONValue.object(body).text),
                    .optional(body["displayName"]?.string?.lowercased()))
                try connection.run(
                    "UPDATE users SET account_enabled = ?2 WHERE id = ?1 AND account_enabled <> ?2",
                    .text(id), .integer(body["accountEnabled"]?.bool == false ? 0 : 1))
            }
        }
    }
}
