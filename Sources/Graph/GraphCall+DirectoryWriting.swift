// What writes to the directory have in common: keys out of paths, references out of bodies, new objects.

import Emulator
import Model

/// The names of the parameters in the paths of directory objects.
enum DirectoryParameter {
    static let user = "user-id"
    static let group = "group-id"
    static let application = Routes.applicationID
    static let servicePrincipal = Routes.servicePrincipalID
    static let object = "directoryObject-id"
    static let assignment = "appRoleAssignment-id"
    static let extensionProperty = "extensionProperty-id"
    static let applicationTemplate = "applicationTemplate-id"

    /// The parameter in the path of a kind of object.
    static func of(_ kind: DirectoryKind) -> String {
        switch kind {
        case .user: user
        case .group: group
        case .application: application
        case .servicePrincipal: servicePrincipal
        }
    }
}

extension DirectoryKind {
    /// The name of the entity set: `servicePrincipals`.
    var entitySet: String { rawValue + "s" }
}

extension GraphCall {
    /// Who writes, as the emulator is told.
    var writer: DirectoryWriter { isLenient ? .lenientCaller : .caller }

    /// The key of the object that the path names.
    ///
    /// - Throws: `GraphError.invalidID` for what names no object of the kind.
    func key(of kind: DirectoryKind) throws(GraphError) -> DirectoryKey {
        let text = parameter(DirectoryParameter.of(kind))
        if let id = GUID(parsing: text) { return .id(id) }
        guard let alternate = AlternateKey(text) else {
            guard kind == .user else { throw GraphError.invalidID(text) }
            return .userPrincipalName(text)
        }
        switch (kind, alternate.property.lowercased()) {
        case (.application, "appid"), (.servicePrincipal, "appid"):
            guard let id = GUID(parsing: alternate.value) else {
                throw GraphError.invalidID(alternate.value)
            }
            return .appID(id)
        case (.application, "uniquename"): return .uniqueName(alternate.value)
        case (.user, "userprincipalname"): return .userPrincipalName(alternate.value)
        default: throw GraphError.unknownSegment(text)
        }
    }

    /// An identifier in the path.
    ///
    /// - Throws: `GraphError.invalidID` for what is none.
    func identifier(_ parameter: String) throws(GraphError) -> GUID {
        let text = self.parameter(parameter)
        guard let id = GUID(parsing: text) else { throw GraphError.invalidID(text) }
        return id
    }

    /// The body's members.
    ///
    /// - Throws: `GraphError` for what is no JSON object.
    func members() throws(GraphError) -> JSONObject {
        guard let members = try jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        return members
    }

    /// The answer that tells of a new directory object.
    func created(_ kind: DirectoryKind, _ object: DirectoryObject) -> GraphAnswer {
        var json = shown(kind, object)
        json.prepend("@odata.context", context(kind.entitySet + "/$entity"))
        return .created(json, location: location(of: object.id, kind.typeName))
    }

    /// Where the directory service itself has a new object.
    func location(of id: GUID, _ typeName: String) -> String {
        "\(baseURL)/\(version)/directoryObjects/\(id)/Microsoft.DirectoryServices.\(typeName)"
    }

    /// An object with the members that answers have by default, in the metadata's order.
    func shown(_ kind: DirectoryKind, _ object: DirectoryObject) -> JSONObject {
        guard let type = tenant.gallery.types.type(kind.rawValue) else { return object.json }
        var singles: [(String, JSONValue)] = []
        var collections: [(String, JSONValue)] = []
        for property in type.properties
        where !property.isNavigation && property.traits.isReturnedByDefault {
            let value = object.json[property.name]
            if property.isCollection {
                collections.append((property.name, value ?? []))
            } else {
                singles.append((property.name, value ?? .null))
            }
        }
        return JSONObject(singles + collections)
    }
}
