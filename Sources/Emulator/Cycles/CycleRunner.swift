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
    /// Whether the source is to be read from where it was read last, as the run did not end.
    public var keepsWatermark = false
    /// What puts the job into quarantine; nil for nothing.
    public var quarantine: Quarantine?
    /// Objects that were linked, by the types of both sides.
    public var synchronized: [Synchronized] = []
    /// Whether failures were dropped, so that the run could come to its end.
    public var prunesEscrows = false

    /// Whether uploads were worked off; more may have come meanwhile.
    public var tookUploads = false

    /// Why a job is quarantined.
    public struct Quarantine: Sendable {
        /// A member of `quarantineReason`.
        public var reason: String
        /// What failed; nil where thresholds were reached.
        public var error: SynchronizationError?
    }

    /// How many objects of a type were linked.
    public struct Synchronized: Sendable {
        /// The type of the source objects.
        public var source: String
        /// The type of the target objects.
        public var target: String
        /// How many.
        public var count: Int64
    }
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

extension DirectoryName {
    /// The directory that a schema's rule names: the tenant's own by either of its names.
    init(_ name: String, of servicePrincipal: GUID) {
        switch name {
        case "Microsoft Entra ID", "Azure Active Directory": self = .tenant
        default: self = .application(servicePrincipal: servicePrincipal, name: name)
        }
    }
}
