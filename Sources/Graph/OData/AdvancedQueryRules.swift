// What directory objects let queries do, and what they ask the advanced parameters for.

import Model

/// The rules of "Advanced query capabilities on Microsoft Entra ID objects".
struct AdvancedQueryRules {
    let type: StructuredType
    /// Whether `ConsistencyLevel: eventual` and `$count=true` were both given.
    let isAdvanced: Bool
    let isLenient: Bool

    /// The type's name as the directory service spells it: `ServicePrincipal`.
    private var resource: String { type.name.prefix(1).uppercased() + type.name.dropFirst() }

    /// Checks a filter.
    ///
    /// - Throws: `GraphError.needsAdvanced` for an operator, `.notFilterable` for a property.
    func check(_ filter: FilterExpression) throws(GraphError) {
        guard !isLenient else { return }
        switch filter {
        case .and(let left, let right), .or(let left, let right):
            try check(left)
            try check(right)
        case .not(let inner):
            try require("not")
            try check(inner)
        case .compare(let operand, let comparison, let literal):
            if operand.function == .count { try require("$count") }
            if comparison == .notEqual { try require("ne") }
            try check(operand.path, isNull: literal == .null)
        case .oneOf(let operand, let literals):
            try check(operand.path, isNull: literals.contains(.null))
        case .match(let match, let operand, _): try check(match, operand)
        case .any(let path, let inner):
            try check(path, isNull: false)
            if let inner { try check(inner, within: path) }
        case .all(let path, let inner):
            try require("all")
            try check(path, isNull: false)
            try check(inner, within: path)
        }
    }

    private func check(_ match: FilterMatch, _ operand: FilterOperand) throws(GraphError) {
        if match == .contains { throw notFilterable(operand.path) }
        if match == .endsWith {
            try require("endsWith")
            if let property = property(operand.path), !property.traits.takesEndsWith {
                throw notFilterable(operand.path)
            }
        }
        try check(operand.path, isNull: false)
    }

    /// A condition on a collection's elements: what is about them goes by the collection's rules.
    private func check(
        _ filter: FilterExpression, within path: FilterPath
    ) throws(GraphError) {
        if case .match(.endsWith, let operand, _) = filter, operand.path.lambda != nil {
            try require("endsWith")
            guard property(path)?.traits.takesEndsWith != false else { throw notFilterable(path) }
            return
        }
        try check(filter)
    }

    private func property(_ path: FilterPath) -> TypeProperty? {
        guard path.lambda == nil, let name = path.names.first else { return nil }
        return type.property(name)
    }

    private func check(_ path: FilterPath, isNull: Bool) throws(GraphError) {
        guard let property = property(path) else { return }
        switch property.traits.filtering {
        case .none: if property.name != "id" { throw notFilterable(path) }
        case .standard: if isNull, !isAdvanced { throw notFilterable(path) }
        case .advanced: if !isAdvanced { throw notFilterable(path) }
        }
    }

    /// Checks what a list is sorted by.
    ///
    /// - Throws: `GraphError.sortingNotSupported`.
    func check(_ order: SortOrder, isFiltered: Bool) throws(GraphError) {
        guard !isLenient else { return }
        if isFiltered, !isAdvanced { throw GraphError.sortingNotSupported }
        switch type.property(order.property)?.traits.sorting {
        case .standard?: break
        case .advanced?: if !isAdvanced { throw GraphError.sortingNotSupported }
        default: throw GraphError.sortingNotSupported
        }
    }

    private func require(_ operation: String) throws(GraphError) {
        guard isAdvanced else { throw GraphError.needsAdvanced(operation) }
    }

    private func notFilterable(_ path: FilterPath) -> GraphError {
        .notFilterable(path.names.first ?? "", of: resource)
    }
}
