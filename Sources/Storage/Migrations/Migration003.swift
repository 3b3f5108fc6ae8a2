// What cycles remember and tell: connections, escrows, provisioning logs.

enum Migration003 {
    static let sql: SQL = """
        PRAGMA user_version = 3;
        """
}
