// `entrasync serve`: the emulator itself.

import ArgumentParser
import Control
import Dispatch
import Emulator
import Glibc
import Graph
import HTTP
import Identity
import Logging
import Model
import SCIMTarget
import Server
import VirtualTime

/// Serves until it is told to stop.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the emulator.",
        discussion: "Every option has a twin in the environment: --base-url is "
            + "ENTRASYNC_BASE_URL. An option wins over its twin.")

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 for any free one. (default: 8585)")
    var port: String?

    @Option(help: "The directory that keeps all state; without it, state ends with the process.")
    var data: String?

    @Option(help: "What a new tenant holds: demo, none or a file; repeatable. (default: demo)")
    var seed: [String] = []

    @Option(help: "How time goes on: real, manual or xN. (default: real)")
    var clock: String?

    @Option(help: "What a new tenant's clock shows first, as ISO 8601. (default: now)")
    var startTime: String?

    @Option(help: "How callers are checked: off, token or strict. (default: off)")
    var auth: String?

    @Flag(help: "Serve over TLS too, under a local authority's certificate.")
    var tls = false

    @Option(help: "The port for TLS; 0 for any free one. (default: 8586, or 0 with --port 0)")
    var tlsPort: String?

    @Option(help: "A PEM file with a certificate of your own for TLS; it needs --key.")
    var cert: String?

    @Option(help: "A PEM file with the certificate's key.")
    var key: String?

    @Flag(help: "Ignore unknown body members and query options; take PATCH of a schema.")
    var lenient = false

    @Flag(help: "Refuse calls over the service's limits with 429.")
    var throttle = false

    @Option(help: "Text that makes identifiers the same from run to run.")
    var ids: String?

    @Option(help: "What links begin with. (default: the address that a request came to)")
    var baseURL: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: notice)")
    var logLevel: String?

    @Option(help: "text or json. (default: text)")
    var logFormat: String?

    @Flag(help: "Wait and call again when a target answers 429 with Retry-After.")
    var honorRetryAfter = false

    @Option(help: "Seconds that a call to a target may take. (default: 30)")
    var targetTimeout: String?

    @Option(help: "Calls that a cycle makes to its target at the same time. (default: 1)")
    var targetConcurrency: String?

    @Option(help: "Members that one PATCH adds to a group or removes. (default: 1)")
    var membersPerPatch: String?

    @Option(help: "A PEM file of certificates that targets are trusted by. (default: the system's)")
    var targetCa: String?

    mutating func run() throws {
        let started = RealTime.now()
        let settings = try ServeSettings(self)
        signal(SIGPIPE, SIG_IGN)
        let signals = StopSignals()
        do {
            let tenants = Tenants(options: settings.tenants, gallery: try Gallery())
            _ = try tenants.tenant(Tenants.defaultID)
            let secure = try settings.makeSecurity()
            let handler = handler(settings, tenants, started, secure)
            var listeners = [
                try HTTPListener(
                    options: HTTPListenerOptions(
                        host: settings.host, port: settings.port, longBodies: Serve.seeds),
                    handler: handler)
            ]
            let name = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
            var line = "entrasync ready http://\(name):\(listeners[0].port)"
            var addresses = settings.addresses(port: listeners[0].port)
            if let secure {
                let listener = try HTTPListener(
                    options: HTTPListenerOptions(
                        host: settings.host, port: settings.tlsPort, longBodies: Serve.seeds,
                        tls: secure.identity),
                    handler: handler)
                listeners.append(listener)
                line += " https://\(name):\(listener.port)"
                addresses += settings.addresses(scheme: "https", port: listener.port)
            }
            tenants.listens(at: addresses)
            Console.line(line)
            Serve.serve(listeners, tenants, until: signals)
        } catch { throw Failure(startProblem: error, settings) }
    }

    /// A whole tenant comes as a seed, so that may be as long as an export.
    private static let seeds = (pathEnd: "/_emulator/seed", limitBytes: 256 << 20)

    private func handler(
        _ settings: ServeSettings, _ tenants: Tenants, _ started: Timestamp,
        _ secure: ServeSecurity?
    ) -> FrontDoor {
        let key = settings.signingKey
        let bearers = BearerReader(key: key)
        let logger = settings.logger
        var log: (@Sendable (RequestRecord) -> Void)?
        if logger.logLevel <= .info {
            log = { record in
                logger.info(
                    "request",
                    metadata: [
                        "method": "\(record.method)", "path": "\(record.path)",
                        "status": "\(record.status)", "request-id": "\(record.requestID)",
                        "virtual-time": "\(record.virtualTime)",
                    ])
            }
        }
        return FrontDoor(
            tenants: tenants,
            graph: GraphFace(
                isLenient: settings.isLenient, baseURL: settings.baseURL,
                ids: settings.tenants.ids,
                check: CallerCheck(mode: settings.authorization, reader: bearers),
                isThrottling: settings.isThrottling),
            control: ControlFace(
                information: EmulatorInformation(
                    version: Main.version, started: started, tenants: tenants),
                openAPI: OpenAPIDocument.json, authorityPEM: secure?.authorityPEM),
            access: AccessRule(listeningOn: settings.host),
            identification: Identification(
                service: TokenService(tenants: tenants, key: key, baseURL: settings.baseURL),
                bearers: bearers), log: log)
    }

    /// Waits for SIGTERM or SIGINT, lets requests in flight finish, and ends.
    private static func serve(
        _ listeners: [HTTPListener], _ tenants: Tenants, until signals: StopSignals
    ) -> Never {
        signals.wait()
        // At once, so that the one that waits for its clients does not let the other take more.
        DispatchQueue.concurrentPerform(iterations: listeners.count) {
            listeners[$0].stop(graceSeconds: 10)
        }
        tenants.close()
        Glibc.exit(0)
    }
}
