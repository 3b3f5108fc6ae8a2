// !&

extension ScopingOperator {
    /// Not all bits of the value are set in the attribute.
    ///
    /// Unverified: see `bitsSet`.
    static let bitsNotSet = ScopingOperator.comparingIntegers("!&") { $0 & $1 != $1 }
}
