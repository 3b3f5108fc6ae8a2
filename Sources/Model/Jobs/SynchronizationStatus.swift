// How a job fares: its last runs, its counts and its quarantine.

/// The state of a job, as `synchronizationJob.status` has it.
public struct SynchronizationStatus: Sendable, Equatable {
    /// The service's status codes.
    public enum Code: String, Sendable {
        case notConfigured = "NotConfigured"
        case notRun = "NotRun"
        case active = "Active"
        case paused = "Paused"
        case quarantine = "Quarantine"
    }

    /// Runs that failed as a whole, in a row.
    public var countSuccessiveCompleteFailures: Int64 = 0
    /// Whether errors were dropped so that the initial cycle could finish.
    public var escrowsPruned = false
    /// The code.
    public var code: Code = .paused
    /// The last run; nil before the first start.
    public var lastExecution: SynchronizationTaskExecution?
    /// The last run without errors.
    public var lastSuccessfulExecution: SynchronizationTaskExecution?
    /// The last run that wrote to the target.
    public var lastSuccessfulExecutionWithExports: SynchronizationTaskExecution?
    /// Why and since when the job is in quarantine; nil when it is not.
    public var quarantine: SynchronizationQuarantine?
    /// When a cycle first left nothing to do.
    public var steadyStateFirstAchievedTime = Timestamp.never
    /// When a cycle last left nothing to do.
    public var steadyStateLastAchievedTime = Timestamp.never
    /// Nil before the first start, empty after.
    public var troubleshootingURL: String?
    /// Objects ever put in scope, by `<source type> to <target type>`.
    public var synchronizedEntryCountByType: [StringKeyLongValuePair] = []
    /// How far the running cycle is; empty between cycles.
    public var progress: [SynchronizationProgress] = []

    /// The status of a job that was never started.
    public init() {}

    init?(_ json: JSONObject) {
        guard let code = json["code"]?.string.flatMap(Code.init(rawValue:)),
            let first = json["steadyStateFirstAchievedTime"]?.string.flatMap(
                Timestamp.init(parsing:)),
            let last = json["steadyStateLastAchievedTime"]?.string.flatMap(
                Timestamp.init(parsing:))
        else { return nil }
        self.code = code
        steadyStateFirstAchievedTime = first
        steadyStateLastAchievedTime = last
        countSuccessiveCompleteFailures = json["countSuccessiveCompleteFailures"]?.integer ?? 0
        escrowsPruned = json["escrowsPruned"]?.bool ?? false
        lastExecution = SynchronizationStatus.execution("lastExecution", of: json)
        lastSuccessfulExecution = SynchronizationStatus.execution(
            "lastSuccessfulExecution", of: json)
        lastSuccessfulExecutionWithExports = SynchronizationStatus.execution(
            "lastSuccessfulExecutionWithExports", of: json)
        quarantine = json["quarantine"]?.object.flatMap(SynchronizationQuarantine.init)
        troubleshootingURL = json["troubleshootingUrl"]?.string
        progress = (json["progress"]?.array ?? [])
            .compactMap { $0.object.flatMap(SynchronizationProgress.init) }
        synchronizedEntryCountByType = (json["synchronizedEntryCountByType"]?.array ?? [])
            .compactMap { $0.object.flatMap(StringKeyLongValuePair.init) }
    }

    private static func execution(
        _ name: String, of json: JSONObject
    ) -> SynchronizationTaskExecution? {
        json[name]?.object.flatMap(SynchronizationTaskExecution.init)
    }

    /// Member order as in captures of the service.
    var json: JSONObject {
        func object(_ execution: SynchronizationTaskExecution?) -> JSONValue {
            execution.map { .object($0.json) } ?? .null
        }
        return JSONObject([
            ("countSuccessiveCompleteFailures", .integer(countSuccessiveCompleteFailures)),
            ("escrowsPruned", .bool(escrowsPruned)),
            ("code", .string(code.rawValue)),
            ("lastExecution", object(lastExecution)),
            ("lastSuccessfulExecution", object(lastSuccessfulExecution)),
            ("lastSuccessfulExecutionWithExports", object(lastSuccessfulExecutionWithExports)),
            ("quarantine", quarantine.map { .object($0.json) } ?? .null),
            ("steadyStateFirstAchievedTime", .string(steadyStateFirstAchievedTime.description)),
            ("steadyStateLastAchievedTime", .string(steadyStateLastAchievedTime.description)),
            ("troubleshootingUrl", .optional(troubleshootingURL)),
            ("progress", .array(progress.map { .object($0.json) })),
            (
                "synchronizedEntryCountByType",
                .array(synchronizedEntryCountByType.map { .object($0.json) })
            ),
        ])
    }
}

