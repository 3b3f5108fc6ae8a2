// What goes wrong on demand, as the tester asked for it.

public import Model

/// A rule as a row holds it.
public struct StoredFaultRule: Sendable {
    /// The rule's identifier.
    public let id: String
    /// The rule as JSON.
    public let body: JSONValue
    /// How often it was met.
    public let hits: Int64
}

/// Rows of `fault_rules`, in the order in which they are tried.
public struct FaultRuleTable {
    let connection: Connection

    /// All rules.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list() throws(StorageError) -> [StoredFaultRule] {
        try connection.rows("SELECT id, body, hits FROM fault_rules ORDER BY sequence", []) {
            (row) throws(StorageError) in
            let id = row.text(0) ?? ""
            guard let body = row.text(1).flatMap({ try? JSONValue(parsing: $0) }) else {
                throw StorageError.unreadableRow(table: "fault_rules", key: id)
            }
            return StoredFaultRule(id: id, body: body, hits: row.integer(2))
        }
    }

    /// Adds a rule; one of the same identifier is replaced and begins anew.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(id: String, body: JSONValue) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO fault_rules (id, body) VALUES (?1, ?2)
            ON CONFLICT (id) DO UPDATE SET body = excluded.body, hits = 0
            """, .text(id), .text(body.text))
    }

    /// Notes how often a rule was met.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func saveHits(id: String, _ hits: Int64) throws(StorageError) {
        try connection.run(
            "UPDATE fault_rules SET hits = ?2 WHERE id = ?1", .text(id), .integer(hits))
    }

    /// Removes a rule; false when there is none of this identifier.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(id: String) throws(StorageError) -> Bool {
        try connection.run("DELETE FROM fault_rules WHERE id = ?1", .text(id))
        return connection.changedRows > 0
    }

    /// Removes all rules.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll() throws(StorageError) {
        try connection.run("DELETE FROM fault_rules")
    }
}
