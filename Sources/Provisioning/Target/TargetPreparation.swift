// Requests to a target, made ready before it is asked.

import Model

/// Makes the requests of one type of objects ready; any thread may call it.
public struct TargetPreparation: Sendable {
    /// The request that looks for the objects of which an attribute has a value.
    public let find: @Sendable (TargetAttribute, String) -> PreparedRequest
    /// The request that makes an object.
    public let create: @Sendable ([TargetChange]) -> PreparedRequest

    /// Says how.
    public init(
        find: @escaping @Sendable (TargetAttribute, String) -> PreparedRequest,
        create: @escaping @Sendable ([TargetChange]) -> PreparedRequest
    ) {
        self.find = find
        self.create = create
    }
}

/// A request with what can be made of it before it is sent.
public struct PreparedRequest: Sendable {
    /// The request.
    public let request: SCIMRequest
    /// The path of its URL, percent-encoded.
    public let path: String
    /// Its whole URL.
    public let url: String
    /// About as many bytes as the body takes in memory.
    public let bodySize: Int
    /// What the built-in target reads in it; nil where that is left to the sending.
    public let reading: (any AnyObject & Sendable)?

    /// Makes a request ready that goes to an address.
    public init(
        _ request: SCIMRequest, base: String, basePath: String,
        reading: (any AnyObject & Sendable)? = nil
    ) {
        self.request = request
        path = basePath + request.path
        url = base + request.target
        bodySize = request.body?.roughSize ?? 0
        self.reading = reading
    }
}
