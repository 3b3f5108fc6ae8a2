// A resource under the operations of a PATCH.

import Emulator
import Model

/// Applies operations one after the other, all of them or none.
struct PatchedResource {
    /// The resource as it is by now, without a group's members.
    private(set) var json: JSONObject
    /// What is to be done to a group's members.
    private(set) var memberChanges: [MemberChange] = []
    private let type: SCIMResourceType
    private let behaviours: Set<TargetBehaviour>
    private let book = SchemaBook.standard

    init(_ json: JSONObject, _ type: SCIMResourceType, _ behaviours: Set<TargetBehaviour>) {
        self.json = json
        self.type = type
        self.behaviours = behaviours
    }

    /// Applies one operation.
    ///
    /// - Throws: `SCIMRefusal` for what can't be done.
    mutating func apply(_ operation: PatchRequest.Operation) throws(SCIMRefusal) {
        guard let path = operation.path else {
            guard operation.verb != .remove else { throw SCIMRefusal.noTarget("") }
            guard let members = operation.value?.object else {
                throw SCIMRefusal.invalidValue("Without 'path', 'value' must be an object.")
            }
            try applyAll(operation.verb, members, schema: nil)
            return
        }
        try apply(operation.verb, path, operation.value)
    }

    /// The members of an object as operations: names may be dotted, with a URN, or an extension's URN.
    private mutating func applyAll(
        _ verb: PatchRequest.Verb, _ members: JSONObject, schema: String?
    ) throws(SCIMRefusal) {
        for member in members.members {
            var path = try PatchRequest.path(member.name)
            if let schema { path.attribute.schema = schema }
            // What can't be set is passed over here, where a client sends back all that it has.
            guard !isReadOnly(path.attribute) else { continue }
            try apply(verb, path, member.value)
        }
    }

    private func isReadOnly(_ path: SCIMAttributePath) -> Bool {
        if path.schema == nil,
            ["id", "meta", "schemas"].contains(where: { $0.isSameSCIMName(as: path.name) })
        {
            return true
        }
        var whole = path
        whole.subAttribute = nil
        return book.definition(of: whole, in: type)?.isReadOnly == true
            || book.definition(of: path, in: type)?.isReadOnly == true
    }

    private mutating func apply(
        _ verb: PatchRequest.Verb, _ path: SCIMPath, _ value: JSONValue?
    ) throws(SCIMRefusal) {
        var path = path
        path.attribute = path.attribute.resolved(for: [type])
        let attribute = path.attribute
        if attribute.schema == nil, attribute.name.isSameSCIMName(as: "schemas") { return }
        guard !isReadOnly(attribute) else { throw SCIMRefusal.mutability(path.description) }
        if type == .group, attribute.schema == nil, attribute.name.isSameSCIMName(as: "members") {
            memberChanges.append(try MemberChange(verb, path, value))
            return
        }
        let definition = book.definition(of: attribute, in: type)
        if definition?.isWriteOnly == true { return }
        if attribute.name.isEmpty, verb != .remove {
            guard let members = value?.object else {
                throw SCIMRefusal.invalidValue("An extension's value must be an object.")
            }
            if verb == .replace { path.write(nil, to: &json) }
            try applyAll(verb, members, schema: attribute.schema)
            return
        }
        let before = primaries(of: attribute)
        switch verb {
        case .add:
            guard let value, !value.isNull else {
                throw SCIMRefusal.invalidValue("'\(path)' needs a value.")
            }
            try add(value, path, definition)
        case .replace: try replace(value, path, definition)
        case .remove:
            guard definition?.isRequired != true || attribute.subAttribute != nil else {
                throw SCIMRefusal.mutability(path.description)
            }
            remove(value, path)
        }
        keepOnePrimary(of: attribute, before)
    }

