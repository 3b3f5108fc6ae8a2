// The built-in target, as an interface: jobs reach it without a socket.

public import HTTP
public import Model

/// A SCIM service in this process, whose objects lie in the tenant's own database.
///
/// Jobs send it the requests that they would send over a socket; it answers with what it would have
/// answered there.
public protocol LocalTarget: Sendable {
    /// Answers one request, within the caller's transaction.
    ///
    /// - Parameters:
    ///   - request: the request; its path is not looked at.
    ///   - json: what the request's body says, where the caller has it; the request then need not have
    ///     a body, and the answer may leave its own to `LocalAnswer.json`. Else the body is parsed.
    ///   - path: the path below the service's base: `/Users/2819c223`.
    ///   - servicePrincipal: whose directory is meant.
    ///   - transaction: the caller's transaction.
    /// - Returns: the answer; what is wrong with the request is an answer too.
    func respond(
        to request: HTTPRequest, json: JSONValue?, path: Substring, of servicePrincipal: GUID,
        in transaction: inout Transaction
    ) -> LocalAnswer
}
