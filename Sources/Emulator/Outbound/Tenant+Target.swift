// From a job's secrets and schema to its target.

public import Model
public import Provisioning
import Storage

extension Tenant {
    /// The target of a job, as the secrets of its service principal describe it.
    ///
    /// Nothing is sent yet. Not to be called while the tenant's lock is held.
    ///
    /// - Parameters:
    ///   - servicePrincipal: whose secrets are read.
    ///   - job: the job's identifier, for the journal; nil before there is a job.
    ///   - schema: the job's schema; the probe asks for the first matching attribute of its users.
    ///   - followsFlag: whether the flags of the tenant URL choose the dialect.
    /// - Returns: the target.
    /// - Throws: `TargetFailure` of kind `credentials` without a usable `BaseAddress`.
    public func makeTarget(
        for servicePrincipal: GUID, job: String?, schema: SynchronizationSchema?,
        followsFlag: Bool = true
    ) throws(TargetFailure) -> SCIMDirectory {
        let secrets: [SynchronizationSecret]
        do { secrets = try self.secrets(of: .id(servicePrincipal)) } catch {
            throw .unreachable("The tenant's store failed.")
        }
        return try makeTarget(
            with: secrets, job: job, schema: schema, followsFlag: followsFlag)
    }

    /// The target that these secrets describe.
    ///
    /// - Throws: `TargetFailure` of kind `credentials` without a usable `BaseAddress`.
    public func makeTarget(
        with secrets: [SynchronizationSecret], job: String?, schema: SynchronizationSchema?,
        followsFlag: Bool = true
    ) throws(TargetFailure) -> SCIMDirectory {
        let filled = secrets.map { $0.withBaseURL(ownBaseURL) }.filter { !$0.value.isEmpty }
        let values = Dictionary(filled.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        guard let text = values["BaseAddress"], let address = SCIMTenantURL(parsing: text) else {
            throw .noTenantURL
        }
        var dialect = SCIMDialect(followsFlag ? address.form ?? .standard : .standard)
        dialect.membersPerPatch = outbound.membersPerPatch
        return SCIMDirectory(
            address: address, dialect: dialect, credentials: TargetCredentials(values),
            probed: ProbedAttribute(schema).pair, door: OutboundDoor(tenant: self, jobID: job))
    }

    /// What `{baseURL}` in secrets stands for: the emulator's address, with this tenant's prefix.
    var ownBaseURL: String {
        let base = outbound.addresses.primary
        return id == Tenants.defaultID ? base : base + "/tenants/\(id)"
    }
}

/// What a probe asks for: the first matching attribute of the schema's users.
private struct ProbedAttribute {
    var type = "urn:ietf:params:scim:schemas:core:2.0:User"
    var attribute = "userName"

    init(_ schema: SynchronizationSchema?) {
        let rules = schema?.json["synchronizationRules"]?.array ?? []
        let mappings = rules.flatMap { $0.object?["objectMappings"]?.array ?? [] }
            .compactMap(\.object)
        let users = mappings.first { mapping in
            let name = mapping["targetObjectName"]?.string ?? ""
            return mapping["enabled"]?.bool != false && name.lowercased().hasSuffix("user")
        }
        guard let users, let name = users["targetObjectName"]?.string else { return }
        type = name
        let candidates = (users["attributeMappings"]?.array ?? []).compactMap {
            mapping -> (priority: Int64, name: String)? in
            guard let priority = mapping.object?["matchingPriority"]?.integer, priority > 0,
                let name = mapping.object?["targetAttributeName"]?.string
            else { return nil }
            return (priority, name)
        }
        attribute = candidates.min { $0.priority < $1.priority }?.name ?? attribute
    }

    var pair: (type: SCIMTargetType, attribute: String) {
        (SCIMTargetType(TargetType(name: type, attributes: [])), attribute)
    }
}
