// A clause that has been checked and whose value has become a test.

internal import Expressions

/// A clause with its test.
struct PreparedClause: Sendable {
    let clause: ScopingClause
    private let place: ScopingError.Place
    private let test: ScopingTest

    init(
        _ clause: ScopingClause, at place: ScopingError.Place,
        attributes: ((String) -> ScopingAttribute?)?, _ limits: ScopingLimits
    ) throws(ScopingError) {
        self.clause = clause
        self.place = place
        let name = clause.operatorName
        guard let scopingOperator = ScopingOperatorTable.operator(named: name) else {
            let suggestion = ScopingOperatorTable.suggestion(for: name)
            throw ScopingError(.operatorUnknown(name: name, suggestion: suggestion), at: place)
        }
        guard let makeTest = scopingOperator.makeTest else {
            throw ScopingError(.operatorUnsupported(name: name), at: place)
        }
        try Self.check(clause, scopingOperator, at: place, attributes)
        // Unverified: the values of a unary operator, which needs none, are ignored.
        let isBinary = scopingOperator.arity == .binary
        guard !isBinary || clause.values.count == 1 else {
            throw ScopingError(.valueCount(name: name, found: clause.values.count), at: place)
        }
        let value = clause.values.first ?? ""
        do throws(ScopingOperator.Refusal) {
            test = try makeTest(value, limits)
        } catch {
            switch error {
            case .value(let expected):
                throw ScopingError(
                    .valueInvalid(name: name, expected: expected, found: value), at: place)
            case .regularExpression(let failure):
                throw ScopingError(.regularExpression(name: name, failure), at: place)
            }
        }
    }

    private static func check(
        _ clause: ScopingClause, _ scopingOperator: ScopingOperator,
        at place: ScopingError.Place, _ attributes: ((String) -> ScopingAttribute?)?
    ) throws(ScopingError) {
        let name = clause.sourceOperandName
        guard !ScopingAttribute.unfilterable.contains(name) else {
            throw ScopingError(.attributeUnfilterable(name), at: place)
        }
        guard let attributes else { return }
        guard let attribute = attributes(name) else {
            throw ScopingError(.attributeUnknown(name), at: place)
        }
        guard !attribute.isMultivalued else {
            throw ScopingError(.attributeMultivalued(name), at: place)
        }
        guard scopingOperator.supportedAttributeTypes.contains(attribute.type) else {
            throw ScopingError(
                .typeUnsupported(name: clause.operatorName, attribute: name, attribute.type),
                at: place)
        }
    }

    /// Whether a value passes.
    func passes(
        _ value: ExpressionValue, budget: inout RegularExpression.Budget
    ) throws(ScopingError) -> Bool {
        do throws(RegularExpression.Failure) {
            return try test.passes(value, budget: &budget)
        } catch {
            throw ScopingError(
                .regularExpression(name: clause.operatorName, error), at: place)
        }
    }
}
