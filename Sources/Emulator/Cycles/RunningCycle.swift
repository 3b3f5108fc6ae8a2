// One run of a job, from the first object to the last.

import Expressions
import Model
import Provisioning
import Storage
import VirtualTime

/// Runs a cycle page by page: reads a page, has each object decided about, keeps what came out.
///
/// A class, because the pages of a run share what is counted. Not `Sendable`: a run stays on the
/// tenant's own queue. No network is waited for while the tenant's lock is held; only the built-in
/// target, which lies in the tenant's database, is written in the same transaction as the page.
///
/// Memory does not grow with the number of objects: a page of them is held at a time, and of
/// deletions that wait for the threshold as many as the threshold allows.
final class RunningCycle {
    let tenant: Tenant
    let cycle: Cycle
    var plan: CyclePlan
    let target: any TargetDirectory
    /// Connections over which the target is called while results are kept; nil where each step waits for
    /// the one before.
    var lines: OutboundLines?
    let id: GUID
    /// Collects what a dry run would do; nil for a run that does it.
    var planned: PlannedChanges?
    /// Collects the records of an object that is provisioned on demand; nil for a cycle.
    var captured: [ProvisioningRecord]?
    var execution = SynchronizationTaskExecution()
    var failures: Int64 = 0
    var referenceFailures: Int64 = 0
    var events: Int64 = 0
    var synchronized: [[String]: Int64] = [:]
    var held: [HeldDeletion] = []
    var stagedDeletes: Int64 = 0
    /// Whether the target still answers.
    let answers = TargetAnswers()
    /// The transaction of the batch that runs; nil while each step has one of its own.
    var session: LocalSession?
    /// Collects the records of the transaction that is open; nil where each is written at once.
    var records: RecordPage?
    /// What wrote the last record.
    var writer: RecordWriter?
    /// Types of source objects of which none has a link yet.
    var unlinkedTypes: Set<String> = []
    /// Whether the job had no link at all when the run began.
    private(set) var isFirst = false
    /// The page after the one that is at work.
    var upcoming: UpcomingPage?
    /// Whether uploads were worked off.
    var tookUploads = false

    /// A deletion or a disabling that waits for the end of the cycle.
    struct HeldDeletion {
        let rule: Int
        let objectType: String
        let sourceAnchor: String
    }

    init(
        _ cycle: Cycle, _ plan: CyclePlan, target: any TargetDirectory, id: GUID, tenant: Tenant
    ) {
        self.cycle = cycle
        self.plan = plan
        self.target = target
        self.id = id
        self.tenant = tenant
        execution.timeBegan = cycle.began
        execution.activityIdentifier = id.description
    }

    var isInitial: Bool { cycle.watermark == nil }
    var jobID: String { cycle.job.id }
    /// The key of the run's work; a dry run has one of its own.
    var workKey: String { planned == nil ? jobID : "plan " + jobID }

    /// Carries out the cycle.
    ///
    /// - Throws: `TargetFailure` of a kind that ends the run; `StorageError`.
    func run() throws {
        // Users before groups, whatever the order of the mappings: groups refer to them.
        let order = plan.rules.indices.sorted {
            (plan.rules[$0].sourceType == "Group" ? 1 : 0, $0)
                < (plan.rules[$1].sourceType == "Group" ? 1 : 0, $1)
        }
        if isInitial, try tenant.read({ try !$0.connections.isAny(job: jobID) }) {
            isFirst = true
            unlinkedTypes = Set(plan.rules.map(\.sourceType))
        }
        for index in order {
            try runObjects(index)
            // Another mapping may take the same objects.
            unlinkedTypes.remove(plan.rules[index].sourceType)
        }
        for index in order { try runReferences(index) }
        try finishDeletions()
        if planned != nil {
            try tenant.write { transaction in
                try transaction.database.cycleWork.clear(job: workKey)
            }
        }
    }

    // MARK: Objects

    private func runObjects(_ index: Int) throws {
        let reader = reader(index)
        if reader.takesUploads {
            try runUploads(index, reader)
            // Unverified: a restart does not process again what was uploaded before.
            if !isInitial { try runWork(index, reader) }
        } else if isInitial {
            try runEverything(index, reader)
            // Where no link was, all are of objects that were there a moment ago.
            if !unlinkedTypes.contains(reader.rule.sourceType) { try runOrphans(index, reader) }
        } else {
            try runWork(index, reader)
        }
    }

    func reader(_ index: Int) -> SourceReader { SourceReader(index, plan, at: cycle.began) }

