// Tokens to tree, with one token of look-ahead and a stack of open calls instead of recursion.

/// Builds the tree of one expression.
struct ExpressionParser {
    /// A call whose closing parenthesis has not come yet.
    private struct OpenCall {
        let function: ExpressionFunction
        let start: Int
        var arguments: [ExpressionTree?] = []
        /// The left side and the operator of a comparison whose right side has not come yet.
        var comparison: (left: ExpressionTree, ComparisonOperator)?

        /// Adds an argument, which is the right side of an open comparison if there is one.
        mutating func append(_ value: ExpressionTree?, before token: ExpressionToken) {
            if let (left, comparison) = comparison, let value {
                let range = left.range.lowerBound..<value.range.upperBound
                arguments.append(ExpressionTree(.condition(left, comparison, value), at: range))
            } else if value != nil || !arguments.isEmpty || token.kind == .comma {
                // Nothing between the parentheses is no argument at all.
                arguments.append(value)
            }
            comparison = nil
        }
    }

    private var lexer: ExpressionLexer
    private var token: ExpressionToken
    private var open: [OpenCall] = []
    private let limits: ExpressionLimits

    init(_ text: String, limits: ExpressionLimits) throws(ExpressionError) {
        let length = text.utf16.count
        guard length <= limits.characters else {
            throw ExpressionError(
                .textTooLong(limit: limits.characters, found: length), at: 0..<0)
        }
        lexer = ExpressionLexer(text)
        token = try lexer.next()
        self.limits = limits
    }

    /// The tree of the whole text.
    mutating func parse() throws(ExpressionError) -> ExpressionTree {
        var value = try operand()
        while !open.isEmpty {
            value = try continueInnermostCall(with: value)
        }
        guard let value else { throw unexpected("a function, an attribute or a constant") }
        if case .comparison = token.kind {
            throw ExpressionError(.comparisonNotAllowed(function: nil), at: token.range)
        }
        guard token.kind == .end else { throw unexpected("the end of the expression") }
        return value
    }

    /// Reads on in the innermost open call.
    ///
    /// - Parameter value: The value just read, nil at the beginning of an argument.
    /// - Returns: The value to go on with: a side of a comparison, the call itself once it is
    ///   closed, nil at the beginning of the next argument or of a call in this one.
    /// - Throws: `ExpressionError` with the first fault.
    private mutating func continueInnermostCall(
        with value: ExpressionTree?
    ) throws(ExpressionError) -> ExpressionTree? {
        guard let value else {
            let isBlank = token.kind == .comma || token.kind == .rightParenthesis
            return isBlank ? try endArgument(nil) : try operand()
        }
        let innermost = open.count - 1
        guard case .comparison(let comparison) = token.kind, open[innermost].comparison == nil
        else { return try endArgument(value) }
        let function = open[innermost].function
        guard function.parameter(at: open[innermost].arguments.count)?.type == .condition else {
            throw ExpressionError(
                .comparisonNotAllowed(function: function.name), at: token.range)
        }
        open[innermost].comparison = (value, comparison)
        try advance()
        return try operand()
    }

    /// Adds an argument to the innermost call and reads the comma or parenthesis behind it.
    private mutating func endArgument(
        _ value: ExpressionTree?
    ) throws(ExpressionError) -> ExpressionTree? {
        open[open.count - 1].append(value, before: token)
        switch token.kind {
        case .comma:
            try advance()
            return nil
        case .rightParenthesis:
            let end = token.range.upperBound
            try advance()
            guard let call = open.popLast() else { return nil }
            let range = call.start..<end
            try CallRules.check(
                call.function, call.arguments, at: range, isOutermost: open.isEmpty)
            return ExpressionTree(
                .call(name: call.function.name, arguments: call.arguments), at: range)
        default:
            throw unexpected("',' or ')'")
        }
    }

    private mutating func advance() throws(ExpressionError) {
        token = try lexer.next()
    }

    /// A value; nil when it is a call, which is open then.
    private mutating func operand() throws(ExpressionError) -> ExpressionTree? {
        let first = token
        switch first.kind {
        case .attribute:
            try advance()
            return ExpressionTree(.attribute(first.content), at: first.range)
        case .text: return try constant(.text)
        case .number: return try constant(.number)
        case .hexadecimal: return try constant(.hexadecimal)
        case .name: return try nameOrCall()
        default: throw unexpected("a function, an attribute or a constant")
        }
    }

    private mutating func constant(
        _ form: ExpressionTree.Constant.Form
    ) throws(ExpressionError) -> ExpressionTree {
        let first = token
        try advance()
        return ExpressionTree(.constant(.init(first.content, form: form)), at: first.range)
    }

    private mutating func nameOrCall() throws(ExpressionError) -> ExpressionTree? {
        let name = token
        try advance()
        guard token.kind == .leftParenthesis else {
            if ExpressionTree.keywords.contains(name.content) {
                return ExpressionTree(
                    .constant(.init(name.content, form: .keyword)), at: name.range)
            }
            let reason: ExpressionError.Reason =
                Self.isLogicalOperator(name)
                ? .logicalOperator(name.content) : .wordUnknown(name.content)
            throw ExpressionError(reason, at: name.range)
        }
        guard let function = FunctionTable.function(named: name.content) else {
            let suggestion = FunctionTable.suggestion(for: name.content)
            throw ExpressionError(
                .functionUnknown(name: name.content, suggestion: suggestion), at: name.range)
        }
        guard open.count < limits.depth else {
            throw ExpressionError(.nestingTooDeep(limit: limits.depth), at: name.range)
        }
        open.append(OpenCall(function: function, start: name.range.lowerBound))
        try advance()
        return nil
    }

    private static func isLogicalOperator(_ token: ExpressionToken) -> Bool {
        token.kind == .name && ["AND", "OR", "NOT"].contains(token.content.uppercased())
    }

    private func unexpected(_ expected: String) -> ExpressionError {
        if Self.isLogicalOperator(token) {
            return ExpressionError(.logicalOperator(token.content), at: token.range)
        }
        return ExpressionError(
            .unexpected(found: token.shown, expected: expected), at: token.range)
    }
}
