// The list of all operators: filters are checked against it and `GET …/schema/filterOperators`
// prints it.

/// Every operator of scoping filters.
public enum ScopingOperatorTable {
    /// The published operators in the order of their documentation, then the portal's others.
    public static let all: [ScopingOperator] = [
        .equals, .notEquals, .regexMatch, .notRegexMatch, .isTrue, .isFalse, .isNull, .isNotNull,
        .greaterThan, .greaterThanOrEquals, .includes, .endsWith, .bitsSet, .bitsNotSet,
        .isMemberOf,
    ]

    /// The operators of the published list.
    public static let published: [ScopingOperator] = all.filter(\.isPublished)

    /// The operator of a name, which is spelled exactly.
    public static func `operator`(named name: String) -> ScopingOperator? {
        all.first { $0.name == name }
    }

    /// The operator that was probably meant by a name in the wrong case.
    static func suggestion(for name: String) -> String? {
        let lowered = name.lowercased()
        return all.first { $0.name.lowercased() == lowered }?.name
    }
}
