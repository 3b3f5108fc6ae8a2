// Names on the wire are compared by their bytes.

extension String {
    /// Whether both texts are the same bytes.
    ///
    /// `==` also takes texts for equal that are canonically equivalent, such as the Kelvin sign and a K;
    /// names of members and enumerations are not compared so (RFC 8259, section 8.3).
    func isSame(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes(of: other) { $0.isSame(as: $1) } ?? utf8.elementsEqual(other.utf8)
    }

    /// Hands over the bytes of both texts; nil for texts that don't lie in one piece.
    func withBytes<Value>(
        of other: String,
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value? {
        utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { theirs in body(own, theirs) }
        } ?? nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether as many bytes are the same, compared by the word.
    fileprivate func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        let own = UnsafeRawBufferPointer(self)
        let theirs = UnsafeRawBufferPointer(other)
        var offset = 0
        while offset + 8 <= count {
            guard
                own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    == theirs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            else { return false }
            offset += 8
        }
        while offset < count {
            guard own[offset] == theirs[offset] else { return false }
            offset += 1
        }
        return true
    }
}
