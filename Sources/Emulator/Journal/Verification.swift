// Whether calls were made as a test expects, and which calls came nearest.

public import Model

/// Assertions on the journal.
///
/// Shape: `{"inOrder":false,"after":0,"assertions":[{…}]}`, or one assertion alone.
public struct Verification: Sendable {
    /// What came of it: what each assertion matched, and what failed.
    public struct Result: Sendable {
        /// For each assertion `{"matched","sequences"}`.
        public var matched: [JSONValue] = []
        /// For each failed one `{"index","message","expected","matched","nearMisses"}`.
        public var failures: [JSONValue] = []
    }

    /// Only exchanges of greater numbers are looked at.
    public let after: Int64?
    private let isOrdered: Bool
    private let assertions: [CallAssertion]

    /// Reads assertions.
    ///
    /// - Throws: `ToolError.invalidAssertion` naming the member.
    public init(_ json: JSONValue) throws {
        guard let members = json.object else {
            throw ToolError.invalidAssertion(member: "assertions", expected: "an object")
        }
        guard let list = members["assertions"] else {
            after = nil
            isOrdered = false
            assertions = [try CallAssertion(json, path: "")]
            return
        }
        for name in members.names where !["assertions", "inOrder", "after"].contains(name) {
            throw ToolError.invalidAssertion(
                member: name, expected: "left out; known are assertions, inOrder, after")
        }
        guard let elements = list.array, (1...Limits.assertions).contains(elements.count) else {
            throw ToolError.invalidAssertion(
                member: "assertions", expected: "a list of 1 to \(Limits.assertions) assertions")
        }
        after = members["after"]?.integer
        isOrdered = members["inOrder"]?.bool ?? false
        assertions = try elements.enumerated().map {
            try CallAssertion($1, path: "assertions[\($0)].")
        }
    }

    /// Holds the assertions against exchanges, oldest first.
    public func result(on entries: [NumberedEntry]) -> Result {
        let calls = entries.map(ObservedCall.init)
        var result = Result()
        var previous: Int64 = 0
        for (index, assertion) in assertions.enumerated() {
            let differences = calls.map { assertion.differences(of: $0) }
            let fitting = zip(calls, differences).filter { $1.isEmpty }.map(\.0.sequence)
            result.matched.append([
                "matched": .integer(Int64(fitting.count)),
                "sequences": .array(fitting.prefix(Limits.shownSequences).map(JSONValue.integer)),
            ])
            guard assertion.takes(fitting.count) else {
                let misses = assertion.nearMisses(zip(calls, differences).map { ($0, $1) })
                result.failures.append(
                    failure(index, assertion, matched: fitting.count, misses))
                continue
            }
            guard isOrdered, assertion.least > 0 else { continue }
            if let next = fitting.first(where: { $0 > previous }) {
                previous = next
            } else {
                result.failures.append([
                    "index": .integer(Int64(index)),
                    "message": .string(
                        "Expected \(assertion.description) after exchange \(previous), but it was "
                            + "only made before."),
                    "expected": assertion.json, "matched": .integer(Int64(fitting.count)),
                    "nearMisses": [],
                ])
            }
        }
        return result
    }

    private func failure(
        _ index: Int, _ assertion: CallAssertion, matched: Int, _ misses: [JSONValue]
    ) -> JSONValue {
        var message =
            "Expected \(assertion.countText) \(assertion.description), found \(matched)."
        if matched < assertion.least {
            let nearest = misses.first?.object?["text"]?.string
            message += nearest.map { " Nearest miss: \($0)" } ?? " No call was made at all."
        }
        return [
            "index": .integer(Int64(index)), "message": .string(message),
            "expected": assertion.json, "matched": .integer(Int64(matched)),
            "nearMisses": .array(misses),
        ]
    }
}