/// A count under a name.
public struct StringKeyLongValuePair: Sendable, Equatable {
    /// The name: `<source type> to <target type>`.
    public let key: String
    /// The count.
    public let value: Int64

    /// Makes a named count.
    public init(key: String, value: Int64) {
        self.key = key
        self.value = value
    }

    init?(_ json: JSONObject) {
        guard let key = json["key"]?.string, let value = json["value"]?.integer else { return nil }
        self.init(key: key, value: value)
    }

    var json: JSONObject { JSONObject([("key", .string(key)), ("value", .integer(value))]) }
}

/// Why a run or a job fails.
public struct SynchronizationError: Sendable, Equatable {
    /// The service's code.
    public let code: String
    /// The text for people.
    public let message: String
    /// Whether the customer can mend it.
    public let tenantActionable: Bool

    /// Makes an error.
    public init(code: String, message: String, tenantActionable: Bool) {
        self.code = code
        self.message = message
        self.tenantActionable = tenantActionable
    }

    init?(_ json: JSONObject) {
        guard let code = json["code"]?.string else { return nil }
        self.init(
            code: code, message: json["message"]?.string ?? "",
            tenantActionable: json["tenantActionable"]?.bool ?? false)
    }

    var json: JSONObject {
        JSONObject([
            ("code", .string(code)), ("message", .string(message)),
            ("tenantActionable", .bool(tenantActionable)),
        ])
    }
}

/// A job's quarantine: since when, why, and when it is tried again.
public struct SynchronizationQuarantine: Sendable, Equatable {
    /// When it was last imposed.
    public var currentBegan: Timestamp
    /// When the job is tried again.
    public var nextAttempt: Timestamp
    /// A member of `quarantineReason`.
    public var reason: String
    /// When it was first imposed in this series.
    public var seriesBegan: Timestamp
    /// How often it was imposed in this series.
    public var seriesCount: Int64
    /// What failed.
    public var error: SynchronizationError?

    /// The first of a series.
    init(reason: String, error: SynchronizationError?, began: Timestamp) {
        self.reason = reason
        self.error = error
        currentBegan = began
        seriesBegan = began
        seriesCount = 1
        nextAttempt = began + SynchronizationQuarantine.delay(afterCount: 1)
    }

    /// The same series, imposed once more.
    mutating func impose(reason: String, error: SynchronizationError?, at now: Timestamp) {
        self.reason = reason
        self.error = error
        currentBegan = now
        seriesCount += 1
        nextAttempt = now + SynchronizationQuarantine.delay(afterCount: seriesCount)
    }

    /// The wait before the next attempt: five minutes, then twice as long each time, up to a day.
    ///
    /// Unverified: how the intervals of a quarantine grow between five minutes and a day.
    static func delay(afterCount count: Int64) -> ISODuration {
        .minutes(min(5 << min(count - 1, 20), 24 * 60))
    }

    /// Four weeks, after which a job in quarantine is disabled.
    static let patience = ISODuration.minutes(28 * 24 * 60)

    init?(_ json: JSONObject) {
        func time(_ name: String) -> Timestamp {
            json[name]?.string.flatMap(Timestamp.init(parsing:)) ?? .never
        }
        guard let reason = json["reason"]?.string else { return nil }
        self.reason = reason
        currentBegan = time("currentBegan")
        nextAttempt = time("nextAttempt")
        seriesBegan = time("seriesBegan")
        seriesCount = json["seriesCount"]?.integer ?? 0
        error = json["error"]?.object.flatMap(SynchronizationError.init)
    }

    var json: JSONObject {
        JSONObject([
            ("currentBegan", .string(currentBegan.description)),
            ("nextAttempt", .string(nextAttempt.description)), ("reason", .string(reason)),
            ("seriesBegan", .string(seriesBegan.description)),
            ("seriesCount", .integer(seriesCount)),
            ("error", error.map { .object($0.json) } ?? .null),
        ])
    }
}
