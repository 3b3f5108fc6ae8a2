// Who calls, and whether they may.

import Emulator
import HTTP
public import Identity
import Model

/// Checks the callers of one face.
public struct CallerCheck: Sendable {
    private let mode: AuthorizationMode
    private let reader: BearerReader?

    /// A check that lets everybody do everything.
    public static let off = CallerCheck(mode: .off, reader: nil)

    /// A check by tokens that a reader reads.
    public init(mode: AuthorizationMode, reader: BearerReader?) {
        self.mode = mode
        self.reader = reader
    }

    /// The caller's token; nil where nobody is checked.
    ///
    /// - Throws: `GraphError`, a 401, for a token that does not hold.
    func caller(
        of request: HTTPRequest, _ tenant: Tenant
    ) throws(GraphError) -> AccessToken? {
        guard mode != .off, let reader else { return nil }
        do throws(TokenProblem) {
            return try reader.check(
                reader.bearer(of: request), tenant: tenant.id, now: tenant.now)
        } catch { throw GraphError.invalidToken(error) }
    }

    /// What cached answers are kept apart by: the caller, where that decides on the answer.
    func cacheKey(of caller: AccessToken?) -> UInt64 {
        mode == .strict ? caller?.number ?? 0 : 0
    }

    /// Whether a caller may do what a route does.
    ///
    /// - Throws: `GraphError`: the synchronization service's 401, elsewhere 403.
    func authorize(
        _ route: Route, _ parameters: [String: String], of tenant: Tenant, _ caller: AccessToken?
    ) throws {
        guard mode == .strict, let caller, let grants = route.permission.grants else { return }
        let isAllowed =
            try caller.scopes.map { scopes in
                CallerCheck.mayUser(caller, scopes, grants, route.permission)
            } ?? mayApplication(caller, grants, route, parameters, tenant)
        if isAllowed { return }
        throw route.permission.isSynchronization
            ? GraphError.synchronizationDenied : GraphError.denied
    }

    /// Whether a user may: by a scope of the token together with a role of the directory.
    private static func mayUser(
        _ caller: AccessToken, _ scopes: Set<String>, _ grants: PermissionGrants,
        _ key: PermissionKey
    ) -> Bool {
        let hasRole =
            grants.directoryRoles.isEmpty
            || grants.directoryRoles.contains { caller.directoryRoles.contains($0.rawValue) }
        guard hasRole else { return false }
        // Callers report that a strong role reads jobs and templates with this scope alone.
        if key.isOpenToStrongRoles, scopes.contains("Application.Read.All") { return true }
        return !scopes.isDisjoint(with: grants.delegated)
    }

    /// Whether an application may: by a permission, or by one for objects that it owns.
    private func mayApplication(
        _ caller: AccessToken, _ grants: PermissionGrants, _ route: Route,
        _ parameters: [String: String], _ tenant: Tenant
    ) throws -> Bool {
        if !caller.roles.isDisjoint(with: grants.application) { return true }
        let target = try CallerCheck.target(parameters)
        if route.permission == .readApplications, let target, let appID = caller.appID,
            try tenant.isApplication(appID, target)
        {
            return true
        }
        guard !caller.roles.isDisjoint(with: grants.ifOwned) else { return false }
        // What is about no object makes one, and its maker owns it.
        guard let target else { return true }
        guard let principal = caller.objectID else { return false }
        return try tenant.isOwner(principal, of: target)
    }

    /// The service principal or application that a route is about.
    private static func target(
        _ parameters: [String: String]
    ) throws(GraphError) -> ServicePrincipalKey? {
        if let id = parameters[Routes.servicePrincipalID] {
            return try SynchronizationRoot.servicePrincipalKey(id)
        }
        guard let id = parameters[Routes.applicationID] else { return nil }
        if AlternateKey(id) != nil { return try SynchronizationRoot.servicePrincipalKey(id) }
        return GUID(parsing: id).map(ServicePrincipalKey.applicationID)
    }
}
