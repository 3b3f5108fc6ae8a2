// How the front door learns who calls.

public import Identity

/// The parts that deal with tokens, and the authority behind the TLS listener.
public struct Identification: Sendable {
    /// The token service.
    public let service: TokenService
    /// Reads the tokens of requests.
    public let bearers: BearerReader
    /// The local authority's certificate, as PEM; nil where there is none.
    public let authorityPEM: [UInt8]?

    /// Joins the parts.
    public init(service: TokenService, bearers: BearerReader, authorityPEM: [UInt8]? = nil) {
        self.service = service
        self.bearers = bearers
        self.authorityPEM = authorityPEM
    }
}
