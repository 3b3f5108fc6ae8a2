// A fault rule: which calls it matches, what they get, how often.

public import Model

/// What shall go wrong.
///
/// Shape: `{"id":"slow-users","match":{"method":"GET","path":"/v1.0/users*"},"effect":{"status":429,
/// "retryAfter":5},"count":2}`; instead of `effect`, or along with it, `"preset":"429-storm"`.
public struct FaultRule: Sendable, Equatable {
    /// Which calls a rule matches; what is nil matches every call.
    public struct Match: Sendable, Equatable {
        /// Who asks whom; nil for both.
        public var direction: JournalEntry.Direction? = .inbound
        /// The method.
        public var method: String?
        /// The path, without a tenant's prefix.
        public var path: PathPattern?
        /// The whole URL of an outbound call.
        public var target: PathPattern?
        /// The tenant; rules belong to one anyway, but a seed is read by many.
        public var tenant: GUID?

        func fits(_ call: FaultCall, tenant id: GUID) -> Bool {
            if let direction, direction != call.direction { return false }
            if let method, method != call.method { return false }
            if let tenant, tenant != id { return false }
            if let path, !path.matches(call.path) { return false }
            if let target { return target.matches(call.url ?? "") }
            return true
        }
    }

    /// The rule's identifier.
    public var id: String
    /// Which calls it matches.
    public var match = Match()
    /// What they get.
    public var effect: FaultEffect
    /// How many calls in how much time get through; with limits only those beyond them get it.
    public var limits: [RateLimit] = []
    /// How many calls get it; nil for all.
    public var count: Int?
    /// How probable it is for a call that matches.
    public var probability = 1.0
    /// Begins the draws of `probability`; nil for the tenant's own.
    public var seed: Int64?
    /// The preset that it began as.
    public var preset: String?
}

extension FaultRule {
    /// Reads a rule.
    ///
    /// - Throws: `ToolError.invalidFault` naming the member.
    public init(_ json: JSONValue, id generated: @autoclosure () -> String) throws(ToolError) {
        let rule = try FaultMembers(
            json, path: "",
            known: [
                "id", "preset", "match", "effect", "limits", "count", "probability", "seed", "hits",
            ])
        let id = try rule.text("id")
        let preset = try rule.text("preset")
        self.init(id: id ?? "", effect: FaultEffect(ruleID: ""))
        if let preset {
            guard let known = FaultPreset(rawValue: preset) else {
                let names = FaultPreset.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalidFault(member: "preset", expected: "one of " + names)
            }
            self.preset = preset
            known.apply(to: &self)
        }
        try readMatch(try rule.members("match", known: FaultRule.matchNames))
        try readEffect(try rule.members("effect", known: FaultRule.effectNames))
        limits = try rule.limits() ?? limits
        count = try rule.number("count", 1...1_000_000) ?? count
        seed = try rule.number("seed", 0...Int.max).map(Int64.init) ?? seed
        if let value = rule.json["probability"], !value.isNull {
            guard let number = value.double, (0...1).contains(number) else {
                throw .invalidFault(member: "probability", expected: "a number from 0 to 1")
            }
            probability = number
        }
        guard !effect.isEmpty else {
            throw .invalidFault(
                member: "effect",
                expected: "an object that says what goes wrong, such as "
                    + "{\"status\":503}; or give a 'preset'")
        }
        if self.id.isEmpty { self.id = generated() }
        effect.ruleID = self.id
    }

    private static let matchNames = ["direction", "method", "path", "target", "tenant"]
    private static let effectNames = [
        "status", "code", "message", "retryAfter", "delay", "dropConnection", "halfBody",
        "malformedBody", "contentType", "body",
    ]
    /// A body that no JSON parser takes.
    private static let malformedBody = "{\"value\":[{\"id\":"

