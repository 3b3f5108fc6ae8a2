// The second pass: memberships and managers, once the objects that they point to exist.

import Expressions
import Model
import Provisioning
import Storage

extension RunningCycle {
    /// An object whose references are compared, and whether the target may hold unknown ones.
    struct Referrer: Sendable {
        let row: ObjectConnectionRow
        let escrow: EscrowRow?
    }

    /// One batch of an attribute's references.
    struct Batch: Sendable {
        var added: [ReferenceCycle.Reference] = []
        var removed: [ReferenceCycle.Reference] = []
        /// Whether there may be more after this batch.
        var isLast = true
        var last = ("", "")
    }

    /// Brings the references of one mapping's objects up to date.
    ///
    /// - Throws: `TargetFailure` of a kind that ends the run; `StorageError`.
    func runReferences(_ index: Int) throws {
        let rule = plan.rules[index]
        let attributes = rule.references.filter { $0.sourceAttribute != "appRoleAssignments" }
        guard !attributes.isEmpty, rule.flow.contains(.update) else { return }
        if planned == nil, !isInitial, reader(index).takesUploads {
            try tenant.write { transaction in
                try transaction.database.cycleWork.collectPendingReferences(
                    job: workKey, objectType: rule.sourceType)
            }
        }
        // Where nobody has a manager yet, none need be looked for.
        if isFirst, rule.sourceType == "User", reader(index).directory == .tenant,
            try !tenant.read({ try $0.links.isAny(.manager) })
        {
            return
        }
        var last: Int64 = 0
        while true {
            let after = last
            let (referrers, end) = try tenant.read { database in
                try page(index, after: after, in: database)
            }
            guard let end else { break }
            last = end
            try runReferences(of: referrers, attributes, index)
            tenant.giveWay()
        }
        // In a dry run, what would be made has no link yet.
        for object in planned?.made ?? [] where object.rule == index {
            let row = ObjectConnectionRow(
                ObjectConnection(
                    objectType: rule.sourceType, sourceAnchor: object.anchor,
                    targetType: rule.targetType,
                    targetAnchor: PlannedChanges.target(object.anchor), displayName: ""),
                knowsReferences: true)
            try runReferences(attributes, of: Referrer(row: row, escrow: nil), index)
        }
    }

    /// Brings the references of a page of objects up to date: where the target lies in the tenant's
    /// database, a few objects in each transaction, so that nobody waits long for the lock.
    private func runReferences(
        of referrers: [Referrer], _ attributes: [AttributeRule], _ index: Int
    ) throws {
        guard planned == nil, let directory = target as? any BatchingDirectory,
            directory.canBatch
        else {
            if let lines, planned == nil, captured == nil {
                return try runReferences(of: referrers, attributes, index, over: lines)
            }
            for referrer in referrers { try runReferences(attributes, of: referrer, index) }
            return
        }
        for start in stride(from: 0, to: referrers.count, by: Limits.referrersInBatch) {
            let end = min(referrers.count, start + Limits.referrersInBatch)
            let abort = try tenant.write { transaction -> TargetFailure? in
                try directory.batch(in: &transaction) { session in
                    self.session = session
                    defer { self.session = nil }
                    do {
                        for referrer in referrers[start..<end] {
                            try runReferences(attributes, of: referrer, index)
                        }
                    } catch let failure as TargetFailure { return failure }
                    return nil
                }
            }
            if let abort { throw abort }
        }
    }

    /// Reads rows, in the transaction of the batch where there is one.
    private func read<Value: Sendable>(_ body: (Database) throws -> Value) throws -> Value {
        guard let session else { return try tenant.read(body) }
        return try body(session.transaction.database)
    }

    /// Writes rows, in the transaction of the batch where there is one.
    private func write<Value: Sendable>(
        _ body: (inout Transaction) throws -> Value
    ) throws -> Value {
        guard let session else { return try tenant.write(body) }
        return try body(&session.transaction)
    }

    /// Brings the references of one object up to date.
    ///
    /// - Throws: `TargetFailure` of a kind that ends the run; `StorageError`.
    func runReferences(ofObject id: String, _ index: Int, only: Set<String>?) throws {
        let rule = plan.rules[index]
        let row = try tenant.read { database in
            try database.connections.load(
                job: jobID, objectType: rule.sourceType, sourceAnchor: id)
        }
        guard let row, row.isManaged, rule.flow.contains(.update) else { return }
        for attribute in rule.references where attribute.sourceAttribute != "appRoleAssignments" {
            _ = try runReferences(
                attribute, of: Referrer(row: row, escrow: nil), index, only: only)
        }
    }

