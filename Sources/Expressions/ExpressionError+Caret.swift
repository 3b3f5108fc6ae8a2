// Shows an error's place under the line of the expression it is in.

extension ExpressionError {
    /// Renders the line that holds the error, a line of carets under the place, and the message.
    ///
    /// ```
    /// Append([a], 'b')
    ///             ^ found '…
    /// ```
    /// Tabs are kept so that the columns meet; a place that spans lines is marked in its first.
    /// - Parameter text: The expression that was parsed.
    /// - Returns: Two lines without a final line break.
    public func caret(in text: String) -> String {
        let bytes = Array(text.utf8)
        let start = min(max(range.lowerBound, 0), bytes.count)
        let end = min(max(range.upperBound, start), bytes.count)
        let isBreak = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
        let lineStart = bytes[..<start].lastIndex(where: isBreak).map { $0 + 1 } ?? 0
        let lineEnd = bytes[start...].firstIndex(where: isBreak) ?? bytes.count
        let line = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
        let before = String(decoding: bytes[lineStart..<start], as: UTF8.self)
        let marked = String(decoding: bytes[start..<min(end, lineEnd)], as: UTF8.self)
        let indent = String(before.map { $0 == "\t" ? "\t" : " " })
        let carets = String(repeating: "^", count: max(1, marked.count))
        return "\(line)\n\(indent)\(carets) \(self)"
    }
}
