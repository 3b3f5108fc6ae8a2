// Names on the wire are compared by their bytes.

extension String {
    /// Whether both texts are the same bytes.
    ///
    /// `==` also takes texts for equal that are canonically equivalent, such as the Kelvin sign and a K;
    /// names of members and enumerations are not compared so (RFC 8259, section 8.3).
    func isSame(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
