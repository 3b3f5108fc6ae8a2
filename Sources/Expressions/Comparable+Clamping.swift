// The value of a range that is nearest to a value.

extension Comparable {
    /// The value, or the nearest end of a range it lies outside of.
    func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
