// The provisioning log of a run.

import Model
import Provisioning
import Storage
import VirtualTime

extension RunningCycle {
    /// Writes a record to the log.
    func log(
        _ record: ProvisioningRecord, _ rule: ObjectRule, in transaction: inout Transaction
    ) throws(StorageError) {
        captured?.append(record)
        let id = transaction.ids.next()
        let change = transaction.ids.next()
        let entry = RecordPage.Entry(
            id: id, change: change, activity: max(transaction.now, cycle.began), record: record,
            writer: recordWriter(rule))
        if let records { return records.add(entry) }
        try insert([entry.written], in: transaction)
    }

    /// Writes the records that a transaction collected.
    func insert(_ page: RecordPage, in transaction: Transaction) throws(StorageError) {
        try insert(page.finish(), in: transaction)
    }

    private func insert(
        _ page: [RecordPage.Written], in transaction: Transaction
    ) throws(StorageError) {
        try transaction.database.provisioningLogs.insert(page.lazy.map(\.row))
        for written in page {
            tenant.publish(
                TenantEvent(.log, at: written.row.activity) { written.writer.whole(written.row) })
        }
    }

    /// What writes the records of a mapping; the last one is kept, as most records are of the same.
    private func recordWriter(_ rule: ObjectRule) -> RecordWriter {
        if let writer, writer.writes(rule) { return writer }
        let made = RecordWriter(recordSurroundings, rule)
        writer = made
        return made
    }

    var recordSurroundings: RecordSurroundings {
        RecordSurroundings(
            tenant: tenant.id, jobID: jobID, servicePrincipal: cycle.servicePrincipal,
            servicePrincipalName: plan.servicePrincipal.json["displayName"]?.string ?? "",
            cycle: id)
    }
}
