// The mappings of jobs, kept as long as their schemas stay the same.

import Locks
import Model
import Provisioning

/// What the schemas of a tenant's jobs say, read once.
///
/// A class, because all threads of a tenant share it; what is in it can be had again.
final class RuleCache: Sendable {
    /// What a schema says.
    struct Entry: Sendable {
        let schema: SynchronizationSchema
        /// The enabled mappings.
        let rules: [ObjectRule]
        /// The types of the target, by name.
        let targetTypes: [String: SCIMTargetType]
    }

    private let entries = Guarded<[String: Entry]>([:])

    /// The mappings of a job, whose template says how names are written.
    ///
    /// - Throws: `MappingFault` for an expression or a filter that can't be run.
    func entry(
        of job: SynchronizationJob, _ schema: SynchronizationSchema, in gallery: Gallery
    ) throws(MappingFault) -> Entry {
        let key = job.templateID + " " + job.id
        if let known = entries.withLock({ $0[key] }), known.schema == schema { return known }
        let rules = try ObjectRule.rules(
            of: schema, wireNames: gallery.wireNames(of: job.templateID))
        let types = rules.map { ($0.target.name, SCIMTargetType($0.target)) }
        let made = Entry(
            schema: schema, rules: rules,
            targetTypes: Dictionary(types, uniquingKeysWith: { first, _ in first }))
        entries.withLock { entries in
            if entries.count >= Limits.jobsWithKnownRules { entries.removeAll() }
            entries[key] = made
        }
        return made
    }
}
