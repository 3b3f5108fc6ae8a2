// Why a SCIM filter or path can't be read, and where.

/// What is wrong with the text of a filter or a path.
public struct SCIMSyntaxError: Error, Sendable, Equatable {
    /// What was met.
    public enum Reason: Sendable, Equatable {
        case unexpectedEnd
        case expectedAttribute
        case malformedAttribute(String)
        case unknownOperator(String)
        case expectedLiteral
        case expected(String)
        case tooLong(limitBytes: Int)
        case tooDeep(limit: Int)
    }

    /// What was met.
    public let reason: Reason
    /// Offset in bytes from the start of the text.
    public let offset: Int

    /// Makes an error.
    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension SCIMSyntaxError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch reason {
        case .unexpectedEnd: "The text ends too early, at offset \(offset)."
        case .expectedAttribute: "An attribute's name is missing at offset \(offset)."
        case .malformedAttribute(let name):
            "'\(name)' at offset \(offset) is no attribute's name."
        case .unknownOperator(let name): "'\(name)' at offset \(offset) is no operator."
        case .expectedLiteral: "A value is missing at offset \(offset)."
        case .expected(let text): "'\(text)' is missing at offset \(offset)."
        case .tooLong(let limit): "The text is longer than \(limit) bytes."
        case .tooDeep(let limit): "The text nests deeper than \(limit) levels."
        }
    }
}
