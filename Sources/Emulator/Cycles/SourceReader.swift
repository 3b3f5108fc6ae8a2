// Source objects for one mapping, read with everything that deciding about them needs.

import Expressions
import Model
import Provisioning
import Storage

/// Reads the objects of one mapping's source.
struct SourceReader: Sendable {
    let rule: ObjectRule
    let directory: DirectoryName
    let servicePrincipal: GUID
    /// Whether everything is in scope, not only what is assigned.
    let syncsAll: Bool
    /// The application's roles by their identifiers.
    let roles: [String: AppRole]
    /// The members of the groups that the rule takes members of, in lower case.
    let groupMembers: Set<String>
    /// When it reads.
    private let now: Timestamp
    /// Whether terminations of workers are seen a day ahead.
    private let looksAhead: Bool
    /// What the names of attributes mean that are paths of SCIM; uploads are read by them.
    private let paths: [String: SCIMPath]
    /// What the mapping reads of the tenant's own objects.
    private let attributes: [TenantAttribute]

    /// A reader of the source of a plan's rule.
    init(_ index: Int, _ plan: CyclePlan, at now: Timestamp) {
        let rule = plan.rules[index]
        let servicePrincipal = plan.servicePrincipal
        self.rule = rule
        self.now = now
        looksAhead = plan.looksAhead
        groupMembers = plan.groupMembers[index] ?? []
        self.servicePrincipal = servicePrincipal.id
        directory = DirectoryName(rule.sourceDirectory, of: servicePrincipal.id)
        // Only the tenant's own directory knows assignments.
        syncsAll = plan.syncsAll || directory != .tenant
        var roles: [String: AppRole] = [:]
        for role in servicePrincipal.json["appRoles"]?.array ?? [] {
            guard let role = role.object, let id = role["id"]?.string else { continue }
            roles[id] = AppRole(
                id: id, value: role["value"]?.string,
                displayName: role["displayName"]?.string ?? "")
        }
        self.roles = roles
        var paths: [String: SCIMPath] = [:]
        if rule.sourceDirectory == SourceReader.uploads {
            for name in rule.sourceAttributes { paths[name] = try? SCIMPath(parsing: name) }
        }
        self.paths = paths
        attributes = rule.sourceAttributes.filter { $0 != "appRoleAssignments" }
            .map(TenantAttribute.init)
    }

    /// The directory whose objects come in by uploads.
    static let uploads = "API"

    /// Whether objects are taken in from uploads, one by one.
    var takesUploads: Bool { rule.sourceDirectory == SourceReader.uploads }

    /// The value of an attribute of an object that the tenant's own directory does not hold.
    func value(_ name: String, in body: JSONObject) -> ExpressionValue {
        guard takesUploads else { return body[name].map(ExpressionValue.init) ?? .null }
        let found = paths[name]?.value(in: body)
        // A reference is an object with its value.
        return found.map { ExpressionValue($0.object?["value"] ?? $0) } ?? .null
    }

    /// Makes a row into what a cycle processes; of no database, so that any thread may do it.
    ///
    /// - Throws: `StorageError.unreadableRow`.
    func object(
        _ row: SourceRow, _ arrival: SourceObject.Arrival, _ assignment: SourceObject.Assignment
    ) throws(StorageError) -> SourceObject {
        let body = try row.body()
        return directory == .tenant
            ? tenantObject(row, body, arrival, assignment) : applicationObject(row, body, arrival)
    }

    private func tenantObject(
        _ row: SourceRow, _ body: JSONObject, _ arrival: SourceObject.Arrival,
        _ assignment: SourceObject.Assignment
    ) -> SourceObject {
        var values: [String: ExpressionValue] = [:]
        values.reserveCapacity(attributes.count + 2)
        for attribute in attributes {
            let value = attribute.value(in: body)
            if !value.isNull { values[attribute.name] = value }
        }
        if case .roles(let assigned) = assignment, !assigned.isEmpty {
            values["appRoleAssignments"] = .texts(assigned.map(\.displayName))
        }
        let isEnabled = body["accountEnabled"]?.bool ?? true
        return SourceObject(
            type: rule.sourceType, anchor: row.id,
            displayName: body["displayName"]?.string ?? "",
            principalName: TenantAttribute.principalName(in: body), attributes: values,
            isActive: isEnabled && !row.isDeleted, assignment: assignment, arrival: arrival)
    }

    /// What assigns an object of the tenant's own directory to the application; the objects of others
    /// tell it themselves.
    func assignment(
        of principal: String, in database: Database
    ) throws(StorageError) -> SourceObject.Assignment {
        guard !syncsAll, directory == .tenant else { return .everything }
        let ids = try database.sources.roles(of: principal, resource: servicePrincipal)
        guard !ids.isEmpty else { return .none }
        return .roles(
            ids.map { id in
                roles[id] ?? AppRole(id: id, value: nil, displayName: "Default Access")
            })
    }

    private func applicationObject(
        _ row: SourceRow, _ stored: JSONObject, _ arrival: SourceObject.Arrival
    ) -> SourceObject {
        let body =
            rule.sourceKind == .workers
            ? stored.asReadWorker(at: now, looksAhead: looksAhead) : stored
        var values: [String: ExpressionValue] = [:]
        for name in rule.sourceAttributes {
            let value = value(name, in: body)
            if !value.isNull { values[name] = value }
        }
        let name = SourceReader.nameAttributes.lazy.compactMap { stored[$0]?.string }.first
        return SourceObject(
            type: rule.sourceType, anchor: row.id, displayName: name ?? row.id,
            principalName: stored["userPrincipalName"]?.string
                ?? stored["userName"]?.string, attributes: values,
            assignment: isContained(stored) ? .everything : .none, arrival: arrival)
    }

    /// What people know an object of another directory by, best first.
    private static let nameAttributes = ["displayName", "PreferredNameData", "cn", "externalId"]

    /// Whether an on-premises object lies in a container and a group that the rule takes.
    func isContained(_ body: JSONObject) -> Bool {
        guard !rule.containers.isEmpty || !rule.groups.isEmpty else { return true }
        let name = (body["distinguishedName"]?.string ?? "").lowercased()
        let isInContainer =
            rule.containers.isEmpty
            || rule.containers.contains { name.hasSuffix("," + $0.lowercased()) }
        let memberships = (body["memberOf"]?.array ?? []).compactMap { $0.string?.lowercased() }
        let isInGroup =
            rule.groups.isEmpty
            || rule.groups.contains {
                memberships.contains($0.lowercased()) || name == $0.lowercased()
            } || groupMembers.contains(name)
        return isInContainer && isInGroup
    }
}
