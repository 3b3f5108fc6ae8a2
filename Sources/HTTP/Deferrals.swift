// The replies that are still to come, and the connections that wait for them.

import Locks
/// The registry of suspended connections: each is resumed exactly once, whoever comes first.
final class Deferrals: Sendable {
    /// Stands for one suspended connection.
    typealias Ticket = UInt64

    private struct Waiting: Sendable {
        let request: HTTPRequest
        let resume: @Sendable () -> Void
    }

    private struct State: Sendable {
        var lastTicket: Ticket = 0
        var isClosed = false
        var waiting: [Ticket: Waiting] = [:]
        var answers: [Ticket: HTTPResponse] = [:]
    }

    private let state = Guarded(State())

    /// Suspends a connection and registers it; nil, without suspending, once the registry is closed.
    ///
    /// Suspending and resuming happen under the lock: after `close` no connection can be suspended,
    /// and none is resumed later than its answer.
    func park(
        _ request: HTTPRequest, suspend: () -> Void, resume: @escaping @Sendable () -> Void
    ) -> Ticket? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            suspend()
            state.lastTicket += 1
            state.waiting[state.lastTicket] = Waiting(request: request, resume: resume)
            return state.lastTicket
        }
    }

    /// Whether the connection still waits.
    func isWaiting(_ ticket: Ticket) -> Bool {
        state.withLock { $0.waiting[ticket] != nil }
    }

    /// Leaves the answer and resumes the connection, unless that has happened before.
    func answer(_ ticket: Ticket, with response: HTTPResponse) {
        state.withLock { state in
            guard let waiting = state.waiting.removeValue(forKey: ticket) else { return }
            state.answers[ticket] = response
            waiting.resume()
        }
    }

    /// Takes the answer for a resumed connection, nil if it was resumed without one.
    func takeAnswer(for ticket: Ticket) -> HTTPResponse? {
        state.withLock { $0.answers.removeValue(forKey: ticket) }
    }

    /// Forgets a connection that is gone.
    func forget(_ ticket: Ticket) {
        state.withLock { state in
            state.waiting[ticket] = nil
            state.answers[ticket] = nil
        }
    }

    /// Lets no further connection be suspended and answers those that are.
    func close(answering refuse: (HTTPRequest) -> HTTPResponse) {
        let waiting = state.withLock { state in
            state.isClosed = true
            return state.waiting.mapValues(\.request)
        }
        // The words come from the handler, which must not be called under the lock.
        for (ticket, request) in waiting {
            answer(ticket, with: refuse(request))
        }
    }
}

/// The only way to answer a deferred reply; letting go of it unused is an answer, too.
final class DeferredAnswer: Sendable {
    private let ticket: Deferrals.Ticket
    private let deferrals: Deferrals
    private let unanswered: @Sendable () -> HTTPResponse

    init(
        ticket: Deferrals.Ticket, deferrals: Deferrals,
        unanswered: @escaping @Sendable () -> HTTPResponse
    ) {
        self.ticket = ticket
        self.deferrals = deferrals
        self.unanswered = unanswered
    }

    func give(_ response: HTTPResponse) {
        deferrals.answer(ticket, with: response)
    }

    deinit {
        if deferrals.isWaiting(ticket) {
            deferrals.answer(ticket, with: unanswered())
        }
    }
}
