// The built-in SCIM 2.0 service.

public import Emulator
public import HTTP
public import Model

/// Answers SCIM requests out of the tenant's database.
public struct BuiltInTarget: LocalTarget {
    /// A target; it has no state of its own.
    public init() {}

    /// Answers one request, within the caller's transaction.
    public func respond(
        to request: HTTPRequest, path: Substring, of servicePrincipal: GUID,
        in transaction: inout Transaction
    ) -> HTTPResponse {
        HTTPResponse(status: 501)
    }
}
