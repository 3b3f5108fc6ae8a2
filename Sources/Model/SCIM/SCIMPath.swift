// A place in a resource, as PATCH operations and attribute mappings name it.

/// An attribute, one of its elements, or a sub-attribute of it (RFC 7644, section 3.5.2).
///
/// Shapes: `userName`, `name.givenName`, `members[value eq "2819c223"]`,
/// `emails[type eq "work"].value`,
/// `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`.
public struct SCIMPath: Sendable, Hashable {
    /// The attribute; a sub-attribute behind a condition is here too.
    public var attribute: SCIMAttributePath
    /// Which elements are meant; nil for all of them.
    public var condition: SCIMFilter?

    /// Makes a path of its parts.
    public init(attribute: SCIMAttributePath, condition: SCIMFilter? = nil) {
        self.attribute = attribute
        self.condition = condition
    }

    /// Parses a path.
    ///
    /// - Throws: `SCIMSyntaxError`, also for a text over `Limits.scimFilterBytes` and for nesting deeper
    ///   than `Limits.scimFilterDepth`.
    public init(parsing text: String) throws(SCIMSyntaxError) {
        var parser = try SCIMParser(text)
        self = try parser.path()
        try parser.expectEnd()
    }

    /// What a resource has at this place; null is nothing.
    ///
    /// A sub-attribute of several elements gives the first of them that has it, and so does a condition.
    public func value(in resource: JSONObject) -> JSONValue? {
        let isWhole = condition == nil && attribute.subAttribute == nil && !attribute.name.isEmpty
        guard isWhole else { return values(in: resource).first }
        guard let value = attribute.container(in: resource)?[scim: attribute.name] else {
            return .none
        }
        return value.isNull ? .none : .some(value)
    }

    /// All that a resource has at this place: an element for each that is meant.
    public func values(in resource: JSONObject) -> [JSONValue] {
        attribute.wholeElements(in: resource).compactMap { element in
            if let condition, !condition.matches(element: element) { return .none }
            guard let name = attribute.subAttribute else { return element }
            let isItsOwnValue = element.object == nil && name.isSameSCIMName(as: "value")
            guard let value = isItsOwnValue ? element : element.object?[scim: name] else {
                return .none
            }
            return value.isNull ? .none : .some(value)
        }
    }
}

extension SCIMPath: CustomStringConvertible {
    /// The path as text; parsing it gives the same path.
    public var description: String {
        guard let condition else { return attribute.description }
        var head = attribute
        head.subAttribute = nil
        let tail = attribute.subAttribute.map { "." + $0 } ?? ""
        return "\(head)[\(condition)]" + tail
    }
}
