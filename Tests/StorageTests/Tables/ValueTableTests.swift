// Single values under a name.

import Testing

@testable import Storage

struct ValueTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    @Test func theLatestValueStands() throws {
        let values = world.database.values
        #expect(try values.load("clock") == nil)
        try values.save("clock", "one")
        try values.save("Clock", "other")
        try values.save("clock", "two")
        try values.save("empty", "")
        #expect(try values.load("clock") == "two")
        #expect(try values.load("Clock") == "other")
        #expect(try values.load("empty") == "")
        #expect(try values.load("") == nil)
    }
}
