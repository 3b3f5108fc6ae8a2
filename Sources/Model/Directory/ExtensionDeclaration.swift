// A directory extension property: a typed attribute that an application adds to other objects.

/// The names that extension properties have: `extension_<appId without dashes>_<name>`.
public enum ExtensionName {
    /// Whether a member's name is that of an extension property.
    public static func isExtension(_ name: String) -> Bool { name.hasPrefix("extension_") }

    /// The full name of a property that an application declares.
    public static func full(_ name: String, appID: GUID) -> String {
        "extension_\(appID.withoutDashes)_\(name)"
    }

    /// Whether text can be the last part of a name: a letter or `_`, then letters, digits and `_`.
    public static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.count <= 128
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || byte == 0x5F
            }
    }
}

/// What an extension property says about the values it takes.
///
/// Follows "extensionProperty resource type".
public struct ExtensionDeclaration: Sendable, Equatable {
    /// The types that values can have.
    public enum DataType: String, Sendable, CaseIterable {
        case binary = "Binary"
        case boolean = "Boolean"
        case dateTime = "DateTime"
        case integer = "Integer"
        case largeInteger = "LargeInteger"
        case string = "String"
    }

    /// What the values are.
    public let dataType: DataType
    /// Whether a value is a list.
    public let isMultiValued: Bool
    /// The kinds of objects that carry it, such as `User`.
    public let targetObjects: [String]

    /// Makes a declaration.
    public init(dataType: DataType, isMultiValued: Bool, targetObjects: [String]) {
        self.dataType = dataType
        self.isMultiValued = isMultiValued
        self.targetObjects = targetObjects
    }

    /// Whether a value fits; null always does.
    public func allows(_ value: JSONValue) -> Bool {
        if value.isNull { return true }
        guard isMultiValued else { return allowsSingle(value) }
        guard let elements = value.array else { return false }
        return elements.allSatisfy(allowsSingle)
    }

    private func allowsSingle(_ value: JSONValue) -> Bool {
        switch dataType {
        case .binary: value.string.map { $0.utf8.count <= 344 } ?? false
        case .boolean: value.bool != nil
        case .dateTime: value.string.map { Timestamp(parsing: $0) != nil } ?? false
        case .integer: value.integer.map { Int32(exactly: $0) != nil } ?? false
        case .largeInteger: value.integer != nil
        case .string: value.string.map { $0.count <= 256 } ?? false
        }
    }
}
