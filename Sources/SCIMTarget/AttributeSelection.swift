// Which attributes an answer shows.

import Model

/// `attributes` or `excludedAttributes` of a request (RFC 7644, section 3.9).
struct AttributeSelection {
    private var included: [SCIMAttributePath] = []
    private var excluded: [SCIMAttributePath] = []

    /// Shows all.
    static let all = AttributeSelection()

    private init() {}

    /// Reads both parameters, of which a request may have one.
    ///
    /// - Throws: `SCIMRefusal` when both are given, or a name is none.
    init(attributes: [String], excluded names: [String]) throws(SCIMRefusal) {
        guard attributes.isEmpty || names.isEmpty else {
            throw SCIMRefusal.invalidValue(
                "'attributes' and 'excludedAttributes' can't be used together.")
        }
        included = try AttributeSelection.paths(attributes)
        excluded = try AttributeSelection.paths(names)
    }

    private static func paths(_ names: [String]) throws(SCIMRefusal) -> [SCIMAttributePath] {
        guard names.count <= Limits.attributeNames else {
            throw SCIMRefusal.tooLarge("The list of attributes", limit: Limits.attributeNames)
        }
        var paths: [SCIMAttributePath] = []
        for name in names {
            do throws(SCIMSyntaxError) {
                paths.append(try SCIMPath(parsing: name).attribute)
            } catch { throw SCIMRefusal.invalidPath(name, error) }
        }
        return paths
    }

    /// Names between commas.
    static func names(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }

    /// Whether an attribute that is computed has to be computed.
    func shows(_ name: String) -> Bool {
        if !included.isEmpty {
            return included.contains { $0.schema == nil && $0.name.isSameSCIMName(as: name) }
        }
        return !excluded.contains {
            $0.schema == nil && $0.subAttribute == nil && $0.name.isSameSCIMName(as: name)
        }
    }

    /// Whether a stored body can be shown as it is: no more than computed attributes are left out.
    var keepsBodies: Bool {
        guard included.isEmpty else { return false }
        return excluded.allSatisfy { path in
            path.schema == nil && path.subAttribute == nil
                && ["members", "groups"].contains { $0.isSameSCIMName(as: path.name) }
        }
    }

    /// The resource with what is shown of it; `schemas` and `id` always are.
    func apply(to resource: JSONObject) -> JSONObject {
        var result = resource
        if included.isEmpty {
            for path in excluded where !AttributeSelection.isAlwaysShown(path) {
                SCIMPath(attribute: path).write(.none, to: &result)
            }
            return result
        }
        for member in resource.members where !["schemas", "id"].contains(member.name) {
            result[member.name] = picked(member)
        }
        return result
    }

    private static func isAlwaysShown(_ path: SCIMAttributePath) -> Bool {
        path.schema == nil && ["id", "schemas"].contains { $0.isSameSCIMName(as: path.name) }
    }

    /// What is shown of a member; nil for nothing.
    private func picked(_ member: JSONObject.Member) -> JSONValue? {
        let isExtension = member.name.contains(":")
        var parts: [String] = []
        for path in included {
            if isExtension {
                guard let schema = path.schema, schema.isSameSCIMName(as: member.name) else {
                    continue
                }
                if path.name.isEmpty { return member.value }
                parts.append(path.name)
            } else {
                guard path.schema == nil, path.name.isSameSCIMName(as: member.name) else {
                    continue
                }
                guard let sub = path.subAttribute else { return member.value }
                parts.append(sub)
            }
        }
        guard !parts.isEmpty else { return .none }
        return AttributeSelection.keep(parts, of: member.value)
    }

    private static func keep(_ names: [String], of value: JSONValue) -> JSONValue? {
        switch value {
        case .array(let elements):
            return .array(elements.compactMap { keep(names, of: $0) })
        case .object(let members):
            let kept = members.members.filter { member in
                names.contains { $0.isSameSCIMName(as: member.name) }
            }
            return .object(JSONObject(kept.map { ($0.name, $0.value) }))
        default: return .none
        }
    }
}
