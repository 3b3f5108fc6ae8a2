// What `serve` was told, by options and environment, read into values.

import Emulator
import Graph
import HTTP
import Identity
import Logging
import Model
import SCIMTarget
import Storage
import VirtualTime

/// The settings of a server.
struct ServeSettings {
    let host: String
    let port: UInt16
    let isLenient: Bool
    let isThrottling: Bool
    let baseURL: String?
    let logger: Logger
    let tenants: TenantOptions
    let authorization: AuthorizationMode
    let tlsPort: UInt16
    let keys: KeyStore
    /// The key that tokens are signed with, those for clients and those for targets.
    let signingKey: SigningKey
    let wantsTLS: Bool
    let certificate: (certificate: String, key: String)?

    /// Reads options, then their twins in the environment, then the defaults.
    ///
    /// - Throws: `Failure.usage` naming the option that can't be meant.
    init(_ options: Serve) throws {
        host = options.host ?? Environment.value("HOST") ?? "127.0.0.1"
        let portText = options.port ?? Environment.value("PORT") ?? "8585"
        guard let port = UInt16(portText) else {
            throw Failure.usage("'\(portText)' is no port; --port takes 0 to 65535.")
        }
        self.port = port
        isLenient = options.lenient || Environment.flag("LENIENT")
        isThrottling = options.throttle || Environment.flag("THROTTLE")
        baseURL = try ServeSettings.baseURL(options.baseURL ?? Environment.value("BASE_URL"))
        let auth = options.auth ?? Environment.value("AUTH") ?? "off"
        guard let authorization = AuthorizationMode(rawValue: auth) else {
            throw Failure.usage(
                "'\(auth)' is no way to check callers; --auth takes off, token or strict.")
        }
        self.authorization = authorization
        let tlsText =
            options.tlsPort ?? Environment.value("TLS_PORT") ?? (port == 0 ? "0" : "8586")
        guard let tlsPort = UInt16(tlsText), tlsPort == 0 || tlsPort != port else {
            throw Failure.usage(
                "'\(tlsText)' is no port for TLS; --tls-port takes 0 to 65535, but not --port's.")
        }
        self.tlsPort = tlsPort
        certificate = try ServeSettings.certificate(
            options.cert ?? Environment.value("CERT"), options.key ?? Environment.value("KEY"))
        wantsTLS = options.tls || Environment.flag("TLS") || certificate != nil
        keys = KeyStore(dataDirectory: options.data ?? Environment.value("DATA"))
        let signingKey = SigningKey(store: keys)
        self.signingKey = signingKey
        logger = try ServeSettings.logger(
            level: options.logLevel ?? Environment.value("LOG_LEVEL") ?? "notice",
            format: options.logFormat ?? Environment.value("LOG_FORMAT") ?? "text")
        let clockText = options.clock ?? Environment.value("CLOCK") ?? "real"
        guard let clock = ClockMode(parsing: clockText) else {
            throw Failure.usage(
                "'\(clockText)' is no clock; --clock takes real, manual or xN with N from 1 to "
                    + "\(ClockMode.maximumRate).")
        }
        let startText = options.startTime ?? Environment.value("START_TIME")
        let start = startText.flatMap(Timestamp.init(parsing:))
        if let startText, start == nil {
            throw Failure.usage(
                "'\(startText)' is no instant; --start-time takes ISO 8601, such as "
                    + "2026-01-01T00:00:00Z.")
        }
        tenants = TenantOptions(
            clockMode: clock, startTime: start, ids: options.ids ?? Environment.value("IDS"),
            dataDirectory: options.data ?? Environment.value("DATA"),
            seeds: try ServeSettings.seeds(options.seed),
            outbound: try ServeSettings.outbound(options, signingKey))
    }

    /// How jobs call their targets.
    private static func outbound(
        _ options: Serve, _ key: SigningKey
    ) throws -> OutboundOptions {
        var outbound = OutboundOptions()
        outbound.localTarget = BuiltInTarget()
        outbound.serviceToken = { key.serviceToken(tenant: $0, now: $1) }
        let seconds = try number(
            options.targetTimeout ?? Environment.value("TARGET_TIMEOUT"), upTo: 600,
            "--target-timeout")
        if let seconds { outbound.timeoutMilliseconds = seconds * 1_000 }
        outbound.honorsRetryAfter =
            options.honorRetryAfter || Environment.flag("HONOR_RETRY_AFTER")
        outbound.concurrency =
            try number(
                options.targetConcurrency ?? Environment.value("TARGET_CONCURRENCY"), upTo: 64,
                "--target-concurrency") ?? 1
        outbound.membersPerPatch =
            try number(
                options.membersPerPatch ?? Environment.value("MEMBERS_PER_PATCH"), upTo: 10_000,
                "--members-per-patch") ?? 1
        outbound.certificateAuthorities = options.targetCa ?? Environment.value("TARGET_CA")
        if let file = outbound.certificateAuthorities, InputFile.bytes(file) == nil {
            throw Failure.usage("'\(file)' can't be read; --target-ca takes a PEM file.")
        }
        return outbound
    }