    /// Brings all references of an object up to date; when none failed, an escrow of them ends.
    func runReferences(
        _ attributes: [AttributeRule], of referrer: Referrer, _ index: Int
    ) throws {
        var hasFailed = false
        for attribute in attributes {
            let isDone = try runReferences(attribute, of: referrer, index, only: nil)
            hasFailed = hasFailed || !isDone
        }
        guard !hasFailed, referrer.escrow?.isReference == true, planned == nil else { return }
        try write { transaction in try endEscrow(of: referrer, in: transaction) }
    }

    func endEscrow(
        of referrer: Referrer, in transaction: Transaction
    ) throws(StorageError) {
        let row = referrer.row
        try transaction.database.escrows.delete(
            job: jobID, objectType: row.objectType, sourceAnchor: row.sourceAnchor)
    }

    /// Remembers that all references which the target holds are known.
    func keepKnowing(
        _ row: ObjectConnectionRow, in transaction: Transaction
    ) throws(StorageError) {
        var known = row
        known.knowsReferences = true
        try transaction.database.connections.save(known, job: jobID)
    }

    /// A page of linked objects whose references may have changed.
    private func page(
        _ index: Int, after: Int64, in database: Database
    ) throws -> ([Referrer], Int64?) {
        let rule = plan.rules[index]
        func referrer(_ row: ObjectConnectionRow) throws(StorageError) -> Referrer {
            var escrow: EscrowRow?
            if plan.hasEscrows {
                escrow = try database.escrows.load(
                    job: jobID, objectType: row.objectType, sourceAnchor: row.sourceAnchor)
            }
            return Referrer(row: row, escrow: escrow)
        }
        guard !isInitial else {
            let isTenant = reader(index).directory == .tenant
            let rows =
                isTenant
                ? try database.connections.pageWithReferences(
                    job: jobID, objectType: rule.sourceType, after: after,
                    limit: Limits.objectsInPage)
                : try database.connections.page(
                    job: jobID, objectType: rule.sourceType, after: after,
                    limit: Limits.objectsInPage)
            return (try rows.map(referrer), rows.last?.sequence)
        }
        let work = try database.cycleWork.page(
            job: workKey, objectType: rule.sourceType, after: after, limit: Limits.objectsInPage)
        let rows = try work.compactMap { work in
            try database.connections.load(
                job: jobID, objectType: rule.sourceType, sourceAnchor: work.objectID)
        }
        return (try rows.filter(\.isManaged).map(referrer), work.last?.sequence)
    }

    /// Brings one reference attribute of an object up to date; false when the target refused.
    private func runReferences(
        _ attribute: AttributeRule, of referrer: Referrer, _ index: Int, only: Set<String>?
    ) throws -> Bool {
        let rule = plan.rules[index]
        let cycle = ReferenceCycle(rule: rule, target: target)
        let row = referrer.row
        var last = ("", "")
        while true {
            let after = last
            var batch = try read { database in
                try self.batch(attribute, index, row, after: after, in: database)
            }
            last = batch.last
            if let only {
                batch.added.removeAll { !only.contains($0.source) }
                batch.removed = []
            }
            if !batch.added.isEmpty || !batch.removed.isEmpty {
                let outcome = try cycle.process(
                    attribute, of: ObjectConnection(row), added: batch.added,
                    removed: batch.removed, checks: !row.knowsReferences)
                try keep(outcome, referrer, attribute, index)
                if planned == nil, captured == nil { try answers.check(outcome.failure) }
                guard outcome.failure == nil else { return false }
            }
            if batch.isLast { break }
        }
        guard !row.knowsReferences, planned == nil, only == nil else { return true }
        try write { transaction in try keepKnowing(row, in: transaction) }
        return true
    }

    /// The differences between the source's references and those that the target is known to hold.
    func batch(
        _ attribute: AttributeRule, _ index: Int, _ row: ObjectConnectionRow,
        after last: (String, String), in database: Database
    ) throws -> Batch {
        let reader = reader(index)
        guard reader.directory == .tenant else {
            return try applicationBatch(attribute, reader, row, in: database)
        }
        let link = attribute.sourceAttribute == "members" ? "member" : "manager"
        let references = database.exportedReferences
        let missing = try references.missing(
            job: jobID, source: row.sourceAnchor, attribute: attribute.name, link: link,
            after: last.0, limit: Limits.referencesInBatch)
        let surplus = try references.surplus(
            job: jobID, source: row.sourceAnchor, attribute: attribute.name, link: link,
            after: last.1, limit: Limits.referencesInBatch)
        var batch = Batch()
        batch.added = missing.map { .init(source: $0.source, target: $0.target) }
        batch.removed = surplus.map { .init(source: $0.source, target: $0.target) }
        batch.isLast =
            missing.count < Int(Limits.referencesInBatch)
            && surplus.count < Int(Limits.referencesInBatch)
        batch.last = (missing.last?.source ?? last.0, surplus.last?.source ?? last.1)
        resolvePlanned(&batch)
        return batch
    }

