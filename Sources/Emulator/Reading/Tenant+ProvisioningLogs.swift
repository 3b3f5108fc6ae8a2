// How long the provisioning log is kept.

import Model
import Storage

extension Tenant {
    /// Drops the records of the provisioning log whose time is over on the tenant's clock.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func dropOldProvisioningLogs() throws {
        let age = now.ticks - Limits.logRetention.ticks
        guard age > 0 else { return }
        let limit = Timestamp(ticks: age)
        guard try read({ try $0.provisioningLogs.isAny(before: limit) }) else { return }
        try write { transaction in
            try transaction.database.provisioningLogs.delete(before: limit)
        }
    }
}
