// Everything that a cycle knows before it looks at the first object.

import Expressions
import Model
import Provisioning
import Storage

/// A job's schema, settings and memory, read in one step.
struct CyclePlan {
    let rules: [ObjectRule]
    /// The types of the target, by name.
    let targetTypes: [String: SCIMTargetType]
    let schema: SynchronizationSchema
    let servicePrincipal: DirectoryObject
    let syncsAll: Bool
    let skipsOutOfScopeDeletions: Bool
    /// How many deletions a cycle may carry out; nil for any number.
    let deletionThreshold: Int64?
    let defaultDomain: String?
    /// The change up to which the source will be read.
    var latest: Int64
    /// Whether any object is in error: only then has an entry to be looked for.
    let hasEscrows: Bool
    /// Whether terminations of workers are seen a day ahead.
    let looksAhead: Bool
    /// The members of the groups that rules take members of, by the rules' place; in lower case.
    let groupMembers: [Int: Set<String>]
    /// Whether one restart asked for held deletions to be carried out.
    let forcesDeletes: Bool

    /// Reads a job's surroundings.
    ///
    /// - Throws: `MappingFault` for a schema that can't be run; `StorageError`.
    init(_ cycle: Cycle, tenant: Tenant, in database: Database) throws {
        guard let stored = try database.jobs.load(id: cycle.job.id),
            let servicePrincipal = try database.servicePrincipals.load(id: cycle.servicePrincipal)
        else { throw EmulatorError.jobNotFound(cycle.job.id) }
        self.servicePrincipal = servicePrincipal
        schema = try tenant.schema(of: stored, in: database)
        let known = try tenant.rules.entry(of: cycle.job, schema, in: tenant.gallery)
        rules = known.rules
        targetTypes = known.targetTypes
        let secrets = Dictionary(
            try database.secrets.list(of: cycle.servicePrincipal).map { ($0.key, $0.value) },
            uniquingKeysWith: { $1 })
        func isTrue(_ key: String) -> Bool {
            ["true", "1"].contains(secrets[key]?.lowercased() ?? "")
        }
        syncsAll = isTrue("SyncAll")
        skipsOutOfScopeDeletions = isTrue("SkipOutOfScopeDeletions")
        defaultDomain = try database.values.load(ValueName.defaultDomain)
        latest = try database.changes.latest()
        let escrows = try database.escrows.counts(job: cycle.job.id)
        hasEscrows = escrows.entries + escrows.references + escrows.stagedDeletes > 0
        forcesDeletes =
            try database.jobMemories.load(job: cycle.job.id)["forcesDeletes"]?.bool ?? false
        let threshold = CyclePlan.threshold(secrets["SyncNotificationSettings"], cycle.job)
        deletionThreshold = forcesDeletes ? nil : threshold
        looksAhead = CyclePlan.looksAhead(secrets["SyncNotificationSettings"], cycle.job)
        var members: [Int: Set<String>] = [:]
        for (index, rule) in rules.enumerated() where !rule.groups.isEmpty {
            members[index] = try database.sources.members(
                ofGroups: rule.groups, servicePrincipal: cycle.servicePrincipal,
                directory: rule.sourceDirectory)
        }
        groupMembers = members
    }

    /// Whether terminations are seen a day ahead: by the notification settings, else the job's.
    static func looksAhead(_ settings: String?, _ job: SynchronizationJob) -> Bool {
        if let settings, let json = (try? JSONValue(parsing: settings))?.object,
            let isOn = json["HumanResourcesLookaheadQueryEnabled"]?.bool
        {
            return isOn
        }
        return job.settings.contains {
            $0.name == "LookaheadQueryEnabled" && $0.value?.lowercased() == "true"
        }
    }

    /// The accidental-deletion threshold: of the notification settings, else of the job's settings.
    private static func threshold(
        _ settings: String?, _ job: SynchronizationJob
    ) -> Int64? {
        if let settings, let json = (try? JSONValue(parsing: settings))?.object,
            let isOn = json["DeleteThresholdEnabled"]?.bool
        {
            return isOn ? json["DeleteThresholdValue"]?.integer ?? 500 : nil
        }
        return job.settings.first { $0.name == "QuarantineTooManyDeletesThreshold" }?.value
            .flatMap { Int64($0) }
    }
}
