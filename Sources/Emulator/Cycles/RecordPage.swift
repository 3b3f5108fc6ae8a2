// The log records of a page, written as JSON by another thread while the cycle goes on.

import Dispatch
import Locks
import Model
import Provisioning
import Storage

/// Collects the records of one transaction; their texts, which are most of the work, are made aside.
///
/// A class, because it owns what runs meanwhile. Not `Sendable`: it belongs to the thread of the cycle.
final class RecordPage {
    /// A record that has its identifiers, but no text yet.
    struct Entry: Sendable {
        let id: GUID
        let change: GUID
        let activity: Timestamp
        let record: ProvisioningRecord
        let writer: RecordWriter

        /// The record's row.
        var written: Written {
            let row = writer.row(of: record, id: id, change: change, activity: activity)
            return Written(row: row, writer: writer)
        }
    }

    /// A record that has its text, and what made that.
    struct Written: Sendable {
        let row: ProvisioningLogRow
        let writer: RecordWriter
    }

    /// Pieces of the page, by their number.
    private struct Work: Sendable {
        var waiting: [(number: Int, entries: [Entry])] = []
        var written: [Int: [Written]] = [:]
    }

    private var entries: [Entry] = []
    private var pieces = 0
    private let work = Guarded(Work())
    private let aside: Aside
    /// Pieces that other threads are at.
    private let begun = DispatchGroup()

    /// An empty page.
    init(_ aside: Aside) { self.aside = aside }

    /// Takes a record.
    func add(_ entry: Entry) {
        entries.append(entry)
        guard entries.count == Limits.recordsInPiece else { return }
        let piece = (pieces, entries)
        work.withLock { $0.waiting.append(piece) }
        entries = []
        entries.reserveCapacity(Limits.recordsInPiece)
        pieces += 1
        aside.run { [work, begun] in
            RecordPage.writePiece(of: work, begun)
        }
    }

    /// All rows in the order in which they were added, once the last of them is written.
    ///
    /// Waits for no piece that nobody has begun, as all other threads may be waiting for the lock that
    /// the caller holds: it writes those itself.
    func finish() -> [Written] {
        let rest = entries.map(\.written)
        entries = []
        while RecordPage.writePiece(of: work, begun) {}
        begun.wait()
        let written = work.withLock { $0.written }
        return (0..<pieces).flatMap { written[$0] ?? [] } + rest
    }

    /// Writes a piece that waits; false when there is none.
    @discardableResult
    private static func writePiece(of work: Guarded<Work>, _ begun: DispatchGroup) -> Bool {
        let piece = work.withLock { work in
            let next = work.waiting.popLast()
            if next != nil { begun.enter() }
            return next
        }
        guard let piece else { return false }
        let rows = piece.entries.map(\.written)
        work.withLock { $0.written[piece.number] = rows }
        begun.leave()
        return true
    }
}
