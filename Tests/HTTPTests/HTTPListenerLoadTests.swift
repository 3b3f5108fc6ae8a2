// Many clients at once, for the sake of the thread sanitizer.

import HTTP
import Testing

struct HTTPListenerLoadTests {
    @Test func serves32ClientsWith200RequestsEach() async throws {
        let listener = try HTTPListener(
            options: HTTPListenerOptions(workerThreads: 4), handler: EchoHandler())
        try await withThrowingTaskGroup(of: Int.self) { group in
            for client in 0..<32 {
                group.addTask {
                    try await onThread {
                        let connection = try RawClient(port: listener.port)
                        return try (0..<200).filter { round in
                            let body = String(repeating: "b", count: round % 7)
                            let response = try connection.exchange(
                                head("PUT /\(client)?\(round)", "Content-Length: \(round % 7)")
                                    + body)
                            return response.body == "PUT /\(client)?\(round) \(body)"
                        }.count
                    }
                }
            }
            for try await count in group { #expect(count == 200) }
        }
        try await onThread { listener.stop(graceSeconds: 10) }
        #expect(listener.inFlight == 0)
    }

    @Test func letsConnectionsOverTheLimitWaitTheirTurn() async throws {
        let options = HTTPListenerOptions(connectionLimit: 4)
        let statuses = try await withListener(options: options) { port in
            let clients = try (0..<12).map { _ in try RawClient(port: port) }
            return try clients.map { client in
                defer { client.disconnect() }
                return try client.exchange(head("GET /")).status
            }
        }
        #expect(statuses == [Int](repeating: 200, count: 12))
    }
}
