// Bulk uploads: each record becomes a source object, in the order they came.

import Expressions
import Model
import Provisioning
import Storage

extension RunningCycle {
    /// Works off the uploads that wait: each in one transaction that ends with its removal, so that
    /// none is lost and none is done twice.
    ///
    /// Follows "API-driven inbound provisioning concepts".
    ///
    /// - Throws: `TargetFailure` of a kind that ends the run; `StorageError`.
    func runUploads(_ index: Int, _ reader: SourceReader) throws {
        guard planned == nil, let directory = target as? any BatchingDirectory else { return }
        while let upload = try tenant.read({ try $0.bulkUploads.first(of: jobID) }) {
            let body = (try? JSONValue(parsing: upload.body)) ?? .null
            let records = (try? BulkRequest(body))?.operations.map(\.data) ?? []
            execution.countImported += Int64(records.count)
            execution.countImportedDeltas += Int64(records.count)
            let abort = try tenant.write { transaction -> TargetFailure? in
                try take(records, index, reader, directory, in: &transaction)
                    ?? {
                        try transaction.database.bulkUploads.delete(sequence: upload.sequence)
                        return nil
                    }()
            }
            if let abort { throw abort }
            tookUploads = true
            tenant.giveWay()
        }
        // What was taken in is the source's newest state.
        if tookUploads { plan.latest = try tenant.read { try $0.changes.latest() } }
    }

    private func take(
        _ records: [JSONObject], _ index: Int, _ reader: SourceReader,
        _ directory: any BatchingDirectory, in transaction: inout Transaction
    ) throws -> TargetFailure? {
        let database = transaction.database
        let (job, type) = (jobID, plan.rules[index].targetType)
        let recipe = recipe(
            reader, index, holds: false, now: transaction.now, in: database
        ) {
            (try? database.connections.isLinked(
                job: job, targetType: type, targetAnchor: $0, elsewhereThan: $1)) ?? false
        }
        var object = recipe.objectCycle(target)
        return try directory.batch(in: &transaction) { session in
            for record in records {
                let item = try store(record, reader, in: database)
                let prepared = try prepare(item, reader, in: database)
                events += 1
                switch RunningCycle.decide(prepared, try recipe.draft(prepared), &object) {
                case .success(let outcome?):
                    try keep(outcome, prepared, index, in: &session.transaction)
                case .success(nil): continue
                case .failure(let failure): return failure
                }
                try database.cycleWork.collectReferences(
                    job: workKey, objectType: reader.rule.sourceType, object: item.id)
            }
            return nil
        }
    }

    /// Keeps a record as an object of the job's source; the newest is the whole truth.
    private func store(
        _ record: JSONObject, _ reader: SourceReader, in database: Database
    ) throws -> Item {
        let anchor =
            ["externalId", "userName"].lazy
            .compactMap { record[scim: $0].flatMap(RunningCycle.text) }.first { !$0.isEmpty } ?? ""
        let place = DirectoryPlace(
            servicePrincipal: reader.servicePrincipal, directory: SourceReader.uploads,
            objectType: reader.rule.sourceType)
        let isKnown = try database.directoryObjects.update(anchor, in: place, attributes: record)
        if !isKnown {
            try database.directoryObjects.insert(
                id: anchor, objectType: place.objectType, directory: place.directory,
                servicePrincipal: place.servicePrincipal, attributes: record)
        }
        let row = try database.sources.load(
            anchor, of: reader.directory, objectType: place.objectType)
        return Item(id: anchor, row: row, arrival: isKnown ? .updated : .added)
    }

    /// A text, or a number as text: systems of record send both.
    private static func text(_ value: JSONValue) -> String? {
        value.string ?? value.integer.map(String.init)
    }
}
