// Greater_Than

extension ScopingOperator {
    /// The attribute is a larger whole number than the value.
    static let greaterThan = ScopingOperator.comparingIntegers("Greater_Than") { $0 > $1 }
}
