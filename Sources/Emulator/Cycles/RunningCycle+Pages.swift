// A page of objects: prepared, decided about, kept.

import Expressions
import Model
import Provisioning
import Storage
import VirtualTime

extension RunningCycle {
    /// An object that is to be looked at: its row, or only its identifier when it is gone.
    struct Item {
        let id: String
        let row: SourceRow?
        let arrival: SourceObject.Arrival
    }

    /// An object with everything that deciding about it needs.
    struct Prepared: Sendable {
        let id: String
        let row: SourceRow?
        let arrival: SourceObject.Arrival
        let assignment: SourceObject.Assignment
        let connection: ObjectConnectionRow?
        let escrow: EscrowRow?
        let isDeleted: Bool
    }

    /// Processes a page of objects of one mapping.
    ///
    /// - Parameters:
    ///   - items: the objects.
    ///   - index: the number of the mapping.
    ///   - reader: reads its objects.
    ///   - holdsDeletions: whether deletions wait for the end; nil where the job's threshold says so.
    ///   - following: reads the page that comes next; nil where that depends on this one.
    /// - Throws: `TargetFailure` of a kind that ends the run, after what was done before is kept;
    ///   `StorageError`.
    func process(
        _ items: [Item], _ index: Int, _ reader: SourceReader, holdsDeletions: Bool? = nil,
        following: ((Database) throws -> [Item])? = nil
    ) throws {
        guard !items.isEmpty else { return }
        let holds = holdsDeletions ?? (plan.deletionThreshold != nil)
        if planned == nil, let directory = target as? any BatchingDirectory, directory.canBatch {
            try processBatched(
                items, index, reader, directory, holds: holds, following: following)
        } else {
            try processStepwise(items, index, reader, holds: holds)
        }
        tenant.giveWay()
    }

    /// All of the page in one transaction, the target's writes included; in several, when others wait
    /// for the tenant's lock.
    private func processBatched(
        _ items: [Item], _ index: Int, _ reader: SourceReader,
        _ directory: any BatchingDirectory, holds: Bool, following: ((Database) throws -> [Item])?
    ) throws {
        var rest = items[...]
        while !rest.isEmpty {
            rest = try processBatch(
                rest, index, reader, directory, holds: holds, following: following)
            tenant.giveWay()
        }
    }

    /// Processes objects in one transaction, and tells which are left when it had to end early.
    private func processBatch(
        _ items: ArraySlice<Item>, _ index: Int, _ reader: SourceReader,
        _ directory: any BatchingDirectory, holds: Bool, following: ((Database) throws -> [Item])?
    ) throws -> ArraySlice<Item> {
        var rest = items
        let abort = try tenant.write { transaction -> TargetFailure? in
            let database = transaction.database
            let (job, type) = (jobID, plan.rules[index].targetType)
            let recipe = recipe(
                reader, index, holds: holds, now: transaction.now, in: database
            ) {
                (try? database.connections.isLinked(
                    job: job, targetType: type, targetAnchor: $0, elsewhereThan: $1)) ?? false
            }
            var object = recipe.objectCycle(target)
            return try directory.batch(in: &transaction) { session in
                let page = RecordPage(tenant.aside)
                records = page
                defer { records = nil }
                let drafts = takeUpcoming(items) ?? drafts(of: items, recipe, in: database)
                while let (prepared, draft) = try drafts.next() {
                    rest.removeFirst()
                    if let following, rest.count == Limits.objectsInPiece * Limits.piecesAtHand {
                        try begin(following(database), recipe, in: database)
                    }
                    events += 1
                    switch RunningCycle.decide(prepared, try draft.get(), &object) {
                    case .success(let outcome?):
                        try keep(outcome, prepared, index, in: &session.transaction)
                    case .success(nil): try forget(prepared, index, in: session.transaction)
                    case .failure(let failure):
                        try insert(page, in: session.transaction)
                        return failure
                    }
                    let done = items.count - rest.count
                    if done % Limits.objectsBeforeGivingWay == 0, tenant.isAwaited { break }
                }
                try insert(page, in: session.transaction)
                return nil
            }
        }
        if let abort { throw abort }
        return rest
    }

    /// Each object in a transaction of its own, and no lock while the target is asked.
    private func processStepwise(
        _ items: [Item], _ index: Int, _ reader: SourceReader, holds: Bool
    ) throws {
        let page = try tenant.read { database in
            try items.map { try prepare($0, reader, in: database) }
        }
        if let lines, planned == nil, captured == nil {
            return try process(page, reader, over: lines, index, holds: holds)
        }
        let recipe = stepwiseRecipe(reader, index, holds: holds)
        var object = recipe.objectCycle(target)
        for prepared in page {
            events += 1
            let draft = try recipe.draft(prepared)
            let outcome = try RunningCycle.decide(prepared, draft, &object).get()
            try keepAlone(outcome, prepared, index)
        }
    }

