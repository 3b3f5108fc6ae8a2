// Commands on a synchronization as a whole: its secrets, and its end.

public import Model
import Storage

extension Tenant {
    /// The secrets of a service principal's synchronization, as they were written.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func secrets(of key: ServicePrincipalKey) throws -> [SynchronizationSecret] {
        try read { database in
            let owner = try Tenant.servicePrincipal(key, in: database)
            return try database.secrets.list(of: owner.id)
        }
    }

    /// Writes secrets over those of the same keys; an empty value removes its key.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func saveSecrets(
        _ secrets: [SynchronizationSecret], of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            try transaction.database.secrets.save(secrets, of: owner.id)
        }
    }

    /// Puts secrets in the place of all that there are; the mask `*` stands for the kept value.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func replaceSecrets(
        _ secrets: [SynchronizationSecret], of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            let table = transaction.database.secrets
            let known = try table.list(of: owner.id)
            try table.save(
                known.map { SynchronizationSecret(key: $0.key, value: "") }, of: owner.id)
            let written = secrets.map { secret in
                let kept = known.first { $0.key == secret.key }
                return secret.value == "*" ? kept ?? secret : secret
            }
            try table.save(written, of: owner.id)
        }
    }

    /// Ends a synchronization: no jobs, no secrets, no templates but the gallery's.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func deleteSynchronization(of key: ServicePrincipalKey) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            for stored in try transaction.database.jobs.list(of: owner.id) {
                try transaction.delete(stored)
            }
            let secrets = try transaction.database.secrets.list(of: owner.id)
            try transaction.database.secrets.save(
                secrets.map { SynchronizationSecret(key: $0.key, value: "") }, of: owner.id)
            try transaction.database.templates.deleteAll(of: owner.id)
        }
    }
}