    private static func number(
        _ text: String?, upTo limit: Int, _ option: String
    ) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), (1...limit).contains(number) else {
            throw Failure.usage("'\(text)' is no count; \(option) takes 1 to \(limit).")
        }
        return number
    }

    /// The addresses that lead to this process.
    func addresses(scheme: String = "http", port: UInt16) -> [String] {
        let loopback = ["127.0.0.1", "localhost", "[::1]"]
        let literal = host.contains(":") ? "[\(host)]" : host
        let isEvery = ["0.0.0.0", "::"].contains(host)
        let names = isEvery || loopback.contains(literal) ? loopback : []
        let own = isEvery ? [] : [literal]
        return ([baseURL].compactMap { $0 }) + (own + names).map { "\(scheme)://\($0):\(port)" }
    }

    private static func certificate(
        _ certificate: String?, _ key: String?
    ) throws -> (certificate: String, key: String)? {
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return (certificate, key)
        case (_, nil): throw Failure.usage("--cert needs --key, the file of its private key.")
        case (nil, _): throw Failure.usage("--key needs --cert, the file of its certificate.")
        }
    }

    private static func baseURL(_ text: String?) throws -> String? {
        guard var text else { return nil }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw Failure.usage("'\(text)' is no http or https address; --base-url takes one.")
        }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    private static func logger(level: String, format: String) throws -> Logger {
        guard let level = Logger.Level(rawValue: level) else {
            throw Failure.usage(
                "'\(level)' is no log level; --log-level takes "
                    + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        guard let format = LineLogHandler.Format(rawValue: format) else {
            throw Failure.usage("'\(format)' is no log format; --log-format takes text or json.")
        }
        var logger = Logger(label: "entrasync") { _ in LineLogHandler(format: format) }
        logger.logLevel = level
        return logger
    }

    private static func seeds(_ options: [String]) throws -> [Seed] {
        let fromEnvironment = Environment.value("SEED")?.split(separator: ",").map(String.init)
        let names = options.isEmpty ? fromEnvironment ?? ["demo"] : options
        return try names.map { name in
            if Seed.embedded.contains(name) { return try Seed(named: name) }
            if name.hasPrefix(Seed.loadPrefix) {
                do { return try Seed(load: name) } catch {
                    throw Failure.usage(
                        "the seed '\(name)' names no number of users from 1 to 1000000.")
                }
            }
            guard InputFile.bytes(name) != nil else {
                throw Failure.usage(
                    "there is no seed '\(name)': neither one of "
                        + Seed.embedded.joined(separator: ", ") + " nor a readable file.")
            }
            do {
                return try Seed(name: name, document: try InputFile.json(name))
            } catch EmulatorError.unreadableSeed(_, let reason) {
                throw Failure.usage("the seed '\(name)' can't be used: \(reason).")
            }
        }
    }
}

extension Failure {
    /// Words for what keeps a server from starting.
    init(startProblem error: any Error, _ settings: ServeSettings) {
        switch error {
        case let failure as Failure: self = failure
        case HTTPListenerError.portInUse(let host, let port):
            self = .failed(
                "port \(port) on \(host) is in use; stop what listens there, or choose another "
                    + "with --port (0 for any free one).")
        case HTTPListenerError.badAddress(let host):
            self = .usage("'\(host)' is no address of this machine; --host takes one.")
        case StorageError.inUse(let path):
            self = .failed(
                "\(path) is in use by another emulator; stop it, or choose another --data.")
        case StorageError.corrupt(let path, let message):
            self = .failed(
                "\(path) is damaged (\(message)); move it away to begin anew, or restore a copy.")
        case StorageError.newerSchema(let path, let found, let known):
            self = .failed(
                "\(path) was written by a newer version (\(found), this one knows \(known)); "
                    + "use that version, or choose another --data.")
        case StorageError.cannotOpen(let path, let message):
            self = .failed("\(path) can't be opened (\(message)); choose another --data.")
        case IdentityError.keyStore(let path, let reason):
            self = .failed("\(path) can't be used (\(reason)); choose another --data.")
        case IdentityError.key(let reason):
            self = .failed(
                "the keys of --data can't be used (\(reason)); move its 'keys' away to begin anew.")
        case EmulatorError.dataDirectory(let path, let reason):
            self = .failed("\(path) can't be used (\(reason)); choose another --data.")
        case EmulatorError.unreadableSeed(let path, let reason):
            self = .usage("the seed '\(path)' can't be used: \(reason).")
        default: self = .failed("\(error)")
        }
    }
}
