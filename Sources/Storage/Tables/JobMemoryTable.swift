// What a job remembers beside its state: orders for its next cycle.

public import Model

/// Rows of `job_memories`.
public struct JobMemoryTable {
    let connection: Connection

    /// What a job remembers; empty when that is nothing.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(job: String) throws(StorageError) -> JSONObject {
        let text = try connection.first(
            "SELECT body FROM job_memories WHERE job_id = ?1", .text(job)
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
        guard let text else { return JSONObject() }
        guard let json = try? JSONValue(parsing: text).object else {
            throw StorageError.unreadableRow(table: "job_memories", key: job)
        }
        return json
    }

    /// Replaces what a job remembers.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(job: String, _ memory: JSONObject) throws(StorageError) {
        try connection.run(
            "INSERT OR REPLACE INTO job_memories (job_id, body) VALUES (?1, ?2)", .text(job),
            .text(JSONValue.object(memory).text))
    }

    /// Forgets everything of a job.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(job: String) throws(StorageError) {
        try connection.run("DELETE FROM job_memories WHERE job_id = ?1", .text(job))
    }
}