    private func keepAlone(_ outcome: ObjectOutcome?, _ prepared: Prepared, _ index: Int) throws {
        guard let outcome else {
            guard prepared.escrow != nil else { return }
            return try tenant.write { transaction in
                try forget(prepared, index, in: transaction)
            }
        }
        guard planned == nil else { return note(outcome, prepared, index) }
        try tenant.write { transaction in
            try keep(outcome, prepared, index, in: &transaction)
        }
        if captured == nil { try answers.check(outcome.failure) }
    }

    /// Decides about objects one by one; no transaction is open meanwhile.
    func stepwiseRecipe(
        _ reader: SourceReader, _ index: Int, holds: Bool
    ) -> DecisionRecipe {
        let tenant = tenant
        let (job, type) = (jobID, plan.rules[index].targetType)
        return recipe(reader, index, holds: holds, now: max(tenant.now, cycle.began)) {
            target, source in
            (try? tenant.read {
                try $0.connections.isLinked(
                    job: job, targetType: type, targetAnchor: target, elsewhereThan: source)
            }) ?? false
        }
    }

    func recipe(
        _ reader: SourceReader, _ index: Int, holds: Bool, now: Timestamp,
        in database: Database? = nil,
        isLinkedElsewhere: @escaping @Sendable (String, String) -> Bool
    ) -> DecisionRecipe {
        var surroundings = CycleSurroundings(
            defaultDomain: plan.defaultDomain, now: DateTime(ticks: now.ticks),
            isLinkedElsewhere: isLinkedElsewhere)
        surroundings.skipsOutOfScopeDeletions = plan.skipsOutOfScopeDeletions
        surroundings.holdsDeletions = holds
        surroundings.isHeldByFormer = isHeldByFormer(index, in: database)
        return DecisionRecipe(
            reader: reader, surroundings: surroundings, cycle: id)
    }

    func prepare(
        _ item: Item, _ reader: SourceReader, in database: Database
    ) throws(StorageError) -> Prepared {
        let type = reader.rule.sourceType
        let connection =
            unlinkedTypes.contains(type)
            ? nil
            : try database.connections.load(
                job: jobID, objectType: type, sourceAnchor: item.id)
        var escrow: EscrowRow?
        if plan.hasEscrows {
            escrow = try database.escrows.load(
                job: jobID, objectType: type, sourceAnchor: item.id)
        }
        let assignment =
            item.row == nil ? .none : try reader.assignment(of: item.id, in: database)
        return Prepared(
            id: item.id, row: item.row, arrival: item.arrival, assignment: assignment,
            connection: connection, escrow: escrow, isDeleted: item.row?.isDeleted ?? true)
    }

    /// What becomes of an object; nil when there is nothing to say about it.
    ///
    /// Of no run: several of a page may be decided about at the same time.
    static func decide(
        _ prepared: Prepared, _ draft: ObjectDraft?, _ object: inout ObjectCycle
    ) -> Result<ObjectOutcome?, TargetFailure> {
        let connection = prepared.connection.map(ObjectConnection.init)
        do throws(TargetFailure) {
            if let draft {
                // An object that is deleted and was never linked is no concern of the job's.
                guard connection != nil || !prepared.isDeleted else { return .success(nil) }
                return .success(try object.process(draft, connection))
            }
            guard let connection else { return .success(nil) }
            return .success(try object.processDeletion(of: connection))
        } catch {
            return .failure(error)
        }
    }

    /// Counts and keeps what came out of one object.
    func keep(
        _ outcome: ObjectOutcome, _ prepared: Prepared, _ index: Int,
        in transaction: inout Transaction
    ) throws {
        let rule = plan.rules[index]
        let type = rule.sourceType
        var outcome = outcome
        if outcome.isHeld { outcome = try hold(outcome, prepared, index, in: &transaction) }
        count(outcome)
        let database = transaction.database
        switch outcome.connection {
        case .keep: break
        case .save(let connection):
            if outcome.takesOver {
                try database.connections.release(
                    job: jobID, targetType: connection.targetType,
                    targetAnchor: connection.targetAnchor, keeping: connection.sourceAnchor)
            }
            let knows =
                outcome.isNewlyConnected
                ? outcome.record?.action == .create : prepared.connection?.knowsReferences ?? true
            try database.connections.save(
                ObjectConnectionRow(connection, knowsReferences: knows), job: jobID,
                isNew: prepared.connection == nil)
            if outcome.isNewlyConnected { synchronized[[type, rule.targetType], default: 0] += 1 }
        case .remove:
            try database.connections.delete(
                job: jobID, objectType: type, sourceAnchor: prepared.id)
        }
        if let failure = outcome.failure {
            try escrow(failure, type, prepared.id, earlier: prepared.escrow, in: &transaction)
        } else if let old = prepared.escrow, !outcome.isHeld,
            !old.isReference || outcome.connection == .remove
        {
            try database.escrows.delete(job: jobID, objectType: type, sourceAnchor: prepared.id)
        }
        if let record = outcome.record { try log(record, rule, in: &transaction) }
    }

