// Secrets: written over, taken away, in order.

import Model
import Testing

@testable import Storage

struct SecretTableTests {
    private let world: TestDatabase
    private let owner = Sample.id(1)
    private let other = Sample.id(2)

    init() throws { world = try TestDatabase() }

    private func save(_ pairs: [(String, String)], of owner: GUID) throws {
        try world.database.secrets.save(
            pairs.map { SynchronizationSecret(key: $0.0, value: $0.1) }, of: owner)
    }

    private func list(_ owner: GUID) throws -> [String] {
        try world.database.secrets.list(of: owner).map { "\($0.key)=\($0.value)" }
    }

    @Test func secretsComeBackInTheOrderWritten() throws {
        try save([("SecretToken", "a\u{0}'\"\u{1F600}"), ("BaseAddress", "http://x")], of: owner)
        try save([("SyncAll", "false")], of: owner)
        #expect(
            try list(owner) == [
                "SecretToken=a\u{0}'\"\u{1F600}", "BaseAddress=http://x", "SyncAll=false",
            ])
        #expect(try list(other).isEmpty)
    }

    @Test func aKeyWrittenAgainMovesToTheEnd() throws {
        try save([("A", "1"), ("B", "2"), ("C", "3")], of: owner)
        try save([("A", "4")], of: owner)
        #expect(try list(owner) == ["B=2", "C=3", "A=4"])
    }

    @Test func anEmptyValueRemovesItsKey() throws {
        try save([("A", "1"), ("B", "2")], of: owner)
        try save([("A", ""), ("C", "")], of: owner)
        #expect(try list(owner) == ["B=2"])
        try save([("B", "")], of: owner)
        #expect(try list(owner).isEmpty)
    }

    @Test func theLastOfTwoStands() throws {
        try save([("A", "1"), ("A", "2")], of: owner)
        #expect(try list(owner) == ["A=2"])
        try save([("A", "3"), ("A", "")], of: owner)
        #expect(try list(owner).isEmpty)
    }

    @Test func ownersDoNotShare() throws {
        try save([("A", "1")], of: owner)
        try save([("A", "2")], of: other)
        try save([("A", "")], of: owner)
        #expect(try list(owner).isEmpty)
        #expect(try list(other) == ["A=2"])
    }
}
