// The secret texts of applications' and service principals' password credentials.

public import Model

/// Rows of `password_credentials`; what may be shown of a credential is in its owner's body.
public struct PasswordCredentialTable {
    let connection: Connection

    /// Keeps a secret under its key.
    ///
    /// - Throws: `StorageError.statement` when the key is taken.
    public func insert(
        key: GUID, owner: GUID, secret: String, validity: Range<Timestamp>
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO password_credentials (key_id, owner_id, secret, starts, ends)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            .text(key.description), .text(owner.description), .text(secret),
            .integer(validity.lowerBound.ticks), .integer(validity.upperBound.ticks))
    }

    /// When the secrets of a text are valid that an object has under some of these keys.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func validities(
        of secret: String, owner: GUID, keys: [GUID]
    ) throws(StorageError) -> [Range<Timestamp>] {
        try connection.rows(
            """
            SELECT key_id, starts, ends FROM password_credentials
            WHERE owner_id = ?1 AND secret = ?2 AND starts < ends
            """, [.text(owner.description), .text(secret)]
        ) { (row) throws(StorageError) -> Range<Timestamp>? in
            guard let key = row.text(0).flatMap({ GUID(parsing: $0) }), keys.contains(key) else {
                return nil
            }
            return Timestamp(ticks: row.integer(1))..<Timestamp(ticks: row.integer(2))
        }.compactMap(\.self)
    }

    /// Forgets a secret.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(key: GUID, owner: GUID) throws(StorageError) {
        try connection.run(
            "DELETE FROM password_credentials WHERE key_id = ?1 AND owner_id = ?2",
            .text(key.description), .text(owner.description))
    }
}
