// One run of a job, in numbers.

/// What one cycle did, as `synchronizationTaskExecution` has it.
public struct SynchronizationTaskExecution: Sendable, Equatable {
    /// How a run ended.
    public enum State: String, Sendable {
        case succeeded = "Succeeded"
        case failed = "Failed"
        case entryLevelErrors = "EntryLevelErrors"
    }

    /// The run's identifier.
    public var activityIdentifier: String?
    /// Entries processed that are assigned to the application.
    public var countEntitled: Int64 = 0
    /// Of those, entries that are active and in scope.
    public var countEntitledForProvisioning: Int64 = 0
    /// Entries in error.
    public var countEscrowed: Int64 = 0
    /// Entries in error, the system's own included.
    public var countEscrowedRaw: Int64 = 0
    /// Writes done.
    public var countExported: Int64 = 0
    /// Writes attempted.
    public var countExports: Int64 = 0
    /// Entries read.
    public var countImported: Int64 = 0
    /// Of those, entries read because they had changed.
    public var countImportedDeltas: Int64 = 0
    /// Of those, changes of memberships and managers.
    public var countImportedReferenceDeltas: Int64 = 0
    /// How the run ended.
    public var state: State = .succeeded
    /// What failed.
    public var error: SynchronizationError?
    /// When the run began.
    public var timeBegan = Timestamp.never
    /// When the run ended.
    public var timeEnded = Timestamp.never

    /// A run that has counted nothing yet.
    public init() {}

    /// What a job shows between its start and its first run: a run that never was.
    public static let notRun: SynchronizationTaskExecution = {
        var execution = SynchronizationTaskExecution()
        execution.state = .failed
        execution.error = SynchronizationError(code: "None", message: "", tenantActionable: false)
        return execution
    }()

    init?(_ json: JSONObject) {
        func count(_ name: String) -> Int64 { json[name]?.integer ?? 0 }
        func time(_ name: String) -> Timestamp {
            json[name]?.string.flatMap(Timestamp.init(parsing:)) ?? .never
        }
        guard let state = json["state"]?.string.flatMap(State.init(rawValue:)) else { return nil }
        self.state = state
        activityIdentifier = json["activityIdentifier"]?.string
        countEntitled = count("countEntitled")
        countEntitledForProvisioning = count("countEntitledForProvisioning")
        countEscrowed = count("countEscrowed")
        countEscrowedRaw = count("countEscrowedRaw")
        countExported = count("countExported")
        countExports = count("countExports")
        countImported = count("countImported")
        countImportedDeltas = count("countImportedDeltas")
        countImportedReferenceDeltas = count("countImportedReferenceDeltas")
        error = json["error"]?.object.flatMap(SynchronizationError.init)
        timeBegan = time("timeBegan")
        timeEnded = time("timeEnded")
    }

    /// The run in the service's JSON.
    public var json: JSONObject {
        JSONObject([
            ("activityIdentifier", .optional(activityIdentifier)),
            ("countEntitled", .integer(countEntitled)),
            ("countEntitledForProvisioning", .integer(countEntitledForProvisioning)),
            ("countEscrowed", .integer(countEscrowed)),
            ("countEscrowedRaw", .integer(countEscrowedRaw)),
            ("countExported", .integer(countExported)), ("countExports", .integer(countExports)),
            ("countImported", .integer(countImported)),
            ("countImportedDeltas", .integer(countImportedDeltas)),
            ("countImportedReferenceDeltas", .integer(countImportedReferenceDeltas)),
            ("state", .string(state.rawValue)),
            ("timeBegan", .string(timeBegan.description)),
            ("timeEnded", .string(timeEnded.description)),
            ("error", error.map { .object($0.json) } ?? .null),
        ])
    }
}
