// Reading a SCIM resource into the values that a mapping compares.

import Expressions
import Model

extension TargetObject {
    /// Reads a resource: its identifier, and the values of the type's attributes that it has.
    ///
    /// Names are compared without case. A boolean attribute's value is a boolean also where the
    /// endpoint keeps it as text.
    ///
    /// - Returns: nil for a resource without an `id`.
    init?(_ resource: JSONObject, _ type: SCIMTargetType) {
        guard let id = TargetObject.id(of: resource) else { return nil }
        var values: [String: ExpressionValue] = [:]
        values.reserveCapacity(type.attributes.count)
        for attribute in type.attributes {
            if let value = attribute.value(in: resource) { values[attribute.target.name] = value }
        }
        self.init(id: id, values: values)
    }

    /// The identifier of a resource; nil when it has none.
    fileprivate static func id(of resource: JSONObject) -> String? {
        switch resource[scim: "id"] {
        case .string(let text) where !text.isEmpty: text
        case .integer(let number): String(number)
        default: nil
        }
    }
}

extension TargetObject {
    /// Whether an object that was found by an attribute's value can be meant: an endpoint that ignores
    /// the filter, or a clause of it, shows objects that have another value.
    public func mayHave(_ value: String, of attribute: TargetAttribute) -> Bool {
        guard let shown = values[attribute.name]?.texts, !shown.isEmpty else { return true }
        let wanted = value.lowercased()
        return shown.contains { $0.lowercased() == wanted }
    }
}

extension SCIMAttribute {
    /// Whether a resource tells that it refers to another one.
    ///
    /// Asked is for the identifier alone. What shows more and not the reference was found by an
    /// endpoint that left out a clause of the filter.
    fileprivate func mayRefer(in resource: JSONObject, id: String, to other: String) -> Bool {
        if let found = resource[scim: "id"]?.string, found != id { return false }
        let shown = path.values(in: resource).compactMap { element in
            (element.object?[scim: "value"] ?? element).string
        }
        if !shown.isEmpty { return shown.contains(other) }
        let heads = ["schemas", "id", "externalId", "meta"]
        return resource.members.allSatisfy { member in
            heads.contains { $0.isSameSCIMName(as: member.name) }
        }
    }

    /// What a resource has of the attribute; nil when that is nothing.
    func value(in resource: JSONObject) -> ExpressionValue? {
        guard isMultivalued || isRoles && !isValuePath else {
            guard let scalar = path.value(in: resource).flatMap(scalar) else { return nil }
            return .one(scalar)
        }
        let scalars = path.values(in: resource).prefix(Limits.valuesOfAttribute)
            .compactMap { element in role(element) ?? scalar(element) }
        return scalars.isEmpty ? nil : .many(scalars)
    }

    /// A single value; of an object its `value`.
    private func scalar(_ json: JSONValue) -> ExpressionScalar? {
        switch json {
        case .null, .array: return nil
        case .object(let members): return members[scim: "value"].flatMap(plain)
        default: return plain(json)
        }
    }

    private func plain(_ json: JSONValue) -> ExpressionScalar? {
        if target.kind == .boolean, let flag = json.scimBoolean { return .boolean(flag) }
        switch json {
        case .string(let text): return .text(text)
        case .bool(let flag): return .text(flag ? "True" : "False")
        case .integer(let number):
            return target.kind == .integer ? .integer(number) : .text(String(number))
        case .number: return .text(json.text)
        case .null, .array, .object: return nil
        }
    }

    /// A role in the form in which its function gives it, so that both can be compared.
    private func role(_ element: JSONValue) -> ExpressionScalar? {
        guard isRoles, let form = target.roleForm, let members = element.object,
            let value = members[scim: "value"]?.string, value.utf8.first != UInt8(ascii: "{")
        else { return nil }
        let name = (members[scim: "displayName"] ?? members[scim: "display"])?.string ?? value
        switch form {
        case .single: return .text(value)
        case .complex:
            let role: JSONValue = ["value": .string(value), "displayName": .string(name)]
            return .text(role.text)
        case .assertive:
            let role: JSONValue = [
                "primary": false, "type": "WindowsAzureActiveDirectoryRole",
                "display": .string(name), "value": .string(value),
            ]
            return .text(role.text)
        }
    }
}

extension SCIMAnswer {
    /// The objects of a list.
    ///
    /// - Throws: `TargetFailure`, also for an object without an `id`.
    public func objects(_ type: SCIMTargetType) throws(TargetFailure) -> [TargetObject] {
        var objects: [TargetObject] = []
        for resource in try list() { objects.append(try object(resource, type)) }
        return objects
    }

    /// The object that was asked for by its identifier; nil when there is none.
    ///
    /// - Throws: `TargetFailure`, also for an object without an `id`.
    public func object(_ type: SCIMTargetType) throws(TargetFailure) -> TargetObject? {
        guard let resource = try resource() else { return nil }
        return try object(resource, type)
    }

    /// The object that was made, by its identifier: what it has now is what was written.
    ///
    /// - Throws: `TargetFailure`, also for an object without an `id`.
    public func createdObject() throws(TargetFailure) -> TargetObject {
        if case .created(let id)? = known { return TargetObject(id: id) }
        guard let id = TargetObject.id(of: try created()) else {
            throw .incompatible(self, "A resource has no 'id'.")
        }
        return TargetObject(id: id)
    }

    /// Whether the answer to a reference check says that the reference is there.
    ///
    /// - Throws: `TargetFailure` for what is no list.
    public func confirms(
        _ attribute: TargetAttribute, of id: String, to other: String, _ type: SCIMTargetType
    ) throws(TargetFailure) -> Bool {
        let attribute = type.attribute(attribute)
        return try list().contains { attribute.mayRefer(in: $0, id: id, to: other) }
    }

    private func object(
        _ resource: JSONObject, _ type: SCIMTargetType
    ) throws(TargetFailure) -> TargetObject {
        guard let object = TargetObject(resource, type) else {
            throw .incompatible(self, "A resource has no 'id'.")
        }
        return object
    }
}
