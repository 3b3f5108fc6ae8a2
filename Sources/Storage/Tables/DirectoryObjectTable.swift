// Objects of directories beside the tenant's own: workers, on-premises accounts.

public import Model

/// Rows of `directory_objects`.
public struct DirectoryObjectTable {
    let connection: Connection

    /// Adds an object.
    ///
    /// - Parameters:
    ///   - id: the object's anchor in its directory.
    ///   - objectType: the name of its type in the schema.
    ///   - directory: the directory's name in the schema.
    ///   - servicePrincipal: the application that the directory belongs to.
    ///   - attributes: its attributes.
    /// - Throws: `StorageError.statement` when the anchor is taken.
    public func insert(
        id: String, objectType: String, directory: String, servicePrincipal: GUID,
        attributes: JSONObject
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO directory_objects
                (service_principal_id, directory, object_type, id, body)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            .text(servicePrincipal.description), .text(directory), .text(objectType), .text(id),
            .text(JSONValue.object(attributes).text))
    }
}
