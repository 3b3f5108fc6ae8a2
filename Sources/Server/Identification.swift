// How the front door learns who calls.

public import Identity

/// The parts that deal with tokens.
public struct Identification: Sendable {
    /// The token service.
    public let service: TokenService
    /// Reads the tokens of requests.
    public let bearers: BearerReader

    /// Joins the parts.
    public init(service: TokenService, bearers: BearerReader) {
        self.service = service
        self.bearers = bearers
    }
}
