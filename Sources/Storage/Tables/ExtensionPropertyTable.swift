// Directory extension properties that applications declare.

public import Model

/// Rows of `extension_properties`.
public struct ExtensionPropertyTable {
    let connection: Connection

    /// The declaration of a full name, compared exactly; nil for one that no application declares.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(name: String) throws(StorageError) -> ExtensionDeclaration? {
        try connection.first(
            "SELECT body FROM extension_properties WHERE name = ?1", .text(name)
        ) { (row) throws(StorageError) in
            try ExtensionDeclaration(
                DirectoryObject(row, column: 0, table: "extension_properties"))
        }
    }

    /// The property of an identifier that an application declares.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(id: GUID, application: GUID) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM extension_properties WHERE id = ?1 AND application_id = ?2",
            .text(id.description), .text(application.description)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "extension_properties")
        }
    }

    /// Adds a property of an application.
    ///
    /// - Throws: `StorageError.statement` when its name is taken.
    public func insert(_ object: DirectoryObject, application: GUID) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO extension_properties (id, application_id, name, body)
            VALUES (?1, ?2, ?3, ?4)
            """,
            .text(object.id.description), .text(application.description),
            .optional(object.json["name"]?.string), .text(JSONValue.object(object.json).text))
    }

    /// Removes a property of an application.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(id: GUID, application: GUID) throws(StorageError) -> Bool {
        try connection.run(
            "DELETE FROM extension_properties WHERE id = ?1 AND application_id = ?2",
            .text(id.description), .text(application.description))
        return connection.changedRows > 0
    }
}

extension ExtensionDeclaration {
    fileprivate init(_ object: DirectoryObject) throws(StorageError) {
        let json = object.json
        guard let type = json["dataType"]?.string.flatMap(DataType.init(rawValue:)) else {
            throw StorageError.unreadableRow(
                table: "extension_properties", key: object.id.description)
        }
        self.init(
            dataType: type, isMultiValued: json["isMultiValued"]?.bool ?? false,
            targetObjects: (json["targetObjects"]?.array ?? []).compactMap(\.string))
    }
}
