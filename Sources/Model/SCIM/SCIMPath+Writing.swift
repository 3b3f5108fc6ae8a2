// Writing a value to a place in a resource.

extension SCIMPath {
    /// Whether a resource has an element that the path's condition means; true without a condition.
    public func hasTarget(in resource: JSONObject) -> Bool {
        guard let condition else { return true }
        return attribute.wholeElements(in: resource).contains { condition.matches(element: $0) }
    }

    /// Writes a value over what is at this place, or removes it.
    ///
    /// What leads to the place is made where it is missing: the extension's object, the complex attribute,
    /// and for a condition an element that its `eq` clauses describe (`emails[type eq "work"].value`
    /// gives `{"type":"work","value":…}`). An extension or complex attribute that is left empty goes.
    ///
    /// - Parameters:
    ///   - value: the value; nil or null removes what is there.
    ///   - resource: the resource.
    public func write(_ value: JSONValue?, to resource: inout JSONObject) {
        let value = value.flatMap { $0.isNull ? Optional.none : $0 }
        guard let schema = attribute.schema else {
            writeAttribute(value, to: &resource)
            return
        }
        guard !attribute.name.isEmpty else {
            resource[scim: schema] = value
            return
        }
        var container = resource[scim: schema]?.object ?? JSONObject()
        writeAttribute(value, to: &container)
        resource[scim: schema] = container.members.isEmpty ? .none : .some(.object(container))
    }

    private func writeAttribute(_ value: JSONValue?, to container: inout JSONObject) {
        if let condition {
            writeElements(value, condition, to: &container)
            return
        }
        guard let name = attribute.subAttribute else {
            container[scim: attribute.name] = value
            return
        }
        switch container[scim: attribute.name] {
        case .array(let elements) where !elements.isEmpty:
            container[scim: attribute.name] = .array(
                elements.map { SCIMPath.element($0, setting: name, to: value) })
        case let old:
            let element = SCIMPath.element(old ?? .object(JSONObject()), setting: name, to: value)
            container[scim: attribute.name] = element.isSCIMEmpty ? .none : .some(element)
        }
    }

    private func writeElements(
        _ value: JSONValue?, _ condition: SCIMFilter, to container: inout JSONObject
    ) {
        var isMet = false
        var elements: [JSONValue] = []
        let old = SCIMAttributePath(name: attribute.name).wholeElements(in: container)
        for element in old {
            guard condition.matches(element: element) else {
                elements.append(element)
                continue
            }
            isMet = true
            if let name = attribute.subAttribute {
                elements.append(SCIMPath.element(element, setting: name, to: value))
            } else if let value {
                elements.append(value)
            }
        }
        if !isMet, let value { elements.append(newElement(value, condition)) }
        guard isMet || value != nil else { return }
        container[scim: attribute.name] = elements.isEmpty ? .none : .some(.array(elements))
    }

    /// The element that a condition describes, with a value in it.
    private func newElement(_ value: JSONValue, _ condition: SCIMFilter) -> JSONValue {
        var members = condition.describedElement
        if let name = attribute.subAttribute {
            members[scim: name] = value
        } else if let given = value.object {
            for member in given.members { members[scim: member.name] = member.value }
        } else {
            return value
        }
        return .object(members)
    }

    private static func element(
        _ element: JSONValue, setting name: String, to value: JSONValue?
    ) -> JSONValue {
        var members = element.object ?? JSONObject()
        if element.object == nil, !element.isNull, !name.isSameSCIMName(as: "value") {
            members["value"] = element
        }
        members[scim: name] = value
        return .object(members)
    }
}

extension SCIMFilter {
    /// The element that the filter's `eq` clauses describe: `type eq "work"` gives `{"type":"work"}`.
    ///
    /// `primary`, the one boolean among the standard sub-attributes, becomes one from text too.
    public var describedElement: JSONObject {
        var members = JSONObject()
        describe(&members)
        return members
    }

    private func describe(_ members: inout JSONObject) {
        switch self {
        case .all(let filters): for filter in filters { filter.describe(&members) }
        case .comparison(let path, .equal, let value) where path.subAttribute == nil:
            let isPrimary = path.name.isSameSCIMName(as: "primary")
            let flag = isPrimary ? value.scimBoolean : nil
            members[scim: path.name] = flag.map(JSONValue.bool) ?? value
        default: break
        }
    }
}

extension JSONValue {
    /// A boolean, also one that is written as text, as the service's default dialect has it.
    public var scimBoolean: Bool? {
        switch self {
        case .bool(let flag): return flag
        case .string(let text):
            if text.isSameSCIMName(as: "true") { return true }
            return text.isSameSCIMName(as: "false") ? false : nil
        default: return nil
        }
    }
}
