// Links as the table finds them.

import Model
import Testing

@testable import Storage

struct ObjectConnectionTableTests {
    private func link(_ type: String, _ source: String, to target: String) -> ObjectConnectionRow {
        ObjectConnectionRow(
            objectType: type, sourceAnchor: source, targetType: "urn:" + type, targetAnchor: target,
            displayName: source, isManaged: true, knowsReferences: true, exported: "{}")
    }

    /// Targets that count their users and groups each from 1 have a user 1 and a group 1.
    @Test func identifiersOfATargetAreItsTypesOwn() throws {
        let table = try TestDatabase().database.connections
        try table.save(link("User", "ada", to: "1"), job: "a")
        func isLinked(_ type: String, _ source: String, job: String = "a") throws -> Bool {
            try table.isLinked(
                job: job, targetType: "urn:" + type, targetAnchor: "1", elsewhereThan: source)
        }
        #expect(try !isLinked("Group", "sales"))
        #expect(try isLinked("User", "bob"))
        #expect(try !isLinked("User", "ada"))
        #expect(try !isLinked("User", "bob", job: "b"))

        try table.save(link("Group", "sales", to: "1"), job: "a")
        try table.release(job: "a", targetType: "urn:User", targetAnchor: "1", keeping: "bob")
        #expect(try !isLinked("User", "bob"))
        #expect(try isLinked("Group", "staff"))
    }
}
