// Whose synchronization a path is about.

import Emulator
import Model

/// The part of a path before `/synchronization`: a service principal, or an application that stands
/// for its service principal.
struct SynchronizationRoot {
    /// How the emulator finds the service principal.
    let key: ServicePrincipalKey
    /// What context URLs begin with: `servicePrincipals('<id>')/synchronization`.
    let context: String

    /// Reads the key of a route below `/servicePrincipals` or `/applications`.
    ///
    /// - Throws: `GraphError.invalidID` for what is no identifier.
    init(_ call: GraphCall) throws {
        if let id = call.parameters[Routes.applicationID] {
            guard let alternate = AlternateKey(id) else {
                guard let guid = GUID(parsing: id) else { throw GraphError.invalidID(id) }
                key = .applicationID(guid)
                context = "applications('\(id)')/synchronization"
                return
            }
            let appID = try SynchronizationRoot.appID(alternate, id)
            key = .appID(appID)
            guard
                let owner = try call.tenant.find(.application, "appId", appID.description)
            else { throw GraphError.resourceNotFound(appID.description) }
            context = "applications('\(owner.id)')/synchronization"
            return
        }
        let id = call.parameter(Routes.servicePrincipalID)
        key = try SynchronizationRoot.servicePrincipalKey(id)
        guard case .appID = key else {
            context = "servicePrincipals('\(id)')/synchronization"
            return
        }
        let owner = try call.tenant.servicePrincipal(key)
        context = "servicePrincipals('\(owner.id)')/synchronization"
    }

    /// The key that a segment after `servicePrincipals` means: an id, or `(appId='…')`.
    ///
    /// - Throws: `GraphError.invalidID` for what is no identifier.
    static func servicePrincipalKey(_ id: String) throws(GraphError) -> ServicePrincipalKey {
        if let alternate = AlternateKey(id) { return .appID(try appID(alternate, id)) }
        guard let guid = GUID(parsing: id) else { throw GraphError.invalidID(id) }
        return .id(guid)
    }

    private static func appID(_ key: AlternateKey, _ text: String) throws(GraphError) -> GUID {
        guard key.property.lowercased() == "appid" else {
            throw GraphError.unknownSegment(text)
        }
        guard let guid = GUID(parsing: key.value) else { throw GraphError.invalidID(key.value) }
        return guid
    }
}
