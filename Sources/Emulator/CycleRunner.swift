// What runs a cycle, as an interface: the schedule knows no more of it than this.

public import Model
import Storage

/// A cycle that is due.
public struct Cycle: Sendable {
    /// The job as the cycle finds it.
    public let job: SynchronizationJob
    /// The application that the job belongs to.
    public let servicePrincipal: GUID
    /// The change up to which the job has read its source; nil for an initial cycle.
    public let watermark: Int64?
    /// When the cycle runs.
    public let began: Timestamp
}

/// What a cycle did.
public struct CycleResult: Sendable {
    /// The record that the job shows.
    public var execution: SynchronizationTaskExecution
    /// The change up to which the source is read now.
    public var watermark: Int64
    /// Whether nothing is left to do.
    public var isSteady: Bool
}

/// Runs cycles.
///
/// A runner reads and writes through the tenant, in transactions of its own, and never holds
/// one while it waits for a network.
public protocol CycleRunner: Sendable {
    /// Runs one cycle to its end.
    ///
    /// - Throws: `StorageError` when the store fails; what a target refuses is a result.
    func run(_ cycle: Cycle, in tenant: Tenant) throws -> CycleResult
}

/// Reads the source and counts what it would process; writes to no target.
///
/// Differs from Entra: a cycle reads, scopes by assignment and counts, and exports nothing yet.
///
/// Differs from Entra: a mapping with a scoping filter entitles nobody, as it is not evaluated yet.
public struct CountingCycleRunner: CycleRunner {
    /// A runner; it has no state.
    public init() {}

    /// Counts the entries of the source, all of them or those that changed.
    ///
    /// - Throws: `StorageError` when the store fails.
    public func run(_ cycle: Cycle, in tenant: Tenant) throws -> CycleResult {
        try tenant.read { database in
            var execution = SynchronizationTaskExecution()
            execution.timeBegan = cycle.began
            // Differs from Entra: a cycle takes no virtual time.
            execution.timeEnded = cycle.began
            let latest = try database.changes.latest()
            if cycle.watermark != latest {
                try count(cycle, in: tenant, database, into: &execution)
            }
            return CycleResult(execution: execution, watermark: latest, isSteady: true)
        }
    }

    private func count(
        _ cycle: Cycle, in tenant: Tenant, _ database: Database,
        into execution: inout SynchronizationTaskExecution
    ) throws {
        guard let stored = try database.jobs.load(id: cycle.job.id) else { return }
        let schema = try tenant.schema(of: stored, in: database)
        let secrets = try database.secrets.list(of: cycle.servicePrincipal)
        let syncsAll = secrets.contains { $0.key == "SyncAll" && $0.value.lowercased() == "true" }
        var counted: [ObjectMapping] = []
        for mapping in schema.enabledMappings where !counted.contains(mapping) {
            counted.append(mapping)
            let directory = DirectoryName(mapping.sourceDirectory, of: cycle.servicePrincipal)
            let imported = try countImported(
                mapping.sourceObject, in: directory, cycle, database, into: &execution)
            let entitled = try countEntitled(
                mapping.sourceObject, in: directory, cycle, database,
                resource: syncsAll ? nil : cycle.servicePrincipal)
            execution.countEntitled += entitled?.all ?? imported
            if !mapping.hasScope {
                execution.countEntitledForProvisioning += entitled?.active ?? imported
            }
        }
    }

    private func countImported(
        _ objectType: String, in directory: DirectoryName, _ cycle: Cycle, _ database: Database,
        into execution: inout SynchronizationTaskExecution
    ) throws -> Int64 {
        guard let watermark = cycle.watermark else {
            let objects = try database.changes.countObjects(in: directory, objectType: objectType)
            execution.countImported += objects
            return objects
        }
        let changed = try database.changes.count(
            in: directory, objectType: objectType, after: watermark)
        execution.countImported += changed.objects
        execution.countImportedDeltas += changed.objects
        execution.countImportedReferenceDeltas += changed.references
        return changed.objects
    }

    /// Entries of the tenant's directory that the application is entitled to; nil for the entries of
    /// another directory, to all of which it is.
    private func countEntitled(
        _ objectType: String, in directory: DirectoryName, _ cycle: Cycle, _ database: Database,
        resource: GUID?
    ) throws -> (all: Int64, active: Int64)? {
        guard directory == .tenant else { return nil }
        func count(activeOnly: Bool) throws -> Int64 {
            let scope = AppRoleAssignmentTable.Scope(
                resource: resource, activeOnly: activeOnly, changedAfter: cycle.watermark)
            switch objectType {
            case "User": return try database.assignments.countUsers(scope)
            case "Group": return try database.assignments.countGroups(scope)
            default: return 0
            }
        }
        return (try count(activeOnly: false), try count(activeOnly: true))
    }
}

extension DirectoryName {
    /// The directory that a schema's rule names: the tenant's own by either of its names.
    init(_ name: String, of servicePrincipal: GUID) {
        switch name {
        case "Microsoft Entra ID", "Azure Active Directory": self = .tenant
        default: self = .application(servicePrincipal: servicePrincipal, name: name)
        }
    }
}
