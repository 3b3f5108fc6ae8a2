// IS NOT NULL

extension ScopingOperator {
    /// The attribute has a value other than the empty text.
    static let isNotNull = ScopingOperator.unary(
        "IS NOT NULL", [.integer, .string, .binary, .boolean], isPublished: true, .presence(true))
}
