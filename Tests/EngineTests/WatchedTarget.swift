// A second emulator as the target of the first, and somebody who looks on.

import Emulator
import HTTP
import Model
import Support
import Synchronization
import Testing

/// The application of the scenarios, whose target is another emulator behind a socket.
///
/// A class, because the listener's threads and the test share it.
final class WatchedTarget: HTTPHandler {
    private struct State: Sendable {
        var look: @Sendable () -> JSONValue = { .null }
        var seen: [JSONValue] = []
    }

    private let world: TestWorld
    private let state = Mutex(State())

    init(_ world: TestWorld) { self.world = world }

    /// What was seen at each writing of a user, in order.
    var seen: [JSONValue] { state.withLock { $0.seen } }

    /// Looks at something whenever a user is written, before it is; forgets what was seen earlier.
    func watch(_ look: @escaping @Sendable () -> JSONValue) {
        state.withLock { $0 = State(look: look) }
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        if ["POST", "PATCH"].contains(request.method), request.path.contains("/Users") {
            let look = state.withLock { $0.look }
            let value = look()
            state.withLock { $0.seen.append(value) }
        }
        return .now(world.send(request))
    }

    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: refusal.status)
    }

    /// Runs code with a job that provisions everybody to another emulator.
    ///
    /// - Parameters:
    ///   - population: the seed that the people come from: `load:450`.
    ///   - body: gets the world of the job, the path of the job, and its target.
    /// - Throws: what the code throws; `HTTPListenerError`, `EmulatorError`.
    static func with(
        _ population: String, _ body: (TestWorld, String, WatchedTarget) throws -> Void
    ) throws {
        let application = try Seed(
            name: "application",
            document: JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json")))
        let target = WatchedTarget(try TestWorld(seeds: [application]))
        let listener = try HTTPListener(options: HTTPListenerOptions(), handler: target)
        defer { listener.stop(graceSeconds: 5) }
        let world = try TestWorld(seeds: [application, try Seed(load: population)])
        let principal = ScenarioWorld.servicePrincipal
        let synchronization = "/v1.0/servicePrincipals/\(principal)/synchronization"
        let base = "http://127.0.0.1:\(listener.port)/scim/\(principal)"
        let saved = world.send(
            "PUT", synchronization + "/secrets",
            [
                "value": [
                    ["key": "BaseAddress", "value": .string(base)],
                    ["key": "SecretToken", "value": "scenario-token"],
                    ["key": "SyncAll", "value": "true"],
                ]
            ])
        #expect(saved.status == 204)
        let id = world.send("GET", synchronization + "/jobs").member("value", 0, "id").string
        try body(world, synchronization + "/jobs/" + (try #require(id)), target)
    }
}
