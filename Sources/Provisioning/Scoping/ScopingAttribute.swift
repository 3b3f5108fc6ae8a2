// What a filter has to know of a source attribute to be checked.

/// The type of a source attribute and whether it has several values.
public struct ScopingAttribute: Hashable, Sendable {
    /// The types of attributes, spelled as in the schema.
    public enum AttributeType: String, CaseIterable, Hashable, Sendable {
        /// Bytes.
        case binary = "Binary"
        /// `True` or `False`.
        case boolean = "Boolean"
        /// A date.
        case dateTime = "DateTime"
        /// A whole number.
        case integer = "Integer"
        /// Another object.
        case reference = "Reference"
        /// Text.
        case string = "String"
    }

    /// The type.
    public var type: AttributeType
    /// Whether it may have several values.
    public var isMultivalued: Bool

    /// Makes a description of an attribute.
    public init(_ type: AttributeType, isMultivalued: Bool = false) {
        self.type = type
        self.isMultivalued = isMultivalued
    }

    /// The attributes the service does not let a filter use, whatever their type.
    static let unfilterable: Set<String> = [
        "appRoleAssignments", "manager", "members", "userType",
    ]
}
