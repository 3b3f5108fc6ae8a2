// The target of a request line, split into path and query (RFC 9112, section 3.2).

/// Path and query of a request target, both as sent.
struct RequestTarget: Equatable {
    var path: String
    var query: String?

    /// Splits a raw target in origin, absolute, authority or asterisk form.
    init(parsing raw: UnsafeBufferPointer<UInt8>) {
        let relative = Self.withoutAuthority(raw)
        let questionMark = relative.firstIndex(of: 0x3F)
        let path = relative[..<(questionMark ?? relative.endIndex)]
        self.path = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
        query = questionMark.map { String(decoding: relative[($0 + 1)...], as: UTF8.self) }
    }

    /// The target from its path on; only the absolute form has something to leave out.
    private static func withoutAuthority(
        _ raw: UnsafeBufferPointer<UInt8>
    ) -> Slice<UnsafeBufferPointer<UInt8>> {
        guard let first = raw.first, first != 0x2F, first != 0x2A,
            let colon = raw.firstIndex(of: 0x3A), colon + 2 < raw.endIndex,
            raw[colon + 1] == 0x2F, raw[colon + 2] == 0x2F,
            raw[..<colon].allSatisfy(isSchemeByte)
        else { return raw[...] }
        let authority = raw[(colon + 3)...]
        let end = authority.firstIndex { $0 == 0x2F || $0 == 0x3F } ?? authority.endIndex
        return raw[end...]
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }
}
