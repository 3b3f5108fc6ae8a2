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
        let row: ProvisioningLogRow
        let record: ProvisioningRecord
        let writer: RecordWriter

        /// The row with the record's text.
        var written: ProvisioningLogRow {
            var row = row
            row.body = writer.bytes(of: record, id: row.id, change: row.change)
            return row
        }
    }

    private var entries: [Entry] = []
    private var pieces = 0
    private let written = Guarded<[Int: [ProvisioningLogRow]]>([:])
    private let group = DispatchGroup()

    /// Takes a record.
    func add(_ entry: Entry) {
        entries.append(entry)
        if entries.count == Limits.recordsInPiece { hand() }
    }

    /// All rows in the order in which they were added, once the last of them is written.
    func finish() -> [ProvisioningLogRow] {
        let rest = entries.map(\.written)
        entries = []
        group.wait()
        return written.withLock { written in
            (0..<pieces).flatMap { written[$0] ?? [] } + rest
        }
    }

    private func hand() {
        let piece = entries
        let number = pieces
        entries = []
        entries.reserveCapacity(Limits.recordsInPiece)
        pieces += 1
        DispatchQueue.global(qos: .userInitiated).async(group: group) { [written] in
            let rows = piece.map(\.written)
            written.withLock { $0[number] = rows }
        }
    }
}
