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
        let activity = max(transaction.now, cycle.began)
        let row = ProvisioningLogRow(
            id: id, activity: activity, job: jobID, cycle: self.id, change: change,
            action: record.action.rawValue, status: record.status.rawValue,
            servicePrincipal: cycle.servicePrincipal, source: record.sourceAnchor,
            target: record.targetAnchor, body: [])
        let entry = RecordPage.Entry(
            row: row, record: record, writer: recordWriter(rule, activity: activity))
        if let records { return records.add(entry) }
        try insert(entry.written, in: transaction)
    }

    /// Writes the records that a transaction collected.
    func insert(_ page: RecordPage, in transaction: Transaction) throws(StorageError) {
        for row in page.finish() { try insert(row, in: transaction) }
    }

    private func insert(
        _ row: ProvisioningLogRow, in transaction: Transaction
    ) throws(StorageError) {
        try transaction.database.provisioningLogs.insert(row)
        tenant.publish(
            TenantEvent(.log, at: row.activity) { (try? JSONValue(parsing: row.body)) ?? .null })
    }

    /// What writes the records of a mapping; the last one is kept, as most records are of the same.
    private func recordWriter(_ rule: ObjectRule, activity: Timestamp) -> RecordWriter {
        if let writer, writer.writes(rule, at: activity) { return writer }
        let made = RecordWriter(recordSurroundings(activity: activity), rule)
        writer = made
        return made
    }

    func recordSurroundings(activity: Timestamp) -> RecordSurroundings {
        RecordSurroundings(
            tenant: tenant.id, jobID: jobID, servicePrincipal: cycle.servicePrincipal,
            servicePrincipalName: plan.servicePrincipal.json["displayName"]?.string ?? "",
            cycle: id, activity: activity)
    }
}
