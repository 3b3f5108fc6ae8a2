// What is due when, in order.

public import Model

/// Something that happens at an instant of virtual time.
public struct AgendaItem: Sendable, Equatable {
    /// What happens.
    public enum Kind: String, Sendable {
        /// The job's next cycle.
        case cycle
        /// A deleted object's end, thirty days after its deletion.
        case purge
        /// A date on which a worker's state changes.
        case effectiveDate
    }

    /// When it is due.
    public let due: Timestamp
    /// What happens.
    public let kind: Kind
    /// To what: a job's id, that of a deleted object, or a worker's behind its owner's.
    public let subject: String

    /// Makes an item.
    public init(due: Timestamp, kind: Kind, subject: String) {
        self.due = due
        self.kind = kind
        self.subject = subject
    }
}

/// Rows of `agenda`: items run in the order of their time, ties in the order they were made.
public struct AgendaTable {
    let connection: Connection

    /// The next item; nil when nothing is planned.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func next() throws(StorageError) -> AgendaItem? {
        try connection.first(
            "SELECT due, kind, subject FROM agenda ORDER BY due, sequence LIMIT 1"
        ) { (row) throws(StorageError) in
            let subject = row.text(2) ?? ""
            guard let kind = row.text(1).flatMap(AgendaItem.Kind.init(rawValue:)) else {
                throw StorageError.unreadableRow(table: "agenda", key: subject)
            }
            return AgendaItem(due: Timestamp(ticks: row.integer(0)), kind: kind, subject: subject)
        }
    }

    /// When something is due; nil when it is not planned.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func due(_ kind: AgendaItem.Kind, _ subject: String) throws(StorageError) -> Timestamp? {
        try connection.first(
            "SELECT due FROM agenda WHERE kind = ?1 AND subject = ?2", .text(kind.rawValue),
            .text(subject)
        ) { (row) throws(StorageError) in Timestamp(ticks: row.integer(0)) }
    }

    /// Plans an item; one of the same kind and subject moves.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func plan(_ item: AgendaItem) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO agenda (due, kind, subject) VALUES (?1, ?2, ?3)
            ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due
            """,
            .integer(item.due.ticks), .text(item.kind.rawValue), .text(item.subject))
    }

    /// Takes an item off the agenda.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func cancel(_ kind: AgendaItem.Kind, _ subject: String) throws(StorageError) {
        try connection.run(
            "DELETE FROM agenda WHERE kind = ?1 AND subject = ?2", .text(kind.rawValue),
            .text(subject))
    }
}
