// One word of an expression's text, and where it stands.

/// A token of the mapping language.
struct ExpressionToken: Equatable {
    /// What kinds of words the language has.
    enum Kind: Equatable {
        case name
        case attribute
        case text
        case number
        case hexadecimal
        case comparison(ComparisonOperator)
        case leftParenthesis
        case rightParenthesis
        case comma
        case end
    }

    /// Which kind of word it is.
    let kind: Kind
    /// The word without brackets, quotation marks and escapes.
    let content: String
    /// Where it stands, in UTF-8 offsets.
    let range: Range<Int>

    /// The token as an error message shows it.
    var shown: String {
        switch kind {
        case .name, .number, .hexadecimal: "'\(content)'"
        case .attribute: "'[\(content)]'"
        case .text: "the text \"\(content)\""
        case .comparison(let comparison): "'\(comparison.rawValue)'"
        case .leftParenthesis: "'('"
        case .rightParenthesis: "')'"
        case .comma: "','"
        case .end: "the end"
        }
    }
}
