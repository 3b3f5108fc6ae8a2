// What can be chosen about a listener.

/// Where a listener listens and what it allows.
public struct HTTPListenerOptions: Sendable {
    /// An IPv4 or IPv6 address, or `localhost`, which means `127.0.0.1`; `::` takes both families.
    public var host: String
    /// The TCP port; 0 lets the system choose one.
    public var port: UInt16
    /// Threads that call the handler.
    public var workerThreads: Int
    /// The longest body a handler gets to see; a longer one is answered 413.
    public var bodyLimitBytes: Int
    /// The end of the paths whose bodies may be longer, and how long; nil for none.
    public var longBodies: (pathEnd: String, limitBytes: Int)?
    /// Memory of a connection for header fields, at least 16 KB.
    ///
    /// All but 8 KB, which the answer needs, is for request line and header fields, each field
    /// with 84 bytes on top; more is answered 431.
    public var headerMemoryBytes: Int
    /// Connections open at the same time; further ones wait until one closes.
    public var connectionLimit: Int
    /// After this time without a byte a connection is closed; waiting for a reply does not count.
    public var idleTimeoutSeconds: Int
    /// Key and certificate for TLS; nil for plain HTTP.
    public var tls: TLSIdentity?
    /// Takes the complaints of the HTTP library, one line each, on any thread.
    public var log: (@Sendable (String) -> Void)?

    /// Makes options, by default for any free port of the loopback interface.
    public init(
        host: String = "127.0.0.1", port: UInt16 = 0, workerThreads: Int = 2,
        bodyLimitBytes: Int = 4 << 20, longBodies: (pathEnd: String, limitBytes: Int)? = nil,
        headerMemoryBytes: Int = 32 << 10,
        connectionLimit: Int = 256, idleTimeoutSeconds: Int = 60,
        tls: TLSIdentity? = nil, log: (@Sendable (String) -> Void)? = nil
    ) {
        self.host = host
        self.port = port
        self.workerThreads = workerThreads
        self.bodyLimitBytes = bodyLimitBytes
        self.longBodies = longBodies
        self.headerMemoryBytes = headerMemoryBytes
        self.connectionLimit = connectionLimit
        self.idleTimeoutSeconds = idleTimeoutSeconds
        self.tls = tls
        self.log = log
    }
}

extension HTTPListenerOptions {
    /// The memory a connection really gets.
    var usedHeaderMemoryBytes: Int {
        max(headerMemoryBytes, Limits.leastHeaderMemoryBytes)
    }
}
