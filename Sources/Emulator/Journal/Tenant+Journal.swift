// The journal of a tenant: what was asked of it, and what its jobs asked.

import HTTP
public import Model

/// What a reader of the journal got.
public struct JournalPage: Sendable {
    /// The exchanges that fit, oldest first.
    public let entries: [NumberedEntry]
    /// How many exchanges made room for later ones since the journal was last emptied.
    public let dropped: Int64
    /// The number that the next exchange will get.
    public let next: Int64
}

extension Tenant {
    /// Keeps an exchange in the journal; old ones make room.
    ///
    /// May be called within a command.
    public func record(_ entry: JournalEntry) {
        let sequence = journal.record(entry)
        guard events.hasSubscribers else { return }
        publish(
            TenantEvent(.request, at: entry.time) {
                entry.json(sequence: sequence, withBodies: false)
            })
    }

    /// The exchanges that a filter selects: the earliest so many that fit, oldest first.
    public func journal(_ filter: JournalFilter) -> JournalPage {
        let next = journal.next
        let (entries, dropped) = journal.entries()
        let fitting = entries.lazy.filter { filter.matches($0) }
        let chosen =
            filter.isLatestFirst
            ? Array(fitting.reversed().prefix(filter.limit).reversed())
            : Array(fitting.prefix(filter.limit))
        return JournalPage(entries: chosen, dropped: dropped, next: next)
    }

    /// Empties the journal.
    public func clearJournal() { journal.clear() }
}

/// Which exchanges are meant; what is nil fits all.
public struct JournalFilter: Sendable {
    /// Who asked whom.
    public var direction: JournalEntry.Direction?
    /// The request's method.
    public var method: String?
    /// The request's path, or the URL of an outbound request.
    public var path: PathPattern?
    /// The answer's status.
    public var status: Int?
    /// The job that asked.
    public var job: String?
    /// The fault rule that was applied.
    public var fault: String?
    /// Only exchanges of greater numbers.
    public var after: Int64?
    /// Only exchanges from this instant on.
    public var since: Timestamp?
    /// At most so many.
    public var limit = 100
    /// Whether the latest are chosen where there are more.
    public var isLatestFirst = true

    /// A filter that fits all.
    public init() {}

    /// Whether an exchange fits.
    public func matches(_ numbered: NumberedEntry) -> Bool {
        let entry = numbered.entry
        if let direction, entry.direction != direction { return false }
        if let method, entry.request.method != method { return false }
        if let status, entry.response?.status != status { return false }
        if let job, entry.jobID != job { return false }
        if let fault, entry.faultID != fault { return false }
        if let after, numbered.sequence <= after { return false }
        if let since, entry.time < since { return false }
        if let path { return entry.matches(path) }
        return true
    }
}

extension JournalEntry {
    /// Whether a pattern fits the path, or the whole URL when it begins like one.
    func matches(_ pattern: PathPattern) -> Bool {
        if pattern.text.contains("://") { return pattern.matches(url ?? "") }
        return pattern.matches(request.path)
    }
}
