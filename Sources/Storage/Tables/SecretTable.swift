// Credentials and settings of synchronizations, in the order they were written.

public import Model

/// Rows of `secrets`.
public struct SecretTable {
    let connection: Connection

    /// All secrets of a service principal, in the order they were last written.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(of servicePrincipal: GUID) throws(StorageError) -> [SynchronizationSecret] {
        try connection.rows(
            "SELECT key, value FROM secrets WHERE service_principal_id = ?1 ORDER BY sequence",
            [.text(servicePrincipal.description)]
        ) { (row) throws(StorageError) in
            SynchronizationSecret(key: row.text(0) ?? "", value: row.text(1) ?? "")
        }
    }

    /// Writes secrets over those of the same keys; an empty value removes its key.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        _ secrets: [SynchronizationSecret], of servicePrincipal: GUID
    ) throws(StorageError) {
        for secret in secrets {
            try connection.run(
                "DELETE FROM secrets WHERE service_principal_id = ?1 AND key = ?2",
                .text(servicePrincipal.description), .text(secret.key))
            guard !secret.value.isEmpty else { continue }
            try connection.run(
                "INSERT INTO secrets (service_principal_id, key, value) VALUES (?1, ?2, ?3)",
                .text(servicePrincipal.description), .text(secret.key), .text(secret.value))
        }
    }
}
