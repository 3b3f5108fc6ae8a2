// Neighbours of the synchronization tree: what lists sort and filter by, deletions, extensions.

enum Migration002 {
    static let sql: SQL = """
        PRAGMA user_version = 2;
        """
}
