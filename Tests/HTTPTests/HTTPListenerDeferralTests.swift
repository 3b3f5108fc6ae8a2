// Answers that come later, while the connection is suspended.

import Dispatch
import Foundation
import HTTP
import Testing

struct HTTPListenerDeferralTests {
    typealias Answer = @Sendable (HTTPResponse) -> Void

    @Test func takesAnAnswerFromAnotherThreadWhileOthersAreServed() async throws {
        let parked = Handover<Answer>()
        let handler = ClosureHandler { request in
            guard request.path == "/later" else { return .now(HTTPResponse(body: [0x6E])) }
            return .later { parked.put($0) }
        }
        let options = HTTPListenerOptions(workerThreads: 1)
        let bodies = try await withListener(options: options, handler: handler) { port in
            let waiting = try RawClient(port: port)
            try waiting.send(head("GET /later") + head("GET /next"))
            let answer = try #require(parked.take())
            // With a single worker thread this is only served if that thread does not wait.
            let other = try RawClient(port: port).exchange(head("GET /")).body
            answer(HTTPResponse(body: [0x6C]))
            return [other, try waiting.receive().body, try waiting.receive().body]
        }
        #expect(bodies == ["n", "l", "n"])
    }

    @Test func takesAnAnswerGivenBeforeTheHandlerReturns() async throws {
        let handler = ClosureHandler { request in
            .later { $0(HTTPResponse(body: Array(request.path.utf8))) }
        }
        let bodies = try await withListener(handler: handler) { port in
            let client = try RawClient(port: port)
            return try (0..<100).map { try client.exchange(head("GET /\($0)")).body }
        }
        #expect(bodies == (0..<100).map { "/\($0)" })
    }

    @Test func takesManyAnswersFromManyThreads() async throws {
        let handler = ClosureHandler { request in
            .later { answer in
                Thread.detachNewThread { answer(HTTPResponse(body: request.body)) }
            }
        }
        let listener = try HTTPListener(handler: handler)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for client in 0..<16 {
                group.addTask {
                    try await onThread {
                        let connection = try RawClient(port: listener.port)
                        return try (0..<50).allSatisfy { round in
                            let body = "\(client).\(round)"
                            let length = "Content-Length: \(body.utf8.count)"
                            return try connection.exchange(head("PUT /", length) + body).body
                                == body
                        }
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        try await onThread { listener.stop(graceSeconds: 10) }
    }

    @Test func countsOnlyTheFirstAnswer() async throws {
        let handler = ClosureHandler { _ in
            .later { answer in
                DispatchQueue.concurrentPerform(iterations: 8) { index in
                    answer(HTTPResponse(status: 200 + index))
                }
                answer(HTTPResponse(status: 500))
            }
        }
        let statuses = try await withListener(handler: handler) { port in
            let client = try RawClient(port: port)
            return try (0..<50).map { _ in try client.exchange(head("GET /")).status }
        }
        #expect(statuses.count == 50)
        #expect(statuses.allSatisfy { (200...207).contains($0) })
    }

    @Test func answersForAHandlerThatForgetsTo() async throws {
        let handler = ClosureHandler { _ in .later { _ in } }
        let response = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /"))
        }
        #expect(response.status == 500)
        #expect(response.body == "refused: unanswered")
    }

    @Test func survivesAClientThatLeaves() async throws {
        let parked = Handover<Answer>()
        let handler = ClosureHandler { request in
            guard request.path == "/later" else { return .now(HTTPResponse()) }
            return .later { parked.put($0) }
        }
        let status = try await withListener(handler: handler) { port in
            for _ in 0..<20 {
                let leaving = try RawClient(port: port)
                try leaving.send(head("GET /later"))
                let answer = try #require(parked.take())
                leaving.disconnect()
                answer(HTTPResponse(body: [UInt8](repeating: 0x78, count: 100_000)))
            }
            return try RawClient(port: port).exchange(head("GET /")).status
        }
        #expect(status == 200)
    }

    @Test func isNotTimedOutWhileItWaits() async throws {
        let handler = ClosureHandler { _ in
            .later { answer in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(2500)) {
                    answer(HTTPResponse())
                }
            }
        }
        let options = HTTPListenerOptions(idleTimeoutSeconds: 1)
        let status = try await withListener(options: options, handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /")).status
        }
        #expect(status == 200)
    }
}
