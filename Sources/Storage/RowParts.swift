// Indexes in parts: rows are added to the last one, so that all others may be out of memory.

/// The parts of a table whose index begins with `sequence >> 14`, to be asked for all of them.
enum RowParts {
    static let ofConnections: SQL =
        "sequence >> 14 IN (" + (first + "connections" + next + "connections" + end) + ")"

    static let ofProvisioningLogs: SQL =
        "sequence >> 14 IN (" + (first + "provisioning_logs" + next + "provisioning_logs" + end)
        + ")"

    static let ofResources: SQL =
        "r.sequence >> 14 IN (" + (first + "scim_resources" + next + "scim_resources" + end) + ")"

    private static let first: SQL =
        "WITH RECURSIVE parts (part) AS (SELECT min(sequence) >> 14 FROM "
    private static let next: SQL =
        " UNION ALL SELECT part + 1 FROM parts WHERE part < (SELECT max(sequence) >> 14 FROM "
    private static let end: SQL = ")) SELECT part FROM parts"
}