    /// What tells whether the worker that holds an account has left; it asks the database of the open
    /// transaction, where there is one.
    func isHeldByFormer(
        _ index: Int, in database: Database?
    ) -> @Sendable (String, String) -> Bool {
        guard plan.rules[index].sourceKind == .workers else { return { _, _ in false } }
        let type = plan.rules[index].sourceType
        let directory = reader(index).directory
        let job = jobID
        let hasLeft: @Sendable (Database, String, String) throws -> Bool = {
            database, target, source in
            guard let row = try database.connections.find(job: job, anchor: target),
                row.sourceAnchor != source
            else { return false }
            let worker = try database.sources.load(
                row.sourceAnchor, of: directory, objectType: type)
            return try worker?.body()["Active"] == "0"
        }
        let tenant = tenant
        return { target, source in
            if let database { return (try? hasLeft(database, target, source)) ?? false }
            return (try? tenant.read { try hasLeft($0, target, source) }) ?? false
        }
    }

    private func runEverything(_ index: Int, _ reader: SourceReader) throws {
        var last: Int64 = 0
        let total = try tenant.read { database in
            try database.changes.countObjects(
                in: reader.directory, objectType: reader.rule.sourceType)
        }
        var done: Int64 = 0
        func read(after: Int64, in database: Database) throws(StorageError) -> [Item] {
            try database.sources.page(
                of: reader.directory, objectType: reader.rule.sourceType, after: after,
                limit: Limits.objectsInPage
            ).map { Item(id: $0.id, row: $0, arrival: .added) }
        }
        defer { upcoming = nil }
        while true {
            let page: [Item]
            if let upcoming, upcoming.generation == tenant.generation {
                page = upcoming.items
            } else {
                let after = last
                page = try tenant.read { try read(after: after, in: $0) }
            }
            guard let end = page.last?.row?.sequence else { return }
            last = end
            execution.countImported += Int64(page.count)
            try process(page, index, reader) { try read(after: end, in: $0) }
            done += 1
            try report(done, of: (total + Limits.objectsInPage - 1) / Limits.objectsInPage)
        }
    }

    /// Objects that were deleted for good while no watermark told of it.
    private func runOrphans(_ index: Int, _ reader: SourceReader) throws {
        var last: Int64 = 0
        while true {
            let after = last
            let page = try tenant.read { database in
                try database.connections.orphans(
                    job: jobID, objectType: reader.rule.sourceType, of: reader.directory,
                    after: after, limit: Limits.objectsInPage)
            }
            guard let end = page.last else { return }
            last = end.sequence
            try process(
                page.map { Item(id: $0.sourceAnchor, row: nil, arrival: .updated) }, index,
                reader)
        }
    }

    private func runWork(_ index: Int, _ reader: SourceReader) throws {
        var last: Int64 = 0
        while true {
            let after = last
            let (page, items) = try tenant.read { database in
                let page = try database.cycleWork.page(
                    job: workKey, objectType: reader.rule.sourceType, after: after,
                    limit: Limits.objectsInPage)
                // What changed in references only is left to their own pass.
                let items = try page.filter { !$0.isReference }.map { work in
                    Item(
                        id: work.objectID,
                        row: try database.sources.load(
                            work.objectID, of: reader.directory,
                            objectType: reader.rule.sourceType),
                        arrival: .updated)
                }
                return (page, items)
            }
            guard let end = page.last else { return }
            last = end.sequence
            // What was uploaded is counted already.
            let references = reader.takesUploads ? 0 : Int64(page.count - items.count)
            execution.countImported += Int64(items.count) + references
            execution.countImportedDeltas += Int64(items.count) + references
            execution.countImportedReferenceDeltas += references
            try process(items, index, reader)
        }
    }

    /// Shows how far an initial cycle is, to those who ask meanwhile.
    private func report(_ done: Int64, of total: Int64) throws {
        guard planned == nil, total > 1 else { return }
        try tenant.write { transaction in
            guard var stored = try transaction.database.jobs.load(id: jobID) else { return }
            stored.job.status.progress = [
                SynchronizationProgress(
                    completedUnits: min(done, total), totalUnits: total, units: "page",
                    observed: transaction.now)
            ]
            try transaction.database.jobs.update(stored)
        }
        upcoming?.generation += 1
    }

    // MARK: Deletions

    /// Carries out the deletions that waited, now that it is known that they are few enough.
    private func finishDeletions() throws {
        guard stagedDeletes == 0 else { return }
        let waiting = held
        held = []
        for start in stride(from: 0, to: waiting.count, by: Int(Limits.objectsInPage)) {
            let page = waiting[start..<min(waiting.count, start + Int(Limits.objectsInPage))]
            for index in plan.rules.indices {
                let reader = reader(index)
                let items = try tenant.read { database in
                    try page.filter { $0.rule == index }.map { deletion in
                        Item(
                            id: deletion.sourceAnchor,
                            row: try database.sources.load(
                                deletion.sourceAnchor, of: reader.directory,
                                objectType: deletion.objectType), arrival: .updated)
                    }
                }
                try process(items, index, reader, holdsDeletions: false)
            }
        }
    }
}
