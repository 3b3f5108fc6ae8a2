// PATCH requests, in both dialects.

import Expressions
import Model

extension SCIMRequest {
    /// Changes an object: one request for its own attributes, then those for its references' values.
    public static func update(
        _ type: SCIMTargetType, id: String, _ changes: [TargetChange], _ dialect: SCIMDialect
    ) -> [SCIMUpdate] {
        let writer = SCIMPatchWriter(dialect: dialect)
        var own: [SCIMPatchWriter.Change] = []
        var members: [SCIMPatchWriter.Change] = []
        for change in changes {
            let attribute = type.attribute(change.attribute)
            let pair = SCIMPatchWriter.Change(attribute: attribute, change: change)
            if attribute.isReference, attribute.isMultivalued, !change.value.isNull,
                change.operation != .replace
            {
                members += writer.batches(pair)
            } else {
                own.append(pair)
            }
        }
        let path = type.path(id)
        var updates: [SCIMUpdate] = []
        updates.reserveCapacity(members.count + 1)
        let operations = writer.operations(own)
        if !operations.isEmpty { updates.append(SCIMUpdate(path, .operations(operations))) }
        for batch in members { updates.append(SCIMUpdate(path, .members(batch, writer))) }
        return updates
    }
}

/// A PATCH of an object, whose body may be written later and by another thread.
public struct SCIMUpdate: Sendable {
    enum Content: Sendable {
        case operations([JSONValue])
        case members(SCIMPatchWriter.Change, SCIMPatchWriter)
    }

    private let path: String
    private let content: Content

    init(_ path: String, _ content: Content) {
        self.path = path
        self.content = content
    }

    /// The request.
    ///
    /// Shape: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op","path",
    /// "value"}]}`.
    public var request: SCIMRequest {
        let operations =
            switch content {
            case .operations(let operations): operations
            case .members(let batch, let writer): writer.members(batch)
            }
        let body: JSONValue = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": .array(operations),
        ]
        return SCIMRequest("PATCH", path, body: body)
    }
}

/// Writes the operations of a PATCH.
struct SCIMPatchWriter: Sendable {
    /// A change and its attribute's prepared form.
    struct Change: Sendable {
        let attribute: SCIMAttribute
        let change: TargetChange
    }

    let dialect: SCIMDialect

    /// The operations that change an object's own attributes.
    func operations(_ changes: [Change]) -> [JSONValue] {
        guard dialect.isCompliant else { return changes.flatMap(standard) }
        var single: [JSONValue] = []
        var merged: [Change] = []
        for change in changes {
            if change.attribute.isSimple, change.change.operation != .remove {
                merged.append(change)
            } else {
                single += standard(change)
            }
        }
        return single + merge(merged)
    }

    /// Simple attributes in one operation; one alone keeps its path.
    ///
    /// Unverified: `active` joins the merge, and attributes that had no value join it too.
    private func merge(_ changes: [Change]) -> [JSONValue] {
        guard changes.count > 1 else { return changes.flatMap(standard) }
        let members = changes.compactMap { pair -> (String, JSONValue)? in
            literal(pair).map { (pair.attribute.target.name, $0) }
        }
        return [["op": "replace", "value": .object(JSONObject(members))]]
    }

    /// An operation for one attribute.
    private func standard(_ pair: Change) -> [JSONValue] {
        let attribute = pair.attribute
        let change = pair.change
        let path = attribute.target.name
        guard change.operation != .remove else { return remove(pair, path) }
        if let roles = roles(pair) { return roles }
        guard let value = literal(pair) else { return [] }
        return [operation(change.operation, path, value)]
    }

    private func literal(_ pair: Change) -> JSONValue? {
        if pair.attribute.isReference, pair.attribute.isMultivalued {
            return .array(pair.change.value.texts.map(member))
        }
        return SCIMLiteral.json(
            pair.change.value, of: pair.attribute, booleansAsText: !dialect.isCompliant)
    }

    private func roles(_ pair: Change) -> [JSONValue]? {
        let attribute = pair.attribute
        let value = pair.change.value
        let roles =
            dialect.isCompliant
            ? SCIMRoles.resource(attribute, value)
            : SCIMRoles.texts(attribute, value, role: pair.change.role)
        guard let roles else { return nil }
        let isAssertive = attribute.target.roleForm == .assertive
        // The assertive function's operation is in lower case in either form.
        return [
            [
                "op": isAssertive ? "replace" : name(.add), "path": "roles",
                "value": .array(roles.elements),
            ]
        ]
    }

    private func remove(_ pair: Change, _ path: String) -> [JSONValue] {
        let texts = pair.change.value.texts
        guard pair.attribute.isMultivalued, !texts.isEmpty else {
            return [["op": name(.remove), "path": .string(path)]]
        }
        guard dialect.isCompliant else {
            return [operation(.remove, path, .array(texts.map { ["value": .string($0)] }))]
        }
        return texts.map { text in
            let filter = "\(path)[value eq \(JSONValue.string(text).text)]"
            return ["op": name(.remove), "path": .string(filter)]
        }
    }

    /// The values of a reference attribute that are added or removed, request by request.
    func batches(_ pair: Change) -> [Change] {
        let texts = pair.change.value.texts
        let size = max(1, dialect.membersPerPatch)
        return stride(from: 0, to: texts.count, by: size).map { start in
            let batch = texts[start..<min(start + size, texts.count)]
            return Change(
                attribute: pair.attribute,
                change: TargetChange(
                    pair.change.attribute, pair.change.operation, .texts(Array(batch))))
        }
    }

    /// The operations that add or remove one batch of such values.
    func members(_ batch: Change) -> [JSONValue] {
        let path = batch.attribute.target.name
        guard batch.change.operation == .remove else {
            return [operation(.add, path, .array(batch.change.value.texts.map(member)))]
        }
        return remove(batch, path)
    }

    private func member(_ id: String) -> JSONValue {
        let writesNull = dialect.writesNullReferences ?? !dialect.isCompliant
        return writesNull ? ["$ref": nil, "value": .string(id)] : ["value": .string(id)]
    }

    private func operation(
        _ operation: TargetChange.Operation, _ path: String, _ value: JSONValue
    ) -> JSONValue {
        ["op": name(operation), "path": .string(path), "value": value]
    }

    private func name(_ operation: TargetChange.Operation) -> JSONValue {
        switch operation {
        case .add: dialect.isCompliant ? "add" : "Add"
        case .replace: dialect.isCompliant ? "replace" : "Replace"
        case .remove: dialect.isCompliant ? "remove" : "Remove"
        }
    }
}
