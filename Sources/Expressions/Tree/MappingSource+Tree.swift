// Between trees and mapping sources, both ways.

extension ExpressionTree {
    /// The tree as a mapping source.
    ///
    /// Constants of any form are text constants: the number `1` has the expression `"1"`.
    ///
    /// Unverified: the arguments of a repeated parameter all have its name as their key, because
    /// the metadata says that one name may occur several times.
    ///
    /// Unverified: a comparison is a function named like its operator, of `left` and `right`.
    public var mappingSource: MappingSource {
        switch node {
        case .attribute(let name):
            return MappingSource(type: .attribute, name: name, expression: description)
        case .constant(let constant):
            return MappingSource(
                type: .constant, name: constant.text, expression: constant.quoted)
        case .call(let name, let arguments):
            let function = FunctionTable.function(named: name)
            let declared = function?.parameters(forArgumentCount: arguments.count) ?? []
            var parameters: [MappingSource.Parameter] = []
            for (index, argument) in arguments.enumerated() {
                guard let argument else { continue }
                let key = FunctionParameter.find(in: declared, at: index)?.name ?? "\(index + 1)"
                parameters.append(.init(key: key, value: argument.mappingSource))
            }
            return MappingSource(
                type: .function, name: name, expression: description, parameters: parameters)
        case .condition(let left, let comparison, let right):
            return MappingSource(
                type: .function, name: comparison.rawValue, expression: description,
                parameters: [
                    .init(key: "left", value: left.mappingSource),
                    .init(key: "right", value: right.mappingSource),
                ])
        }
    }

    /// Reads a mapping source.
    ///
    /// An attribute and a constant are what their name says. A function is what its expression
    /// says, and only without one what its parameters say: people who edit schemas change the
    /// expression and leave the parameters behind.
    ///
    /// Unverified: which of the two the service trusts.
    /// - Parameters:
    ///   - source: The source.
    ///   - limits: What the expression may cost.
    /// - Throws: `ExpressionError` with the first fault.
    public init(
        _ source: MappingSource, limits: ExpressionLimits = .standard
    ) throws(ExpressionError) {
        switch source.type {
        case .attribute where !source.name.isEmpty:
            guard AttributeName.isValid(source.name) else {
                throw ExpressionError(.attributeNameInvalid(source.name), at: 0..<0)
            }
            self.init(.attribute(source.name))
        case .constant:
            self.init(.constant(.init(source.name)))
        case .attribute, .function:
            let hasText = !source.expression.isEmpty
            let text = hasText ? source.expression : try source.composed(depth: 0, limits)
            var parser = try ExpressionParser(text, limits: limits)
            self = try parser.parse()
        }
    }
}

extension MappingSource {
    /// The text that the source's parameters make, to be parsed and so checked like any other.
    fileprivate func composed(
        depth: Int, _ limits: ExpressionLimits
    ) throws(ExpressionError) -> String {
        guard depth <= limits.depth else {
            throw ExpressionError(.nestingTooDeep(limit: limits.depth), at: 0..<0)
        }
        switch type {
        case .attribute where AttributeName.isValid(name): return "[\(name)]"
        case .attribute: throw ExpressionError(.attributeNameInvalid(name), at: 0..<0)
        case .constant: return ExpressionTree.Constant(name).quoted
        case .function: break
        }
        if let comparison = ComparisonOperator(rawValue: name), parameters.count == 2 {
            let left = try parameters[0].value.composed(depth: depth + 1, limits)
            let right = try parameters[1].value.composed(depth: depth + 1, limits)
            return "\(left) \(comparison.rawValue) \(right)"
        }
        guard let function = FunctionTable.function(named: name) else {
            let suggestion = FunctionTable.suggestion(for: name)
            throw ExpressionError(
                .functionUnknown(name: name, suggestion: suggestion), at: 0..<0)
        }
        let slots = try arguments(of: function)
        var texts: [String] = []
        for slot in slots { texts.append(try slot?.composed(depth: depth + 1, limits) ?? "") }
        return "\(name)(\(texts.joined(separator: ", ")))"
    }

    /// The arguments in the order of the function's parameters; optional ones may stay blank.
    ///
    /// A key with a number behind it, such as `source2`, is understood as its parameter.
    private func arguments(
        of function: ExpressionFunction
    ) throws(ExpressionError) -> [MappingSource?] {
        let declared = declaredParameters(of: function)
        var fixed: [MappingSource?] = []
        var repeated: [MappingSource?] = []
        var used = 0
        for parameter in declared {
            let matching = parameters.filter { parameter.isNamed(by: $0.key) }.map(\.value)
            used += matching.count
            if parameter.repeats {
                repeated = matching
            } else if matching.count > 1 {
                throw ExpressionError(
                    .parameterRepeated(function: name, key: parameter.name), at: 0..<0)
            } else {
                fixed.append(matching.first)
            }
        }
        guard used == parameters.count else {
            let unknown = parameters.first { given in
                !declared.contains { $0.isNamed(by: given.key) }
            }
            throw ExpressionError(
                .parameterUnknown(function: name, key: unknown?.key ?? ""), at: 0..<0)
        }
        return fixed + repeated
    }

    private func declaredParameters(of function: ExpressionFunction) -> [FunctionParameter] {
        guard let former = function.formerParameters else { return function.parameters }
        let isFormer =
            parameters.count == former.count
            && parameters.allSatisfy { given in former.contains { $0.isNamed(by: given.key) } }
        return isFormer ? former : function.parameters
    }
}

extension FunctionParameter {
    /// Whether a key of a stored parameter means this one.
    fileprivate func isNamed(by key: String) -> Bool {
        guard repeats, key.hasPrefix(name) else { return key == name }
        return key.dropFirst(name.count).allSatisfy(\.isNumber)
    }
}
