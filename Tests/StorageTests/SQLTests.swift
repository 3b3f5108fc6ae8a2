// Statement text that is made of literals only.

import Storage
import Testing

struct SQLTests {
    @Test func joinsPieces() {
        let sql: SQL = "SELECT a FROM t " + "WHERE b = ?"
        #expect(sql.text == "SELECT a FROM t WHERE b = ?")
        #expect(sql == "SELECT a FROM t WHERE b = ?")
        #expect(Set([sql, "SELECT a FROM t WHERE b = ?", "SELECT 1"]).count == 2)
    }
}
