// Dynamic groups: their members follow what users are.

import Locks
import Model
import Storage

extension Tenant {
    /// Brings the members of dynamic groups in line with what changed since the last time.
    ///
    /// Runs before each cycle, so that what one job makes of a user is seen by the next.
    ///
    /// Unverified: the service takes minutes to hours for it.
    ///
    /// - Throws: `StorageError` when the store fails.
    func followMembershipRules() throws {
        let latest = try read { try $0.changes.latest() }
        guard followedChanges.withLock({ $0 != latest }) else { return }
        let groups = try read { try $0.directory.dynamicGroups() }
        let followed =
            groups.isEmpty
            ? latest
            : try write { transaction in
                let database = transaction.database
                let last =
                    try database.values.load(ValueName.followedChanges).flatMap { Int64($0) } ?? 0
                for group in groups { try Tenant.follow(group, after: last, in: database) }
                let reached = try database.changes.latest()
                try database.values.save(ValueName.followedChanges, String(reached))
                return reached
            }
        followedChanges.withLock { $0 = followed }
    }

    private static func follow(
        _ group: DirectoryObject, after last: Int64, in database: Database
    ) throws {
        guard group.json["membershipRuleProcessingState"]?.string != "Paused",
            let rule = group.json["membershipRule"]?.string.flatMap(
                MembershipRule.init(parsing:))
        else { return }
        let isNew = try database.changes.contains(
            group.id.description, in: .tenant, objectType: "Group", after: last)
        guard isNew || last == 0 else {
            for id in try database.changes.objects(in: .tenant, objectType: "User", after: last) {
                let user = try database.sources.load(id, of: .tenant, objectType: "User")
                if let user { try follow(rule, of: group.id, user, in: database) }
            }
            return
        }
        var sequence: Int64 = 0
        while true {
            let page = try database.sources.page(
                of: .tenant, objectType: "User", after: sequence, limit: Limits.objectsInPage)
            guard let end = page.last else { return }
            sequence = end.sequence
            for user in page { try follow(rule, of: group.id, user, in: database) }
        }
    }

    private static func follow(
        _ rule: MembershipRule, of group: GUID, _ user: SourceRow, in database: Database
    ) throws {
        guard let id = GUID(parsing: user.id) else { return }
        let belongs = try !user.isDeleted && rule.matches(user.body())
        let isMember = try database.links.contains(from: group, .member, to: id)
        guard belongs != isMember else { return }
        if belongs {
            try database.links.insert(from: group, .member, to: id)
        } else {
            try database.links.delete(from: group, .member, to: id)
        }
    }
}
