// One header field, as it stands on the wire.

/// A header field: a name, which is compared without regard to case, and its value.
public struct HTTPField: Sendable, Equatable {
    /// The name as sent or as it shall be sent.
    public var name: String
    /// The value without surrounding blanks.
    public var value: String

    /// Makes a field from a name and a value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [HTTPField] {
    /// The value of the first field of this name; names are compared without regard to ASCII case.
    public func value(of name: String) -> String? {
        for field in self where field.name.equalsIgnoringASCIICase(name) {
            return field.value
        }
        return nil
    }
}
