// Group filters: who comes in and who goes out when the members of a group change on-premises.

import Model
import Provisioning
import Storage

extension ProvisioningCycleRunner {
    /// Collects the objects whose scope may have changed with the members of a rule's groups.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    func collectGroupFilter(
        _ reader: SourceReader, after watermark: Int64, _ cycle: Cycle, _ key: String,
        in database: Database
    ) throws(StorageError) {
        guard case .application(let owner, let name) = reader.directory else { return }
        let type = reader.rule.sourceType
        let changed = try database.changes.count(
            in: reader.directory, objectType: "group", after: watermark)
        guard changed.objects > 0 else { return }
        for member in reader.groupMembers.sorted() {
            guard
                let id = try database.sources.find(
                    distinguishedName: member, servicePrincipal: owner, directory: name),
                try database.sources.load(id, of: reader.directory, objectType: type) != nil,
                try database.connections.load(
                    job: cycle.job.id, objectType: type, sourceAnchor: id) == nil
            else { continue }
            try database.cycleWork.collect(job: key, objectType: type, object: id)
        }
        var last: Int64 = 0
        while true {
            let page = try database.connections.page(
                job: cycle.job.id, objectType: type, after: last, limit: Limits.objectsInPage)
            guard let end = page.last else { return }
            last = end.sequence
            for row in page {
                guard
                    let source = try database.sources.load(
                        row.sourceAnchor, of: reader.directory, objectType: type),
                    try reader.isContained(source.body()) != row.isManaged
                else { continue }
                try database.cycleWork.collect(
                    job: key, objectType: type, object: row.sourceAnchor)
            }
        }
    }
}
