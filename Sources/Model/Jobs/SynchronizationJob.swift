// A synchronization job: what it is, when it runs and how it fares.

/// A job that provisions from one directory to another, one instance of a template.
///
/// JSON shape: `Fixtures/Wire/job-created.json`. Follows the service's page "synchronizationJob
/// resource type".
public struct SynchronizationJob: Sendable, Equatable {
    /// `<templateId>.<tenant id without dashes>[.<appId>]`.
    public let id: String
    /// The template that the job was made from.
    public let templateID: String
    /// When the job runs.
    public var schedule: SynchronizationSchedule
    /// How the job fares.
    public var status: SynchronizationStatus
    /// Named settings, copied from the template.
    public var settings: [KeyValuePair]

    /// A job as a create answers it: not scheduled, never run.
    public init(id: String, templateID: String, interval: ISODuration, settings: [KeyValuePair]) {
        self.id = id
        self.templateID = templateID
        self.settings = settings
        schedule = SynchronizationSchedule(interval: interval)
        status = SynchronizationStatus()
    }

    /// The job in the service's JSON.
    public var json: JSONObject {
        JSONObject([
            ("id", .string(id)), ("templateId", .string(templateID)),
            ("schedule", .object(schedule.json)), ("status", .object(status.json)),
            ("synchronizationJobSettings", .array(settings.map { .object($0.json) })),
        ])
    }

    /// Reads a job from the service's JSON; nil when a member is missing or of another type.
    public init?(_ json: JSONValue) {
        guard let members = json.object, let id = members["id"]?.string,
            let templateID = members["templateId"]?.string,
            let schedule = members["schedule"]?.object.flatMap(SynchronizationSchedule.init),
            let status = members["status"]?.object.flatMap(SynchronizationStatus.init),
            let settings = members["synchronizationJobSettings"]?.array
        else { return nil }
        self.id = id
        self.templateID = templateID
        self.schedule = schedule
        self.status = status
        let readable = settings.compactMap { $0.object.flatMap(KeyValuePair.init) }
        guard readable.count == settings.count else { return nil }
        self.settings = readable
    }
}

/// A named setting of a job.
public struct KeyValuePair: Sendable, Equatable {
    /// The setting's name.
    public let name: String
    /// The setting's value.
    public let value: String?

    /// Makes a setting.
    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }

    init?(_ json: JSONObject) {
        guard let name = json["name"]?.string else { return nil }
        self.init(name: name, value: json["value"]?.string)
    }

    var json: JSONObject { JSONObject([("name", .string(name)), ("value", .optional(value))]) }
}

/// When a job runs.
public struct SynchronizationSchedule: Sendable, Equatable {
    /// Whether the job runs.
    public enum State: String, Sendable {
        case active = "Active"
        case disabled = "Disabled"
        case paused = "Paused"
    }

    /// The time from one cycle to the next; the template's.
    public let interval: ISODuration
    /// Whether the job runs.
    public var state: State

    init(interval: ISODuration) {
        self.interval = interval
        state = .disabled
    }

    init?(_ json: JSONObject) {
        guard let interval = json["interval"]?.string.flatMap(ISODuration.init(parsing:)),
            let state = json["state"]?.string.flatMap(State.init(rawValue:))
        else { return nil }
        self.interval = interval
        self.state = state
    }

    var json: JSONObject {
        JSONObject([
            ("expiration", .null), ("interval", .string(interval.description)),
            ("state", .string(state.rawValue)),
        ])
    }
}
