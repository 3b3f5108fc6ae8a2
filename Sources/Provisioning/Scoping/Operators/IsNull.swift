// IS NULL

extension ScopingOperator {
    /// The attribute has no value, or the empty text.
    static let isNull = ScopingOperator.unary(
        "IS NULL", [.integer, .string, .binary, .boolean], isPublished: true, .presence(false))
}
