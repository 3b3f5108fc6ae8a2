// Rows that are added in numbers are all there, in their order, however many there are.

import Testing

@testable import Storage

struct InsertionTests {
    private static let insertion = Insertion("INSERT INTO things (name, number) VALUES ", width: 2)

    private func table() throws -> Connection {
        let connection = try Connection()
        try connection.execute("CREATE TABLE things (name TEXT UNIQUE, number INTEGER) STRICT")
        return connection
    }

    private func add(_ numbers: some Sequence<Int>, to connection: Connection) throws {
        try Self.insertion.run(numbers, in: connection) { (number, values) throws(StorageError) in
            values.append(.text("thing \(number)"))
            values.append(.integer(Int64(number)))
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 23]) func allRowsComeInOrder(_ count: Int) throws {
        let connection = try table()
        try add(0..<count, to: connection)
        let found = try connection.rows("SELECT name, number FROM things ORDER BY rowid", []) {
            (row) throws(StorageError) in (row.text(0) ?? "") + "=\(row.integer(1))"
        }
        #expect(found == (0..<count).map { "thing \($0)=\($0)" })
    }

    @Test(arguments: [[0, 0], [0, 1, 2, 3, 4, 5, 6, 0], Array(0..<8) + [3]])
    func aRefusalIsTold(_ numbers: [Int]) throws {
        let connection = try table()
        #expect(throws: StorageError.self) { try add(numbers, to: connection) }
    }
}