    /// In a dry run, objects that would be made count as made.
    private func resolvePlanned(_ batch: inout Batch) {
        guard let planned else { return }
        batch.added = batch.added.map { reference in
            guard reference.target == nil, planned.creates(reference.source) else {
                return reference
            }
            return .init(
                source: reference.source, target: PlannedChanges.target(reference.source))
        }
    }

    /// The same for a directory whose references are attribute values.
    private func applicationBatch(
        _ attribute: AttributeRule, _ reader: SourceReader, _ row: ObjectConnectionRow,
        in database: Database
    ) throws -> Batch {
        guard let name = attribute.sourceAttribute,
            case .application(let servicePrincipal, let directory) = reader.directory,
            let source = try database.sources.load(
                row.sourceAnchor, of: reader.directory, objectType: row.objectType)
        else { return Batch() }
        let values = reader.value(name, in: try source.body()).texts
        // An upload without a reference leaves it as it is, as all that it leaves out.
        if values.isEmpty, reader.takesUploads, !attribute.flowsNull { return Batch() }
        let known = try database.exportedReferences.list(
            job: jobID, source: row.sourceAnchor, attribute: attribute.name)
        var wanted: [ReferenceCycle.Reference] = []
        for value in values where !value.isEmpty {
            var anchor = value
            var target = try database.connections.targetAnchor(job: jobID, sourceAnchor: value)
            if target == nil,
                let found = try database.sources.find(
                    distinguishedName: value, servicePrincipal: servicePrincipal,
                    directory: directory)
            {
                anchor = found
                target = try database.connections.targetAnchor(job: jobID, sourceAnchor: found)
            }
            wanted.append(.init(source: anchor, target: target))
        }
        var batch = Batch()
        batch.added = wanted.filter { reference in
            !known.contains { $0.source == reference.source && $0.target == reference.target }
        }
        batch.removed = known.filter { old in
            !wanted.contains { $0.source == old.source && $0.target == old.target }
        }.map { .init(source: $0.source, target: $0.target) }
        resolvePlanned(&batch)
        return batch
    }

    private func keep(
        _ outcome: ReferenceCycle.Outcome, _ referrer: Referrer, _ attribute: AttributeRule,
        _ index: Int
    ) throws {
        let rule = plan.rules[index]
        if planned != nil {
            if let record = outcome.record { planned?.add(record, rule, index) }
            return
        }
        try write { transaction in
            try keep(outcome, referrer, attribute, index, in: &transaction)
        }
    }

    func keep(
        _ outcome: ReferenceCycle.Outcome, _ referrer: Referrer, _ attribute: AttributeRule,
        _ index: Int, in transaction: inout Transaction
    ) throws {
        let rule = plan.rules[index]
        if outcome.isExport { execution.countExports += 1 }
        if outcome.isExported { execution.countExported += 1 }
        if outcome.failure != nil { referenceFailures += 1 }
        let row = referrer.row
        let references = transaction.database.exportedReferences
        for reference in outcome.removed {
            try references.delete(
                job: jobID, source: row.sourceAnchor, attribute: attribute.name,
                reference: reference.source)
        }
        try references.save(
            outcome.added.compactMap { reference in
                reference.target.map { ReferenceRow(source: reference.source, target: $0) }
            }, job: jobID, source: row.sourceAnchor, attribute: attribute.name)
        // A manager may be uploaded after those who report to it.
        if reader(index).takesUploads {
            try references.savePending(
                outcome.unresolved.map(\.source), job: jobID, source: row.sourceAnchor,
                attribute: attribute.name)
        }
        // An object that failed itself is tried again with all of its references.
        if let failure = outcome.failure, referrer.escrow?.isOfObject != true {
            try escrow(
                failure, row.objectType, row.sourceAnchor, earlier: referrer.escrow,
                isReference: true, in: &transaction)
        }
        if let record = outcome.record { try log(record, rule, in: &transaction) }
    }
}
