// Random trees that a parser could have made, for property tests.

@testable import Expressions

/// Makes random expression trees from a seed.
struct TreeGenerator {
    private var random: SeededRandomSource

    init(seed: UInt64) {
        random = SeededRandomSource(seed: seed)
    }

    /// A tree of at most so many levels.
    mutating func tree(depth: Int) -> ExpressionTree {
        tree(depth: depth, isOutermost: true)
    }

    private mutating func tree(depth: Int, isOutermost: Bool) -> ExpressionTree {
        let isLeaf = depth == 0 || random.next(below: 5) == 0
        guard !isLeaf else {
            return ExpressionTree(
                random.next(below: 2) == 0 ? .attribute(attributeName()) : .constant(constant()))
        }
        let function = FunctionTable.all[random.next(below: FunctionTable.all.count)]
        guard isOutermost || !function.rules.contains(.outermostOnly) else {
            return tree(depth: 0, isOutermost: false)
        }
        return ExpressionTree(
            .call(name: function.name, arguments: arguments(of: function, depth: depth)))
    }

    private mutating func arguments(
        of function: ExpressionFunction, depth: Int
    ) -> [ExpressionTree?] {
        let isFormer = function.formerParameters != nil && random.next(below: 2) == 0
        let parameters = isFormer ? function.formerParameters ?? [] : function.parameters
        var count = function.minimumArguments(of: parameters)
        let isOpen = parameters.last?.repeats == true
        count += random.next(below: isOpen ? 5 : parameters.count - count + 1)
        if function.formerParameters?.count == count, !isFormer { count = parameters.count }
        if function.rules.contains(.pairs), !count.isMultiple(of: 2) { count += 1 }
        let arguments: [ExpressionTree?] = (0..<count).map { index in
            let parameter = FunctionParameter.find(in: parameters, at: index)
            let isRequired = parameter?.isRequired == true && index < parameters.count
            if !isRequired, random.next(below: 3) == 0 { return nil }
            return argument(for: parameter?.type ?? .string, depth: depth - 1)
        }
        // A single blank argument would print as no argument.
        return arguments.count == 1 && arguments[0] == nil ? [] : arguments
    }

    private mutating func argument(
        for type: FunctionParameter.ParameterType, depth: Int
    ) -> ExpressionTree {
        switch type {
        case .condition where random.next(below: 2) == 0:
            let operators = ComparisonOperator.allCases
            return ExpressionTree(
                .condition(
                    tree(depth: depth, isOutermost: false),
                    operators[random.next(below: operators.count)],
                    tree(depth: depth, isOutermost: false)))
        case .integer:
            let number = Int64(bitPattern: random.nextWord()) >> Int64(random.next(below: 64))
            return ExpressionTree(.constant(.init(String(number), form: .number)))
        default:
            return tree(depth: depth, isOutermost: false)
        }
    }

    private mutating func constant() -> ExpressionTree.Constant {
        switch random.next(below: 6) {
        case 0: .init(String(random.next(below: 1_000_000)), form: .number)
        case 1: .init("&H" + String(random.nextWord(), radix: 16), form: .hexadecimal)
        case 2: .init("vbTextCompare", form: .keyword)
        default: .init(text(of: ["\"", "\\", ",", ")", "(", "[", "]", "\n", "é", "😀", " ", "a"]))
        }
    }

    private mutating func attributeName() -> String {
        switch random.next(below: 4) {
        case 0: "emails[type eq \"\(text(of: ["]", "[", "x", ","]))\"].value"
        case 1: "a[b[c]][d]"
        default: "a" + text(of: ["b", ":", ".", " ", "é", "\"", "\\", ","])
        }
    }

    private mutating func text(of pieces: [String]) -> String {
        (0..<random.next(below: 6)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
}
