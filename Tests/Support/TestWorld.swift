// A whole emulator in memory: every face behind the front door, on a clock that the test moves.

import Control
import Dispatch
public import Emulator
public import Graph
public import HTTP
import Identity
public import Model
import SCIMTarget
public import Server
import VirtualTime

/// An emulator with the demo seed, a standing clock and identifiers that are the same each time.
public struct TestWorld: Sendable {
    /// When its clock begins.
    public static let start = "2026-01-01T00:00:00Z"

    /// What every world shares, because nothing changes it and reading it takes a while.
    private static let gallery = Result { try Gallery() }

    /// The handler that a listener would have.
    public let door: FrontDoor
    /// The registry behind it.
    public let tenants: Tenants

    /// Makes a world.
    ///
    /// - Throws: `EmulatorError` when the seed can't be loaded.
    public init(
        seeds: [Seed]? = nil, isLenient: Bool = false, isThrottling: Bool = false,
        dataDirectory: String? = nil,
        runner: any CycleRunner = ProvisioningCycleRunner(), start: String = TestWorld.start,
        outbound: OutboundOptions = OutboundOptions(), authorization: AuthorizationMode = .off
    ) throws {
        var outbound = outbound
        outbound.localTarget = outbound.localTarget ?? BuiltInTarget()
        let options = TenantOptions(
            clockMode: .manual, startTime: Timestamp(parsing: start), ids: "test",
            dataDirectory: dataDirectory, seeds: try seeds ?? [Seed(named: "demo")],
            outbound: outbound)
        tenants = Tenants(options: options, gallery: try TestWorld.gallery.get(), runner: runner)
        let key = SigningKey(store: KeyStore(dataDirectory: nil))
        let bearers = BearerReader(key: key)
        door = FrontDoor(
            tenants: tenants,
            graph: GraphFace(
                isLenient: isLenient, ids: "test",
                check: CallerCheck(mode: authorization, reader: bearers),
                isThrottling: isThrottling),
            control: ControlFace(
                information: EmulatorInformation(
                    version: "test", started: RealTime.now(), tenants: tenants),
                openAPI: OpenAPIDocument.json),
            access: AccessRule(listeningOn: "127.0.0.1"),
            identification: Identification(
                service: TokenService(tenants: tenants, key: key), bearers: bearers))
    }

    /// The default tenant.
    ///
    /// - Throws: what opening it throws.
    public func tenant() throws -> Tenant { try tenants.tenant(Tenants.defaultID) }

    /// Sends a request and waits for its answer.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - target: path and query, as they would be on the wire.
    ///   - body: a JSON body; its Content-Type is added.
    ///   - fields: more header fields.
    /// - Returns: the whole answer.
    @discardableResult
    public func send(
        _ method: String, _ target: String, _ body: JSONValue? = nil, fields: [HTTPField] = []
    ) -> HTTPResponse {
        let type = body == nil ? [] : [HTTPField("Content-Type", "application/json")]
        return send(
            HTTPRequest(
                method: method, path: target, fields: type + fields, body: body?.bytes ?? []))
    }

    /// Sends a request as it is; a query in its path is split off.
    public func send(_ request: HTTPRequest) -> HTTPResponse {
        var request = request
        if let mark = request.path.firstIndex(of: "?") {
            request.query = String(request.path[request.path.index(after: mark)...])
            request.path = String(request.path[..<mark])
        }
        if request.value(of: "Host") == nil {
            request.fields.append(HTTPField("Host", "127.0.0.1:8585"))
        }
        switch door.reply(to: request) {
        case .now(let response): return response
        case .later(let work):
            let box = AnswerBox()
            work { box.put($0) }
            return box.wait()
        case .stream(let response, let stream):
            stream.finish()
            return response
        }
    }
}

/// Holds an answer that comes from another thread.
///
/// `@unchecked Sendable`: written before the semaphore is signalled, read after it was waited for.
private final class AnswerBox: @unchecked Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private var response = HTTPResponse()

    func put(_ response: HTTPResponse) {
        self.response = response
        semaphore.signal()
    }

    func wait() -> HTTPResponse {
        semaphore.wait()
        return response
    }
}

extension HTTPResponse {
    /// The body as JSON; null when it is none.
    public var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// A member of the body, reached by names and positions: `"value", 0, "id"`.
    public func member(_ path: any JSONStep...) -> JSONValue {
        path.reduce(json) { value, step in step.step(into: value) }
    }

    /// `error.code` of the body.
    public var errorCode: String { member("error", "code").string ?? "" }

    /// `error.message` of the body.
    public var errorMessage: String { member("error", "message").string ?? "" }
}

/// One step into a JSON value.
public protocol JSONStep {
    /// The value at this step; null when there is none.
    func step(into value: JSONValue) -> JSONValue
}

extension String: JSONStep {
    /// The member of this name.
    public func step(into value: JSONValue) -> JSONValue { value.object?[self] ?? .null }
}

extension Int: JSONStep {
    /// The element at this position.
    public func step(into value: JSONValue) -> JSONValue {
        guard let elements = value.array, elements.indices.contains(self) else { return .null }
        return elements[self]
    }
}
