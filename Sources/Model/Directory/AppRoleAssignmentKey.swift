// What assignments of app roles are called on the wire.

/// The identifier of an assignment: 43 characters that hold its principal's and its own identifier.
///
/// Shape: `-WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eKc`, which is base64url (RFC 4648, section 5) of
/// 32 bytes without padding.
public struct AppRoleAssignmentKey: Sendable, Hashable {
    /// The user, group or service principal that is assigned.
    public let principal: GUID
    /// The assignment's own identifier.
    public let id: GUID

    /// A key of two identifiers.
    public init(principal: GUID, id: GUID) {
        self.principal = principal
        self.id = id
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Reads the 43 characters; nil for anything else.
    public init?(parsing text: String) {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        guard text.utf8.count == 43 else { return nil }
        for character in text.utf8 {
            guard let digit = AppRoleAssignmentKey.alphabet.firstIndex(of: character) else {
                return nil
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        self.init(
            principal: AppRoleAssignmentKey.guid(bytes[..<16]),
            id: AppRoleAssignmentKey.guid(bytes[16...]))
        // The last character has two bits to spare, which only one spelling leaves empty.
        guard description == text else { return nil }
    }

    /// The order in which the service's identifiers lie in memory: the first three parts reversed.
    private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

    private static func guid(_ bytes: ArraySlice<UInt8>) -> GUID {
        let ordered = order.map { bytes[bytes.startIndex + $0] }
        func word(_ part: ArraySlice<UInt8>) -> UInt64 {
            part.reduce(0) { $0 << 8 | UInt64($1) }
        }
        return GUID(high: word(ordered[..<8]), low: word(ordered[8...]))
    }

    private static func bytes(_ guid: GUID) -> [UInt8] {
        let plain = [guid.high, guid.low].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
        }
        return order.map { plain[$0] }
    }
}

extension AppRoleAssignmentKey: CustomStringConvertible {
    /// The 43 characters.
    public var description: String {
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in AppRoleAssignmentKey.bytes(principal) + AppRoleAssignmentKey.bytes(id) {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                result.append(AppRoleAssignmentKey.alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        result.append(AppRoleAssignmentKey.alphabet[Int(bits << UInt32(6 - count) & 63)])
        return String(decoding: result, as: UTF8.self)
    }
}
