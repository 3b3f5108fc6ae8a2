// Greater_Than_OR_EQUALS

extension ScopingOperator {
    /// The attribute is a whole number and not smaller than the value.
    static let greaterThanOrEquals = ScopingOperator.comparingIntegers("Greater_Than_OR_EQUALS") {
        $0 >= $1
    }
}
