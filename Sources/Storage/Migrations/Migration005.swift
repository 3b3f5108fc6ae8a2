// What testers plan: fault rules.

enum Migration005 {
    static let sql: SQL = """
        PRAGMA user_version = 5;
        """
}
