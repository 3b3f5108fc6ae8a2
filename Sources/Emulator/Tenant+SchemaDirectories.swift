// Commands on one directory of a schema.

public import Model
import VirtualTime

extension Tenant {
    /// Adds a directory to a schema.
    ///
    /// - Parameters:
    ///   - directory: a complete `directoryDefinition`; without an `id` it gets one.
    ///   - schemaOwner: whose schema it is.
    ///   - key: the service principal.
    /// - Returns: the directory as it was kept.
    /// - Throws: what saving the schema throws.
    public func addDirectory(
        _ directory: JSONObject, to schemaOwner: SchemaOwner, of key: ServicePrincipalKey
    ) throws -> JSONObject {
        var id = directory["id"]?.string ?? ""
        var added = directory
        try changeSchema(of: schemaOwner, of: key) { schema, transaction in
            if id.isEmpty { id = transaction.ids.next().description }
            added["id"] = nil
            added.prepend("id", .string(id))
            return schema.replacingDirectories { $0 + [.object(added)] }
        }
        return added
    }

    /// Changes a directory of a schema.
    ///
    /// - Parameters:
    ///   - id: the directory's identifier.
    ///   - schemaOwner: whose schema it is.
    ///   - key: the service principal.
    ///   - change: gives the complete directory from the one in force.
    /// - Throws: `EmulatorError.schemaDirectoryNotFound`, `.readOnlyDirectory`; what saving the
    ///   schema throws.
    public func changeDirectory(
        _ id: String, of schemaOwner: SchemaOwner, of key: ServicePrincipalKey,
        _ change: (JSONObject) throws -> JSONObject
    ) throws {
        try editDirectory(id, of: schemaOwner, of: key) { .object(try change($0)) }
    }

    /// Removes a directory from a schema.
    ///
    /// - Throws: as `changeDirectory`; a rule that names it keeps it there.
    public func deleteDirectory(
        _ id: String, of schemaOwner: SchemaOwner, of key: ServicePrincipalKey
    ) throws {
        try editDirectory(id, of: schemaOwner, of: key) { _ in nil }
    }

    private func editDirectory(
        _ id: String, of schemaOwner: SchemaOwner, of key: ServicePrincipalKey,
        _ edit: (JSONObject) throws -> JSONValue?
    ) throws {
        try changeSchema(of: schemaOwner, of: key) { schema, _ in
            var isFound = false
            let changed = try schema.replacingDirectories { directories in
                try directories.compactMap { directory in
                    guard let members = directory.object, members["id"]?.string == id else {
                        return directory
                    }
                    isFound = true
                    guard members["readOnly"]?.bool != true else {
                        throw EmulatorError.readOnlyDirectory(id)
                    }
                    return try edit(members)
                }
            }
            guard isFound else { throw EmulatorError.schemaDirectoryNotFound(id) }
            return changed
        }
    }
}
