// The registry of suspended connections, without connections.

import Synchronization
import Testing

@testable import HTTP

struct DeferralsTests {
    @Test func resumesOnceWithTheFirstAnswer() throws {
        let deferrals = Deferrals()
        let resumed = Resumed()
        let ticket = try #require(park(in: deferrals, resumed))
        #expect(deferrals.isWaiting(ticket))
        deferrals.answer(ticket, with: HTTPResponse(status: 201))
        deferrals.answer(ticket, with: HTTPResponse(status: 202))
        #expect(resumed.times == 1)
        #expect(!deferrals.isWaiting(ticket))
        #expect(deferrals.takeAnswer(for: ticket)?.status == 201)
        #expect(deferrals.takeAnswer(for: ticket) == nil)
    }

    @Test func answersAllWhenItCloses() throws {
        let deferrals = Deferrals()
        let resumed = Resumed()
        let tickets = (0..<3).compactMap { index in
            deferrals.park(
                HTTPRequest(path: "/\(index)"), suspend: {}, resume: { resumed.note() })
        }
        deferrals.close { HTTPResponse(status: 503, body: Array($0.path.utf8)) }
        #expect(resumed.times == 3)
        for (index, ticket) in tickets.enumerated() {
            #expect(deferrals.takeAnswer(for: ticket)?.body == Array("/\(index)".utf8))
        }
    }

    @Test func suspendsNothingOnceClosed() {
        let deferrals = Deferrals()
        deferrals.close { _ in HTTPResponse() }
        var isSuspended = false
        let ticket = deferrals.park(HTTPRequest(), suspend: { isSuspended = true }, resume: {})
        #expect(ticket == nil)
        #expect(!isSuspended)
    }

    @Test func forgetsAConnectionThatIsGone() throws {
        let deferrals = Deferrals()
        let resumed = Resumed()
        let ticket = try #require(park(in: deferrals, resumed))
        deferrals.forget(ticket)
        deferrals.answer(ticket, with: HTTPResponse())
        #expect(resumed.times == 0)
    }

    @Test func takesLettingGoForAnAnswer() throws {
        let deferrals = Deferrals()
        let ticket = try #require(park(in: deferrals, Resumed()))
        do {
            _ = DeferredAnswer(ticket: ticket, deferrals: deferrals) { HTTPResponse(status: 500) }
        }
        #expect(deferrals.takeAnswer(for: ticket)?.status == 500)
    }

    private func park(in deferrals: Deferrals, _ resumed: Resumed) -> Deferrals.Ticket? {
        deferrals.park(HTTPRequest(), suspend: {}, resume: { resumed.note() })
    }
}

/// Counts how often a connection was resumed.
private final class Resumed: Sendable {
    private let count = Atomic<Int>(0)

    var times: Int { count.load(ordering: .relaxed) }

    func note() {
        count.add(1, ordering: .relaxed)
    }
}
