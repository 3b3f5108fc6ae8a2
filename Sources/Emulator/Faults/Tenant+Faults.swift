// The fault rules of a tenant.

public import Model
import Storage
import VirtualTime

/// A rule and how often it was met.
public struct CountedFaultRule: Sendable {
    /// The rule.
    public let rule: FaultRule
    /// How many calls met it, without those that came back too early.
    public let hits: Int64
}

extension Tenant {
    /// The fault that a call meets, counted as met; nil for none.
    ///
    /// May be asked within a command.
    public func fault(for call: FaultCall) -> FaultEffect? {
        guard call.direction == .inbound ? hasInboundFaults : hasOutboundFaults else { return nil }
        guard let met = faults.meet(call, now: call.time ?? now) else { return nil }
        let (effect, hits) = met
        // Not here: the caller may hold the tenant's lock.
        perform { [weak self] in self?.saveHits(of: effect.ruleID, hits) }
        publish(
            TenantEvent(.fault, at: call.time ?? now) {
                [
                    "ruleId": .string(effect.ruleID), "hits": .integer(hits),
                    "direction": .string(call.direction.rawValue), "method": .string(call.method),
                    "path": .string(call.path),
                ]
            })
        return effect
    }

    /// Whether any rule can touch requests.
    public var hasInboundFaults: Bool { faults.hasInbound }

    /// Whether any rule can touch calls of jobs to their targets.
    public var hasOutboundFaults: Bool { faults.hasOutbound }

    /// All fault rules, in the order in which they are tried.
    public var faultRules: [CountedFaultRule] {
        faults.all.map { CountedFaultRule(rule: $0.rule, hits: $0.hits) }
    }

    /// Adds a fault rule; one of the same identifier is replaced.
    ///
    /// - Throws: `ToolError.invalidFault`, `.tooManyFaults`.
    public func addFault(_ json: JSONValue) throws -> CountedFaultRule {
        let rule = try write { transaction in try Tenant.insertFault(json, into: &transaction) }
        try read { try refreshFaults($0) }
        return CountedFaultRule(rule: rule, hits: 0)
    }

    static func insertFault(
        _ json: JSONValue, into transaction: inout Transaction
    ) throws -> FaultRule {
        let rule = try FaultRule(json, id: transaction.ids.next().description)
        let known = try transaction.database.faultRules.list()
        guard known.count < Limits.faultRules || known.contains(where: { $0.id == rule.id })
        else { throw ToolError.tooManyFaults(limit: Limits.faultRules) }
        try transaction.database.faultRules.save(id: rule.id, body: rule.json)
        return rule
    }

    /// Removes a fault rule, or with nil all of them.
    ///
    /// - Throws: `ToolError.faultNotFound`.
    public func removeFault(_ id: String?) throws {
        try write { transaction in
            let table = transaction.database.faultRules
            guard let id else { return try table.deleteAll() }
            guard try table.delete(id: id) else { throw ToolError.faultNotFound(id) }
        }
        try read { try refreshFaults($0) }
    }

    /// Brings the rules in memory in line with the rows.
    func refreshFaults(_ database: Database) throws {
        faults.replace(by: try Tenant.storedFaults(database))
    }

    /// The rules that rows hold.
    static func storedFaults(_ database: Database) throws -> [(rule: FaultRule, hits: Int64)] {
        try database.faultRules.list().map {
            (try FaultRule($0.body, id: $0.id), $0.hits)
        }
    }

    private func saveHits(of id: String, _ hits: Int64) {
        // A count that could not be kept is a rule met once more after a restart.
        _ = try? read { try $0.faultRules.saveHits(id: id, hits) }
    }
}
