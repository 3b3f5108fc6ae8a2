// What is due when, in order.

import Model
import Testing

@testable import Storage

struct AgendaTableTests {
    private let world: TestDatabase
    private var agenda: AgendaTable { world.database.agenda }

    init() throws { world = try TestDatabase() }

    private func plan(_ subject: String, at ticks: Int64) throws {
        try agenda.plan(
            AgendaItem(due: Timestamp(ticks: ticks), kind: .cycle, subject: subject))
    }

    /// The subjects in the order in which they come up.
    private func run() throws -> [String] {
        var subjects: [String] = []
        while let item = try agenda.next() {
            subjects.append(item.subject)
            try agenda.cancel(item.kind, item.subject)
        }
        return subjects
    }

    @Test func anEmptyAgendaHasNothingNext() throws {
        #expect(try agenda.next() == nil)
        #expect(try agenda.due(.cycle, "a") == nil)
    }

    @Test func itemsComeUpInTheOrderOfTheirTime() throws {
        try plan("late", at: 3)
        try plan("early", at: 1)
        try plan("last", at: Timestamp.last.ticks)
        try plan("middle", at: 2)
        try plan("never", at: 0)
        #expect(try run() == ["never", "early", "middle", "late", "last"])
    }

    @Test func tiesComeUpInTheOrderMade() throws {
        for subject in ["c", "a", "d", "b"] { try plan(subject, at: 5) }
        #expect(try run() == ["c", "a", "d", "b"])
    }

    @Test func anItemThatMovesKeepsItsPlaceAmongTies() throws {
        for subject in ["a", "b", "c"] { try plan(subject, at: 5) }
        try plan("a", at: 9)
        #expect(try agenda.due(.cycle, "a") == Timestamp(ticks: 9))
        try plan("b", at: 9)
        try plan("c", at: 9)
        #expect(try run() == ["a", "b", "c"])
    }

    @Test func anItemMadeAnewComesAfterItsTies() throws {
        for subject in ["a", "b"] { try plan(subject, at: 5) }
        try agenda.cancel(.cycle, "a")
        try plan("a", at: 5)
        #expect(try run() == ["b", "a"])
    }

    @Test func anItemComesBackAsItWasPlanned() throws {
        let item = AgendaItem(due: .last, kind: .cycle, subject: "scim.'1'\u{0}")
        try agenda.plan(item)
        #expect(try agenda.next() == item)
        #expect(try agenda.due(.cycle, item.subject) == .last)
    }

    @Test func cancellingTakesOneItemOnly() throws {
        try plan("a", at: 1)
        try plan("b", at: 2)
        try agenda.cancel(.cycle, "a")
        try agenda.cancel(.cycle, "nothing")
        #expect(try run() == ["b"])
    }

    @Test func anItemOfAnUnknownKindIsUnreadable() throws {
        try world.database.connection.execute(
            "INSERT INTO agenda (due, kind, subject) VALUES (1, 'party', 'a')")
        #expect(throws: StorageError.unreadableRow(table: "agenda", key: "a")) {
            try agenda.next()
        }
    }
}
