// Starting and stopping, and what becomes of the requests under way.

import Dispatch
import Foundation
import Glibc
import HTTP
import Testing

struct HTTPListenerStopTests {
    @Test func choosesAPortAndRefusesOneInUse() async throws {
        let first = try HTTPListener(handler: EchoHandler())
        #expect(first.port != 0)
        let taken = HTTPListenerOptions(port: first.port)
        #expect(throws: HTTPListenerError.portInUse(host: "127.0.0.1", port: first.port)) {
            try HTTPListener(options: taken, handler: EchoHandler())
        }
        try await onThread { first.stop(graceSeconds: 1) }
        let second = try HTTPListener(options: taken, handler: EchoHandler())
        #expect(second.port == first.port)
        try await onThread { second.stop(graceSeconds: 1) }
    }

    @Test(arguments: ["nowhere", "1.2.3", "203.0.113.7", "", "::g"])
    func refusesAHostThatIsNoAddressOfThisMachine(host: String) {
        #expect(throws: HTTPListenerError.badAddress(host: host)) {
            try HTTPListener(
                options: HTTPListenerOptions(host: host), handler: EchoHandler())
        }
    }

    @Test func takesLocalhostForTheIPv4Loopback() async throws {
        let body = try await withListener(options: HTTPListenerOptions(host: "localhost")) {
            try RawClient(port: $0).exchange(head("GET /")).body
        }
        #expect(body == "GET / ")
    }

    @Test func finishesARequestInFlight() async throws {
        let started = Handover<Void>()
        let mayFinish = Handover<Void>()
        let handler = ClosureHandler { _ in
            started.put(())
            _ = mayFinish.take()
            return .now(HTTPResponse(body: Array("finished".utf8)))
        }
        let listener = try HTTPListener(handler: handler)
        let response = try await onThread {
            let client = try RawClient(port: listener.port)
            try client.send(head("GET /"))
            _ = started.take()
            let hasStopped = Handover<Void>()
            Thread.detachNewThread {
                listener.stop(graceSeconds: 30)
                hasStopped.put(())
            }
            waitUntilRefused(port: listener.port)
            #expect(listener.inFlight == 1)
            mayFinish.put(())
            let response = try client.receive()
            #expect(client.isAtEnd())
            #expect(hasStopped.take() != nil)
            return response
        }
        #expect(response.body == "finished")
        #expect(response.value(of: "connection") == "close")
        #expect(listener.inFlight == 0)
    }

    @Test func answersSuspendedRequestsWhenItStops() async throws {
        let parked = Handover<@Sendable (HTTPResponse) -> Void>()
        let handler = ClosureHandler { _ in .later { parked.put($0) } }
        let listener = try HTTPListener(handler: handler)
        let responses = try await onThread {
            let clients = try (0..<5).map { _ in try RawClient(port: listener.port) }
            for client in clients { try client.send(head("GET /")) }
            let answers = clients.compactMap { _ in parked.take() }
            listener.stop(graceSeconds: 30)
            // Too late, and without effect.
            for answer in answers { answer(HTTPResponse()) }
            return try clients.map { try $0.receive() }
        }
        #expect(responses.map(\.status) == [503, 503, 503, 503, 503])
        #expect(responses.allSatisfy { $0.body == "refused: shuttingDown" })
    }

    @Test func stopsInTimeAlthoughAClientNeverFinishes() async throws {
        let text = try await onThread {
            let listener = try HTTPListener(handler: EchoHandler())
            let client = try RawClient(port: listener.port)
            try client.send(head("PUT /", "Content-Length: 10") + "abc")
            while listener.inFlight == 0 { sched_yield() }
            listener.stop(graceSeconds: 0)
            return client.receiveToEnd()
        }
        #expect(text.isEmpty)
    }

    @Test func closesIdleConnectionsAndRefusesNewOnes() async throws {
        try await onThread {
            let listener = try HTTPListener(handler: EchoHandler())
            let client = try RawClient(port: listener.port)
            #expect(try client.exchange(head("GET /")).status == 200)
            listener.stop(graceSeconds: 30)
            #expect(client.isAtEnd())
            #expect(throws: RawClientError.notConnected(errno: ECONNREFUSED)) {
                try RawClient(port: listener.port)
            }
        }
    }

    @Test func stopsWhileMalformedRequestsComeIn() async throws {
        for _ in 0..<20 {
            let listener = try HTTPListener(handler: EchoHandler())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await onThread {
                            while let client = try? RawClient(port: listener.port) {
                                try? client.send("GET / HTTP/1.1\r\nno colon\r\n\r\n")
                                _ = client.receiveToEnd()
                            }
                        }
                    }
                }
                group.addTask { try await onThread { listener.stop(graceSeconds: 1) } }
                try await group.waitForAll()
            }
        }
    }

    @Test func stopsOnceHoweverOftenItIsTold() async throws {
        try await onThread {
            let listener = try HTTPListener(handler: EchoHandler())
            DispatchQueue.concurrentPerform(iterations: 8) { _ in listener.stop(graceSeconds: 1) }
            listener.stop(graceSeconds: 1)
        }
    }

    @Test func stopsUnderLoadWithoutLosingAnswers() async throws {
        let listener = try HTTPListener(handler: EchoHandler())
        let enough = Handover<Void>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await onThread {
                        let client = try RawClient(port: listener.port)
                        for round in 0..<1_000_000 {
                            if round == 20 { enough.put(()) }
                            // Between two requests the connection may go; an answer that has
                            // begun may not be cut short.
                            guard (try? client.send(head("GET /"))) != nil else { return }
                            guard let response = try receiveUnlessClosed(client) else { return }
                            #expect(response.body == "GET / ")
                        }
                    }
                }
            }
            group.addTask {
                try await onThread {
                    for _ in 0..<8 { _ = enough.take() }
                    listener.stop(graceSeconds: 30)
                }
            }
            try await group.waitForAll()
        }
        #expect(listener.inFlight == 0)
    }
}

/// The next response, nil if the connection has ended before its first byte.
private func receiveUnlessClosed(_ client: RawClient) throws -> RawResponse? {
    do {
        return try client.receive()
    } catch RawClientError.notReceived(_, received: "") {
        return nil
    }
}

/// Comes back when the port takes no connections any more.
private func waitUntilRefused(port: UInt16) {
    while (try? RawClient(port: port)) != nil { sched_yield() }
}
