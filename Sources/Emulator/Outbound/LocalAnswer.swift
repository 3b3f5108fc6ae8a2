// What the built-in target answers.

public import HTTP
public import Model

/// An answer, and what its body says where that need not be read out of the bytes.
public struct LocalAnswer: Sendable {
    /// The answer, as it would go over a socket; its body may be left to `json`.
    public var response: HTTPResponse
    /// What parsing the answer's body gives; nil where nobody knows without parsing it.
    public var json: JSONObject?
    /// How long the answer is to take; 0 for no time.
    public var delayMilliseconds: Int

    /// Makes an answer.
    public init(_ response: HTTPResponse, json: JSONObject? = nil, delayMilliseconds: Int = 0) {
        self.response = response
        self.json = json
        self.delayMilliseconds = delayMilliseconds
    }

    /// The answer with its body.
    public var whole: HTTPResponse {
        guard response.body.isEmpty, let json else { return response }
        var whole = response
        whole.body = JSONValue.object(json).bytes
        return whole
    }
}
