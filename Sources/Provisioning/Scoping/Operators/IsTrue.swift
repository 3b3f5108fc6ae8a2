// IS TRUE

extension ScopingOperator {
    /// The attribute is true.
    static let isTrue = ScopingOperator.unary(
        "IS TRUE", [.boolean], isPublished: true,
        .eachValue { ScopingTest.boolean(of: $0) == true })
}
