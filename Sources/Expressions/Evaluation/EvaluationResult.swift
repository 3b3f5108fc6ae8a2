// What an evaluation gives: a value or the order not to write, and how logs show it.

/// The result of an evaluation.
public struct EvaluationResult: Hashable, Sendable {
    /// What is to be done with the target attribute.
    public enum Flow: Hashable, Sendable {
        /// Write this value; null is for the mapping's default value to replace.
        case write(ExpressionValue)
        /// Leave the attribute out of the write (`IgnoreFlowIfNullOrEmpty`).
        case drop
    }

    /// What is to be done.
    public let flow: Flow

    /// Whether logs show `[Redact]` in place of the value (`Redact`).
    public let isRedacted: Bool

    /// The value of each part in the order of evaluation; empty unless asked for.
    public let steps: [EvaluationStep]

    /// The values to write, as the service reports them; none for null and for a dropped flow.
    public var values: [String] {
        guard case .write(let value) = flow else { return [] }
        return value.texts
    }

    /// The values as provisioning logs show them.
    public var loggedValues: [String] {
        isRedacted && !values.isEmpty ? ["[Redact]"] : values
    }
}