    /// Ends the escrow of an object that is no concern of the job's any more.
    func forget(
        _ prepared: Prepared, _ index: Int, in transaction: Transaction
    ) throws(StorageError) {
        guard prepared.escrow != nil, planned == nil else { return }
        try transaction.database.escrows.delete(
            job: jobID, objectType: plan.rules[index].sourceType, sourceAnchor: prepared.id)
    }

    func count(_ outcome: ObjectOutcome) {
        if outcome.isEntitled { execution.countEntitled += 1 }
        if outcome.isEntitledForProvisioning { execution.countEntitledForProvisioning += 1 }
        if outcome.isExport { execution.countExports += 1 }
        if outcome.isExported { execution.countExported += 1 }
        if outcome.failure != nil { failures += 1 }
    }

    /// Lets a deletion wait, or stages it when there are too many.
    private func hold(
        _ outcome: ObjectOutcome, _ prepared: Prepared, _ index: Int,
        in transaction: inout Transaction
    ) throws -> ObjectOutcome {
        let threshold = plan.deletionThreshold ?? 0
        if stagedDeletes == 0, Int64(held.count) < threshold {
            held.append(
                HeldDeletion(
                    rule: index, objectType: plan.rules[index].sourceType,
                    sourceAnchor: prepared.id))
            return outcome
        }
        let waiting = held
        held = []
        for deletion in waiting {
            guard
                let row = try transaction.database.connections.load(
                    job: jobID, objectType: deletion.objectType,
                    sourceAnchor: deletion.sourceAnchor)
            else { continue }
            try stage(row, deletion.rule, in: &transaction)
        }
        if let row = prepared.connection { try stage(row, index, in: &transaction) }
        return outcome
    }

    private func stage(
        _ row: ObjectConnectionRow, _ index: Int, in transaction: inout Transaction
    ) throws {
        var object = recipe(
            reader(index), index, holds: true, now: transaction.now, in: transaction.database
        ) { _, _ in false }.objectCycle(target)
        let outcome = object.stage(ObjectConnection(row))
        stagedDeletes += 1
        try transaction.database.escrows.save(
            EscrowRow(
                objectType: row.objectType, sourceAnchor: row.sourceAnchor,
                firstFailed: cycle.began, attempts: 0, due: cycle.began, isStagedDelete: true,
                code: "TooManyDeletes"), job: jobID)
        if let record = outcome.record {
            try log(record, plan.rules[index], in: &transaction)
        }
    }

    /// Has an object tried again later, until the service gives it up.
    func escrow(
        _ failure: TargetFailure, _ type: String, _ anchor: String, earlier: EscrowRow?,
        isReference: Bool = false, in transaction: inout Transaction
    ) throws(StorageError) {
        let now = cycle.began
        let isFailure = earlier?.isStagedDelete == false
        let first = isFailure ? earlier?.firstFailed ?? now : now
        let attempts = (isFailure ? earlier?.attempts ?? 0 : 0) + 1
        guard
            let due = EscrowSchedule.due(firstFailed: first, now: now, attempts: attempts)
        else {
            return try transaction.database.escrows.delete(
                job: jobID, objectType: type, sourceAnchor: anchor)
        }
        try transaction.database.escrows.save(
            EscrowRow(
                objectType: type, sourceAnchor: anchor, firstFailed: first, attempts: attempts,
                due: due, isReference: isReference, code: failure.code), job: jobID)
    }
}

extension ObjectConnection {
    /// A link as its row has it.
    init(_ row: ObjectConnectionRow) {
        var exported: [String: String] = [:]
        if row.exported != "{}", let json = (try? JSONValue(parsing: row.exported))?.object {
            for member in json.members { exported[member.name] = member.value.string }
        }
        self.init(
            objectType: row.objectType, sourceAnchor: row.sourceAnchor,
            targetType: row.targetType, targetAnchor: row.targetAnchor,
            displayName: row.displayName, isManaged: row.isManaged, exported: exported)
    }
}

extension ObjectConnectionRow {
    /// A link as a row.
    init(_ connection: ObjectConnection, knowsReferences: Bool) {
        let exported =
            connection.exported.isEmpty
            ? "{}"
            : JSONValue.object(
                JSONObject(
                    connection.exported.sorted { $0.key < $1.key }.map {
                        ($0.key, .string($0.value))
                    })
            ).text
        self.init(
            objectType: connection.objectType, sourceAnchor: connection.sourceAnchor,
            targetType: connection.targetType, targetAnchor: connection.targetAnchor,
            displayName: connection.displayName, isManaged: connection.isManaged,
            knowsReferences: knowsReferences, exported: exported)
    }
}
