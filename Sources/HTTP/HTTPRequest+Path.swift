// Turning a raw path into the segments a router wants.

extension HTTPRequest {
    /// The path split at `/` and decoded: `/a//b%2Fc/` is `a`, ``, `b/c`, ``; `/` has no segments.
    ///
    /// Splitting comes before decoding, so an escaped slash stays inside its segment. Nil if an
    /// escape is malformed or a segment is not UTF-8.
    public var pathSegments: [String]? {
        let relative = path.utf8.first == 0x2F ? path.dropFirst() : path[...]
        guard !relative.isEmpty else { return [] }
        var segments: [String] = []
        for part in relative.split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = Self.percentDecode(part) else { return nil }
            segments.append(segment)
        }
        return segments
    }

    /// The text with each `%xx` replaced by its byte; `+` is left alone.
    ///
    /// Nil if an escape is not two hexadecimal digits or the result is not UTF-8. `%00` gives a
    /// NUL character: it is for the caller to refuse where it can do harm.
    public static func percentDecode(_ raw: Substring) -> String? {
        PercentEncoding.decode(raw.utf8, plusIsSpace: false)
    }
}
