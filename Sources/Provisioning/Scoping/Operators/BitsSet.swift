// &

extension ScopingOperator {
    /// All bits of the value are set in the attribute.
    ///
    /// Unverified: the documentation describes the operator in words that fit no test of a
    /// number; its name and type are those of a bit mask.
    static let bitsSet = ScopingOperator.comparingIntegers("&") { $0 & $1 == $1 }
}
