// What a seed says of a resource's past.

extension SCIMResourceTable {
    /// Gives a resource the times and the count of changes that it had elsewhere.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func date(
        _ row: SCIMResourceRow, created: String, modified: String, version: Int64
    ) throws(StorageError) {
        try connection.run(
            """
            UPDATE scim_resources SET created = ?2, modified = ?3, version = ?4
            WHERE sequence = ?1
            """, .integer(row.sequence), .text(created), .text(modified), .integer(version))
    }
}
