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
    /// - Returns: the answer; what is wrong with the request is an answer too.
    func respond(to call: LocalCall, in transaction: inout Transaction) -> LocalAnswer

    /// What the service reads in a request before it looks at its store. Any thread may ask.
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - path: its path below the service's base.
    ///   - query: its query; nil for none.
    ///   - json: what its body says; nil for none.
    /// - Returns: something for `LocalCall.reading`; nil where it is left until the request is sent.
    func reading(
        _ method: String, path: String, query: String?, json: JSONValue?
    ) -> (any AnyObject & Sendable)?
}

extension LocalTarget {
    /// Nothing is read ahead.
    public func reading(
        _ method: String, path: String, query: String?, json: JSONValue?
    ) -> (any AnyObject & Sendable)? { nil }
}

/// A request to the built-in target.
public struct LocalCall: Sendable {
    /// The request; its path is not looked at.
    public var request: HTTPRequest
    /// What the request's body says, where the caller has it.
    ///
    /// The request then need not have a body; else that is parsed.
    public var json: JSONValue?
    /// Whether the answer may leave its body to `LocalAnswer.unwritten`.
    public var leavesBody: Bool
    /// What `LocalTarget.reading` gave for the request; nil where it was not asked.
    public var reading: (any AnyObject & Sendable)?
    /// The path below the service's base: `/Users/2819c223`.
    public var path: Substring
    /// The address of the service, which the addresses in its answers begin with.
    public var base: String
    /// Whose directory is meant.
    public var servicePrincipal: GUID

    /// Makes a call.
    public init(
        _ request: HTTPRequest, json: JSONValue? = nil, leavesBody: Bool = false,
        reading: (any AnyObject & Sendable)? = nil, path: Substring, base: String,
        of servicePrincipal: GUID
    ) {
        self.request = request
        self.json = json
        self.leavesBody = leavesBody
        self.reading = reading
        self.path = path
        self.base = base
        self.servicePrincipal = servicePrincipal
    }
}