    private mutating func add(
        _ value: JSONValue, _ path: SCIMPath, _ definition: AttributeDefinition?
    ) throws(SCIMRefusal) {
        if path.condition != nil {
            guard path.hasTarget(in: json) else {
                guard !behaviours.contains(.noTargetOnAbsentValuePath) else {
                    throw SCIMRefusal.noTarget(path.description)
                }
                path.write(value, to: &json)
                return
            }
            guard path.attribute.subAttribute == nil, let members = value.object else {
                path.write(value, to: &json)
                return
            }
            for member in members.members {
                var part = path
                part.attribute.subAttribute = member.name
                part.write(member.value, to: &json)
            }
            return
        }
        guard path.attribute.subAttribute == nil else {
            path.write(value, to: &json)
            return
        }
        let old = path.value(in: json)
        let isMultiple = definition?.isMultiValued ?? (old?.array != nil || value.array != nil)
        if isMultiple {
            var elements = old?.array ?? old.map { [$0] } ?? []
            for element in value.array ?? [value] where !elements.contains(element) {
                elements.append(element)
            }
            path.write(.array(elements), to: &json)
        } else {
            merge(value, path, old)
        }
    }

    private mutating func replace(
        _ value: JSONValue?, _ path: SCIMPath, _ definition: AttributeDefinition?
    ) throws(SCIMRefusal) {
        guard path.hasTarget(in: json) else { throw SCIMRefusal.noTarget(path.description) }
        guard path.condition == nil, path.attribute.subAttribute == nil, let value,
            definition?.isMultiValued != true
        else {
            path.write(value, to: &json)
            return
        }
        merge(value, path, path.value(in: json))
    }

    /// A complex value sets the sub-attributes that it has; any other takes the old one's place.
    private mutating func merge(_ value: JSONValue, _ path: SCIMPath, _ old: JSONValue?) {
        guard let members = value.object, var merged = old?.object else {
            path.write(value, to: &json)
            return
        }
        for member in members.members {
            merged[scim: member.name] = member.value.isNull ? .none : .some(member.value)
        }
        path.write(.object(merged), to: &json)
    }

    /// With a value, the elements that have it go, as the service's default dialect asks; else all do.
    private mutating func remove(_ value: JSONValue?, _ path: SCIMPath) {
        guard let value, !value.isNull, path.condition == nil,
            path.attribute.subAttribute == nil, let old = path.value(in: json)?.array
        else {
            path.write(nil, to: &json)
            return
        }
        let sought = value.array ?? [value]
        let rest = old.filter { element in
            !sought.contains { PatchedResource.isMeant(element, by: $0) }
        }
        path.write(rest.isEmpty ? .none : .some(.array(rest)), to: &json)
    }

    /// Whether an element is one that is to be removed: equal, or of the same `value`.
    private static func isMeant(_ element: JSONValue, by sought: JSONValue) -> Bool {
        if element == sought { return true }
        let own: JSONValue? =
            element.object.map { $0[scim: "value"] } ?? .some(element)
        return own == (sought.object?[scim: "value"] ?? sought)
    }

    // MARK: The primary value

    private func primaries(of attribute: SCIMAttributePath) -> [JSONValue] {
        let whole = SCIMPath(
            attribute: SCIMAttributePath(schema: attribute.schema, name: attribute.name))
        return whole.values(in: json).flatMap { $0.array ?? [$0] }.filter {
            $0.object?[scim: "primary"]?.scimBoolean == true
        }
    }

    /// A new primary value takes the place of the old one (RFC 7644, section 3.5.2).
    private mutating func keepOnePrimary(of attribute: SCIMAttributePath, _ before: [JSONValue]) {
        let now = primaries(of: attribute)
        guard now.count > 1, let kept = now.last(where: { !before.contains($0) }) ?? now.last else {
            return
        }
        let whole = SCIMPath(
            attribute: SCIMAttributePath(schema: attribute.schema, name: attribute.name))
        guard let elements = whole.value(in: json)?.array else { return }
        var isKept = false
        let single = elements.map { element -> JSONValue in
            guard var members = element.object, members[scim: "primary"]?.scimBoolean == true
            else { return element }
            if element == kept, !isKept {
                isKept = true
                return element
            }
            members[scim: "primary"] = .bool(false)
            return .object(members)
        }
        whole.write(.array(single), to: &json)
    }
}
