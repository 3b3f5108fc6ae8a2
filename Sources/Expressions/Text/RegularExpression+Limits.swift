// What a regular expression may cost, and the ways it fails.

extension RegularExpression {
    /// The limits of compiling and matching.
    public struct Limits: Hashable, Sendable {
        /// The longest pattern, in UTF-8 bytes.
        public var patternBytes = 5_000
        /// The longest text a pattern is matched against, in UTF-8 bytes.
        public var subjectBytes = 10_000
        /// How deep groups may stand in each other.
        public var groupDepth: UInt32 = 100
        /// How much memory one match may take.
        public var heapKibibytes: UInt32 = 8192

        /// How many steps all matchings of a budget may take: one for each item of a pattern
        /// that is tried, and one for each byte it crosses.
        public var steps = 5_000_000

        /// Makes the standard limits, to be changed one by one.
        public init() {}
    }

    /// What is left of the allowed steps; several matchings can share one.
    public struct Budget: Hashable, Sendable {
        private var steps: Int
        private var position = 0

        /// Starts a budget.
        public init(_ limits: Limits = Limits()) {
            steps = limits.steps
        }

        /// Pays for the way from the last item to the next; whether that was still possible.
        mutating func spend(to next: Int) -> Bool {
            steps -= 1 + abs(next - position)
            position = next
            return steps >= 0
        }
    }

    /// Why a regular expression could not be used.
    public enum Failure: Error, Hashable, Sendable {
        /// The pattern is malformed, at a UTF-8 offset in it.
        case patternInvalid(message: String, offset: Int)
        /// The pattern is longer than allowed.
        case patternTooLong(limitBytes: Int)
        /// The text to match is longer than allowed.
        case subjectTooLong(limitBytes: Int)
        /// Matching reached the limit of steps, depth or memory.
        case matchingTooCostly
        /// The pattern has no group of that name.
        case groupUnknown(String)
        /// The replaced text grew beyond its limit.
        case resultTooLarge(limitBytes: Int)
        /// The system has no memory left.
        case outOfMemory
    }

    /// One match: the ranges of the whole (first) and of the groups, in UTF-8 offsets.
    struct Match: Hashable, Sendable {
        let groups: [Range<Int>?]

        /// The range of the whole match.
        var range: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }
    }
}

extension RegularExpression.Failure: CustomStringConvertible {
    /// What is wrong, as the end of a sentence that begins with the expression.
    public var description: String {
        switch self {
        case .patternInvalid(let message, let offset):
            "is invalid at offset \(offset): \(message)"
        case .patternTooLong(let limitBytes):
            "is longer than \(limitBytes) bytes"
        case .subjectTooLong(let limitBytes):
            "is matched against a text of more than \(limitBytes) bytes"
        case .matchingTooCostly:
            "takes too many steps to match"
        case .groupUnknown(let name):
            "has no group named '\(name)'"
        case .resultTooLarge(let limitBytes):
            "makes a text of more than \(limitBytes) bytes"
        case .outOfMemory:
            "found no memory to be compiled or matched"
        }
    }
}
