// How the resources that a filter means are found.

import Model
import Storage

/// What an index can find of a filter, and what the filter has to be shown beyond the stored body.
struct FilterPlan {
    /// A column and the value that it must have; nil when all resources have to be looked at.
    private(set) var lookup: (attribute: SCIMIndexedAttribute, value: String)?
    /// Whether what the index finds is what the filter means, so that nothing has to be read.
    private(set) var isExact = false
    private(set) var readsMeta = false
    private(set) var readsGroups = false
    /// The members that the filter asks for; nil when it has to see all.
    private(set) var members: [String]? = []
    private(set) var readsMembers = false

    init(_ filter: SCIMFilter, _ type: SCIMResourceType) {
        switch filter {
        case .comparison:
            lookup = FilterPlan.lookup(filter, type)
            isExact = lookup != nil
        case .all(let clauses):
            let found = clauses.compactMap { FilterPlan.lookup($0, type) }
            lookup = found.first { $0.attribute == .id } ?? found.first
        default: break
        }
        collect(filter)
    }

    /// Has an attribute read too, for sorting.
    mutating func alsoReads(_ path: SCIMAttributePath) { note(path, nil) }

    private static func lookup(
        _ filter: SCIMFilter, _ type: SCIMResourceType
    ) -> (attribute: SCIMIndexedAttribute, value: String)? {
        guard let (path, value) = filter.singleEquality, let text = value.string,
            path.schema == nil
        else { return nil }
        let isMember =
            path.subAttribute == nil || path.subAttribute?.isSameSCIMName(as: "value") == true
        if type == .group, isMember, path.name.isSameSCIMName(as: "members") {
            return (.member, text)
        }
        guard path.subAttribute == nil else { return nil }
        if type == .user, path.name.isSameSCIMName(as: "userName") { return (.userName, text) }
        if path.name.isSameSCIMName(as: "id") { return (.id, text) }
        if path.name.isSameSCIMName(as: "externalId") { return (.externalId, text) }
        if path.name.isSameSCIMName(as: "displayName") { return (.displayName, text) }
        return nil
    }

    /// Notes what the filter reads of what bodies do not hold.
    private mutating func collect(_ filter: SCIMFilter) {
        switch filter {
        case .all(let filters), .any(let filters):
            for filter in filters { collect(filter) }
        case .not(let filter): collect(filter)
        case .comparison(let path, let comparison, let value):
            let isEquality = comparison == .equal
            note(path, isEquality ? value.string : nil)
        case .present(let path): note(path, nil)
        case .valuePath(let path, let inner):
            note(path, members(in: inner))
        }
    }

    private mutating func note(_ path: SCIMAttributePath, _ value: String?) {
        guard path.schema == nil else { return }
        if path.name.isSameSCIMName(as: "meta") { readsMeta = true }
        if path.name.isSameSCIMName(as: "groups") { readsGroups = true }
        guard path.name.isSameSCIMName(as: "members") else { return }
        readsMembers = true
        let isValue =
            path.subAttribute == nil || path.subAttribute?.isSameSCIMName(as: "value") == true
        if let value, isValue { members?.append(value) } else { members = nil }
    }

    /// The one member that a condition within `members[…]` means; nil when it may mean others.
    private func members(in filter: SCIMFilter) -> String? {
        switch filter {
        case .comparison(let path, .equal, let value) where path.name.isSameSCIMName(as: "value"):
            return value.string
        case .all(let filters): return filters.lazy.compactMap(members).first
        default: return nil
        }
    }
}
