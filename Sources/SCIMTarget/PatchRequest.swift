// The body of a PATCH.

import Model

/// Operations on one resource (RFC 7644, section 3.5.2).
///
/// Shape: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace",
/// "path":"active","value":"False"}]}`. Names of operations are read without case.
struct PatchRequest {
    /// What an operation does.
    enum Verb: String {
        case add, replace, remove
    }

    /// One operation.
    struct Operation {
        let verb: Verb
        /// Where; nil for an operation whose value is an object of attributes.
        let path: SCIMPath?
        let value: JSONValue?
    }

    let operations: [Operation]

    /// Reads a body.
    ///
    /// - Throws: `SCIMRefusal.invalidSyntax`, `.invalidPath`.
    init(_ body: JSONObject) throws(SCIMRefusal) {
        guard let elements = body[scim: "Operations"]?.array, !elements.isEmpty else {
            throw SCIMRefusal.invalidSyntax("'Operations' must be a list of operations.")
        }
        guard elements.count <= Limits.patchOperations else {
            throw SCIMRefusal.tooLarge("'Operations'", limit: Limits.patchOperations)
        }
        var operations: [Operation] = []
        operations.reserveCapacity(elements.count)
        for element in elements { operations.append(try PatchRequest.operation(element)) }
        self.operations = operations
    }

    /// What is to be done to a group's members; nil when anything else is to be changed too.
    ///
    /// - Throws: `SCIMRefusal`, as `MemberChange`.
    func memberChanges() throws(SCIMRefusal) -> [MemberChange]? {
        var changes: [MemberChange] = []
        for operation in operations {
            guard let path = operation.path, path.attribute.schema == nil,
                path.attribute.name.isSameSCIMName(as: "members")
            else { return nil }
            changes.append(try MemberChange(operation.verb, path, operation.value))
        }
        return changes
    }

    private static func operation(_ json: JSONValue) throws(SCIMRefusal) -> Operation {
        guard let members = json.object else {
            throw SCIMRefusal.invalidSyntax("An operation must be an object.")
        }
        guard let name = members[scim: "op"]?.string, let verb = Verb(rawValue: name.lowercased())
        else {
            throw SCIMRefusal.invalidSyntax("'op' must be 'add', 'replace' or 'remove'.")
        }
        var path: SCIMPath?
        switch members[scim: "path"] {
        case nil, .null, .string(""): break
        case .string(let text): path = try PatchRequest.path(text)
        default: throw SCIMRefusal.invalidSyntax("'path' must be a string.")
        }
        return Operation(verb: verb, path: path, value: members[scim: "value"])
    }

    /// Parses a path.
    ///
    /// - Throws: `SCIMRefusal.invalidPath`.
    static func path(_ text: String) throws(SCIMRefusal) -> SCIMPath {
        do throws(SCIMSyntaxError) { return try SCIMPath(parsing: text) } catch {
            throw SCIMRefusal.invalidPath(text, error)
        }
    }
}
