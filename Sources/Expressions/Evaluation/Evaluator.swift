// Tree to value: each part is evaluated when a function asks for it, and at most once.

/// One evaluation in progress.
struct Evaluator {
    let context: EvaluationContext
    let limits: ExpressionLimits
    /// The random source as it moves on.
    var random: (any RandomSource)?
    /// Whether a `Redact` has been evaluated.
    var isRedacted = false
    /// What regular expressions may still cost, all calls together.
    var regularExpressionBudget: RegularExpression.Budget
    private var remainingSteps: Int
    private var steps: [EvaluationStep] = []
    private let isRecording: Bool

    private init(_ context: EvaluationContext, _ limits: ExpressionLimits, isRecording: Bool) {
        self.context = context
        self.limits = limits
        self.isRecording = isRecording
        random = context.random
        regularExpressionBudget = RegularExpression.Budget(limits.regularExpression)
        remainingSteps = limits.steps
    }

    /// Evaluates a whole expression; the random source is handed back however it ends.
    static func run(
        _ expression: MappingExpression, in context: inout EvaluationContext, isRecording: Bool
    ) throws(ExpressionError) -> EvaluationResult {
        // The plain reference is most of what mappings hold and needs no machinery.
        if !isRecording, case .attribute(let name) = expression.tree.node {
            return EvaluationResult(
                flow: .write(context.attribute(name)), isRedacted: false, steps: [])
        }
        var evaluator = Evaluator(context, expression.limits, isRecording: isRecording)
        defer { context.random = evaluator.random }
        let flow: EvaluationResult.Flow
        do throws(EvaluationStop) {
            flow = .write(try evaluator.evaluate(expression.tree))
        } catch {
            switch error {
            case .failed(let failure): throw failure
            case .dropped: flow = .drop
            }
        }
        return EvaluationResult(
            flow: flow, isRedacted: evaluator.isRedacted, steps: evaluator.steps)
    }

    /// The value of a part.
    mutating func evaluate(_ tree: ExpressionTree) throws(EvaluationStop) -> ExpressionValue {
        try spend(1, at: tree.range)
        let value: ExpressionValue
        switch tree.node {
        case .attribute(let name):
            value = context.attribute(name)
        case .constant(let constant):
            // Unverified: numbers behave as the text constants they are stored as.
            value = .text(constant.text)
        case .call(let name, let arguments):
            value = try call(name, arguments, at: tree.range)
        case .condition(let left, let comparison, let right):
            let isTrue = try Condition(left, comparison, right).evaluate(&self)
            value = .one(.boolean(isTrue))
        }
        record(tree, value)
        return value
    }

    /// Notes the value of a part, when that was asked for.
    mutating func record(_ tree: ExpressionTree, _ value: ExpressionValue) {
        guard isRecording else { return }
        steps.append(
            EvaluationStep(range: tree.range, expression: tree.description, value: value))
    }

    private mutating func call(
        _ name: String, _ arguments: [ExpressionTree?], at range: Range<Int>
    ) throws(EvaluationStop) -> ExpressionValue {
        // A tree made by hand may name anything; one that was parsed cannot.
        guard let function = FunctionTable.function(named: name) else {
            throw .failed(
                ExpressionError(.functionUnknown(name: name, suggestion: nil), at: range))
        }
        let call = FunctionCall(function: function, arguments: arguments, range: range)
        let value = try function.body(call, &self)
        let size = value.size
        guard size <= limits.resultBytes else {
            throw .failed(
                ExpressionError(.resultTooLarge(limitBytes: limits.resultBytes), at: range))
        }
        try spend(size / 1024, at: range)
        return value
    }

    private mutating func spend(_ steps: Int, at range: Range<Int>) throws(EvaluationStop) {
        remainingSteps -= steps
        guard remainingSteps >= 0 else {
            throw .failed(ExpressionError(.tooManySteps(limit: limits.steps), at: range))
        }
    }
}