    private mutating func readMatch(_ members: FaultMembers?) throws(ToolError) {
        guard let members else { return }
        match.method = try members.text("method")?.uppercased() ?? match.method
        match.path = try members.text("path").map(PathPattern.init) ?? match.path
        match.target = try members.text("target").map(PathPattern.init) ?? match.target
        if match.target != nil { match.direction = .outbound }
        switch try members.text("direction") {
        case nil: break
        case "inbound" where match.target == nil: match.direction = .inbound
        case "outbound": match.direction = .outbound
        case "both" where match.target == nil: match.direction = nil
        default:
            throw .invalidFault(
                member: "match.direction",
                expected: "'inbound', 'outbound' or 'both'; with 'target' it is 'outbound'")
        }
        if let text = try members.text("tenant") {
            guard let tenant = GUID(parsing: text) else {
                throw .invalidFault(member: "match.tenant", expected: "a GUID")
            }
            match.tenant = tenant
        }
    }

    private mutating func readEffect(_ members: FaultMembers?) throws(ToolError) {
        guard let members else { return }
        effect.status = try members.number("status", 200...599) ?? effect.status
        effect.code = try members.text("code") ?? effect.code
        effect.message = try members.text("message") ?? effect.message
        effect.retryAfter = try members.number("retryAfter", 0...86_400) ?? effect.retryAfter
        effect.dropsConnection = try members.flag("dropConnection") ?? effect.dropsConnection
        effect.halvesBody = try members.flag("halfBody") ?? effect.halvesBody
        effect.contentType = try members.text("contentType") ?? effect.contentType
        effect.body = try members.text("body") ?? effect.body
        if try members.flag("malformedBody") == true { effect.body = FaultRule.malformedBody }
        if let delay = members.json["delay"], !delay.isNull {
            let milliseconds =
                delay.integer
                ?? delay.string.flatMap(ISODuration.init(parsing:)).map { $0.ticks / 10_000 }
            guard let milliseconds, (0...600_000).contains(milliseconds) else {
                throw .invalidFault(
                    member: "effect.delay",
                    expected: "milliseconds or an ISO 8601 duration, at most ten minutes")
            }
            effect.delayMilliseconds = Int(milliseconds)
        }
        if effect.retryAfter != nil, effect.status == nil { effect.status = 429 }
    }

    /// The rule as it is stored and shown.
    public var json: JSONValue {
        var rule = JSONObject([("id", .string(id))])
        rule["preset"] = preset.map(JSONValue.string)
        var members = JSONObject([
            ("direction", .string(match.direction?.rawValue ?? "both"))
        ])
        members["method"] = match.method.map(JSONValue.string)
        members["path"] = match.path.map { .string($0.text) }
        members["target"] = match.target.map { .string($0.text) }
        members["tenant"] = match.tenant.map { .string($0.description) }
        rule["match"] = .object(members)
        rule["effect"] = .object(effectJSON)
        if !limits.isEmpty {
            rule["limits"] = .array(
                limits.map {
                    [
                        "calls": .integer(Int64($0.calls)),
                        "window": .string($0.window.description),
                    ]
                })
        }
        rule["count"] = count.map { .integer(Int64($0)) }
        if probability < 1 { rule["probability"] = .number(probability) }
        rule["seed"] = seed.map(JSONValue.integer)
        return .object(rule)
    }

    private var effectJSON: JSONObject {
        var members = JSONObject()
        members["status"] = effect.status.map { .integer(Int64($0)) }
        members["code"] = effect.code.map(JSONValue.string)
        members["message"] = effect.message.map(JSONValue.string)
        members["retryAfter"] = effect.retryAfter.map { .integer(Int64($0)) }
        if effect.delayMilliseconds > 0 {
            members["delay"] = .integer(Int64(effect.delayMilliseconds))
        }
        if effect.dropsConnection { members["dropConnection"] = true }
        if effect.halvesBody { members["halfBody"] = true }
        members["contentType"] = effect.contentType.map(JSONValue.string)
        members["body"] = effect.body.map(JSONValue.string)
        return members
    }
}
