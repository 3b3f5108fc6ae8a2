// The fault rules of a tenant in memory: rows say which there are, this says which a call meets.

import Locks
import Model
import Synchronization
import VirtualTime

/// The rules of one tenant with what was met so far.
///
/// A class, because all threads share it. It takes no other lock, so that a call can be asked about in
/// the middle of a command.
final class FaultRegistry: Sendable {
    /// A rule and what became of it.
    struct Entry: Sendable {
        let rule: FaultRule
        var hits: Int64
        /// Calls that had to draw lots.
        var draws: UInt64 = 0
        /// Until when calls are told to come back later.
        var refusesUntil: Timestamp?
        /// Calls that count towards the rule's limits.
        var calls: [Timestamp] = []
    }

    private let tenant: GUID
    private let seed: String
    private let entries = Guarded<[Entry]>([])
    private let inboundRules = Atomic<Int>(0)
    private let outboundRules = Atomic<Int>(0)

    /// - Parameters:
    ///   - tenant: whose rules they are.
    ///   - seed: begins the draws of rules that are met by chance.
    init(tenant: GUID, seed: String) {
        self.tenant = tenant
        self.seed = seed
    }

    /// Whether any rule can touch requests.
    var hasInbound: Bool { inboundRules.load(ordering: .relaxed) > 0 }

    /// Whether any rule can touch calls of jobs to their targets.
    var hasOutbound: Bool { outboundRules.load(ordering: .relaxed) > 0 }

    /// All rules, in the order in which they are tried.
    var all: [Entry] { entries.withLock { $0 } }

    /// Takes over the rules of rows; one that stays as it was keeps what became of it.
    func replace(by rules: [(rule: FaultRule, hits: Int64)]) {
        entries.withLock { entries in
            entries = rules.map { rule, hits in
                let known = entries.first { $0.rule == rule }
                return known ?? Entry(rule: rule, hits: hits)
            }
        }
        count(rules.map(\.rule))
    }

    /// Takes over the rules of rows and forgets what became of them.
    func reload(_ rules: [(rule: FaultRule, hits: Int64)]) {
        entries.withLock { $0 = rules.map { Entry(rule: $0.rule, hits: $0.hits) } }
        count(rules.map(\.rule))
    }

    private func count(_ rules: [FaultRule]) {
        inboundRules.store(
            rules.count { $0.match.direction != .outbound }, ordering: .relaxed)
        outboundRules.store(
            rules.count { $0.match.direction != .inbound }, ordering: .relaxed)
    }

    /// The fault that a call meets, and how often its rule was met by now; nil for none.
    func meet(_ call: FaultCall, now: Timestamp) -> (effect: FaultEffect, hits: Int64)? {
        entries.withLock { entries in
            for index in entries.indices where entries[index].rule.match.fits(call, tenant: tenant)
            {
                if let effect = meet(&entries[index], now: now) {
                    return (effect, entries[index].hits)
                }
            }
            return nil
        }
    }

    private func meet(_ entry: inout Entry, now: Timestamp) -> FaultEffect? {
        let rule = entry.rule
        guard rule.limits.isEmpty else { return meetLimits(&entry, now: now) }
        if let until = entry.refusesUntil, now < until {
            var effect = rule.effect
            let second = Timestamp.ticksPerSecond
            effect.retryAfter = Int(((until - now).ticks + second - 1) / second)
            return effect
        }
        entry.refusesUntil = nil
        if let count = rule.count, entry.hits >= count { return nil }
        guard rule.probability >= 1 || draw(&entry) < rule.probability else { return nil }
        entry.hits += 1
        if let wait = rule.effect.retryAfter, wait > 0 {
            entry.refusesUntil = now + .seconds(Int64(wait))
        }
        return rule.effect
    }

    /// The refusal of a call that is over one of the rule's limits.
    private func meetLimits(_ entry: inout Entry, now: Timestamp) -> FaultEffect? {
        let rule = entry.rule
        let (kept, wait) = RateLimit.next(entry.calls, at: now, rule.limits)
        entry.calls = kept
        guard let wait else { return nil }
        if let count = rule.count, entry.hits >= count { return nil }
        entry.hits += 1
        var effect = rule.effect
        let second = Timestamp.ticksPerSecond
        effect.retryAfter = max(1, Int((wait.ticks + second - 1) / second))
        return effect
    }

    /// A number from 0 to 1, the same for the same seed, rule and turn.
    private func draw(_ entry: inout Entry) -> Double {
        let text = entry.rule.seed.map(String.init) ?? seed
        var lots = IDGenerator(
            seed: IDGenerator.seed(from: text + "/" + entry.rule.id, tenant: tenant),
            position: entry.draws)
        entry.draws += 1
        return Double(lots.next().high >> 16) / Double(UInt64(1) << 48)
    }
}
