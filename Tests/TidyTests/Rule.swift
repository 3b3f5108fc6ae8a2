// A rule of the house style that a machine can hold.

import Testing

/// Where the tree breaks a rule.
struct Finding: Sendable, Equatable {
    /// The file or folder.
    let path: String
    /// The line, 1 for the first and for what has no lines.
    let line: Int
    /// What is wrong, and what is wanted.
    let text: String
}

/// A rule and what finds where it is broken.
struct Rule: Sendable, CustomTestStringConvertible {
    /// The rule's number in the house style, or its table's name.
    let number: String
    /// The rule in a few words.
    let summary: String
    /// The places where a tree breaks it.
    let findings: @Sendable (SourceTree) -> [Finding]

    var testDescription: String { "rule \(number): \(summary)" }
}
