// What the built-in target answers.

public import HTTP
public import Model

/// An answer, and what its body says where that need not be read out of the bytes.
public struct LocalAnswer: Sendable {
    /// A body of which nobody has made bytes yet.
    public enum Unwritten: Sendable {
        /// What parsing the bytes gives.
        case json(JSONObject)
        /// The resource that was made under an identifier; about so many bytes.
        case created(id: String, size: Int, bytes: @Sendable () -> [UInt8])

        /// The bytes.
        var bytes: [UInt8] {
            switch self {
            case .json(let json): JSONValue.object(json).bytes
            case .created(_, _, let bytes): bytes()
            }
        }

        /// About as many bytes as it takes in memory.
        var size: Int {
            switch self {
            case .json(let json): json.roughSize
            case .created(_, let size, _): size
            }
        }
    }

    /// The answer, as it would go over a socket; its body may be left to `unwritten`.
    public var response: HTTPResponse
    /// What the body says; nil where the response has it.
    public var unwritten: Unwritten?
    /// How long the answer is to take; 0 for no time.
    public var delayMilliseconds: Int

    /// Makes an answer.
    public init(
        _ response: HTTPResponse, unwritten: Unwritten? = nil, delayMilliseconds: Int = 0
    ) {
        self.response = response
        self.unwritten = unwritten
        self.delayMilliseconds = delayMilliseconds
    }

    /// The answer with its body.
    public var whole: HTTPResponse {
        guard let unwritten else { return response }
        var whole = response
        whole.body = unwritten.bytes
        return whole
    }
}
