// A response as a test reads it from the wire.

import HTTP

/// A response with its fields and body.
struct RawResponse: Sendable, Equatable {
    var status: Int
    var fields: [HTTPField]
    var body: String

    func value(of name: String) -> String? {
        HTTPResponse(fields: fields).value(of: name)
    }

    /// Reads the first response of the bytes; nil while it is incomplete.
    static func parse(
        _ bytes: [UInt8], isBodiless: Bool
    ) -> (response: RawResponse, length: Int)? {
        let separator = Array("\r\n\r\n".utf8)
        guard
            let end = bytes.indices.first(where: { bytes[$0...].starts(with: separator) })
        else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
        if status == 100 { return parse(after: end + separator.count, bytes, isBodiless) }
        let fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return HTTPField(String(line[..<colon]), String(line[colon...].dropFirst(2)))
        }
        var response = RawResponse(status: status, fields: fields, body: "")
        let start = end + separator.count
        let announced = Int(response.value(of: "content-length") ?? "") ?? 0
        let length = isBodiless ? 0 : announced
        guard bytes.count >= start + length else { return nil }
        response.body = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
        return (response, start + length)
    }

    private static func parse(
        after skipped: Int, _ bytes: [UInt8], _ isBodiless: Bool
    ) -> (response: RawResponse, length: Int)? {
        guard let next = parse(Array(bytes[skipped...]), isBodiless: isBodiless) else { return nil }
        return (next.response, next.length + skipped)
    }
}
