// What an expression means before it is evaluated: values in calls in calls.

/// A parsed expression, or a part of one.
public struct ExpressionTree: Sendable {
    /// What the part is.
    public let node: Node

    /// Where the part stands in the text it was parsed from, in UTF-8 offsets.
    ///
    /// Two trees are equal when they say the same, wherever their parts stand.
    public let range: Range<Int>

    init(_ node: Node, at range: Range<Int> = 0..<0) {
        self.node = node
        self.range = range
    }
}

extension ExpressionTree {
    /// The kinds of parts.
    public indirect enum Node: Hashable, Sendable {
        /// An attribute of the source object, `[name]`.
        case attribute(String)
        /// A value written in the expression.
        case constant(Constant)
        /// A function with its arguments; a blank argument is nil.
        case call(name: String, arguments: [ExpressionTree?])
        /// A comparison, which only stands as a condition.
        case condition(ExpressionTree, ComparisonOperator, ExpressionTree)
    }

    /// A value written in the expression, and how it was written.
    public struct Constant: Hashable, Sendable {
        /// How a constant is written.
        public enum Form: Hashable, Sendable {
            /// In quotation marks.
            case text
            /// As digits: `8`, `-1`.
            case number
            /// As a hexadecimal number: `&HF7`.
            case hexadecimal
            /// As a word of the language: `vbTextCompare`.
            case keyword
        }

        /// The value, without quotation marks and escapes.
        public let text: String
        /// How it is written.
        public let form: Form

        init(_ text: String, form: Form = .text) {
            self.text = text
            self.form = form
        }
    }

    /// The words that are constants of their own.
    static let keywords: Set<String> = ["vbBinaryCompare", "vbTextCompare"]
}

extension ExpressionTree: Hashable {
    /// Whether two trees say the same.
    public static func == (left: ExpressionTree, right: ExpressionTree) -> Bool {
        left.node == right.node
    }

    /// Hashes what the tree says, not where it stands.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(node)
    }
}
