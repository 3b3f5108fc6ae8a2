// Which groups an object is in, directly or through other groups.

public import Model
import Storage

extension Tenant {
    /// The groups that an object is a member of, also through groups that are members of others.
    ///
    /// - Parameters:
    ///   - id: the user, group or service principal.
    ///   - securityEnabledOnly: whether only groups count that access can be given to.
    /// - Returns: the groups' identifiers.
    /// - Throws: `DirectoryError.notFound`.
    public func memberGroups(of id: GUID, securityEnabledOnly: Bool) throws -> [GUID] {
        try read { database in
            _ = try database.require(id)
            var seen: Set<GUID> = []
            var waiting = [id]
            var groups: [GUID] = []
            while let next = waiting.popLast() {
                for source in try database.links.sources(.member, to: next)
                where seen.insert(source).inserted {
                    guard let group = try database.directory.load(.group, id: source),
                        group.deleted == nil
                    else { continue }
                    waiting.append(source)
                    if !securityEnabledOnly
                        || group.object.json["securityEnabled"]?.bool == true
                    {
                        groups.append(source)
                    }
                }
            }
            return groups
        }
    }

    /// The property of a new group whose value another group has; nil when none has.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func conflictingProperty(ofGroup properties: JSONObject) throws -> String? {
        try read { database in
            guard let nickname = properties["mailNickname"]?.string else { return nil }
            let others = try database.directory.loadOthers(
                .group, mailNickname: nickname, than: .zero)
            return others.isEmpty ? nil : "mailNickname"
        }
    }
}
