// IS FALSE

extension ScopingOperator {
    /// The attribute is false; no value is not false.
    static let isFalse = ScopingOperator.unary(
        "IS FALSE", [.boolean], isPublished: true,
        .eachValue { ScopingTest.boolean(of: $0) == false })
}
