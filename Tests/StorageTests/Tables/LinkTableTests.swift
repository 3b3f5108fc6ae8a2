// Links: written once.

import Model
import Testing

@testable import Storage

struct LinkTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    @Test func aLinkThatIsThereStays() throws {
        let links = world.database.links
        for _ in 0..<2 {
            try links.insert(from: Sample.id(1), .member, to: Sample.id(2))
            try links.insert(from: Sample.id(1), .manager, to: Sample.id(2))
            try links.insert(from: Sample.id(2), .member, to: Sample.id(1))
        }
        let rows = try world.rows(
            "SELECT source_id, name, target_id FROM links ORDER BY source_id, name", columns: 3)
        let one = Sample.id(1).description
        let two = Sample.id(2).description
        #expect(rows == [[one, "manager", two], [one, "member", two], [two, "member", one]])
    }
}
