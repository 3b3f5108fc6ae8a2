// What reads of directory objects share: keys out of paths, relations, entities with neighbours.

import Emulator
import Model

extension GraphCall {
    /// The object of a kind that the path names by its identifier or another key.
    ///
    /// - Throws: `GraphError.resourceNotFound`, or `.invalidID` for what names no object of the kind.
    func object(of kind: DirectoryKind) throws -> DirectoryObject {
        let text = parameter(kind.rawValue + "-id")
        let key = try key(text, of: kind)
        guard let found = try tenant.find(kind, key.property, key.value) else {
            throw GraphError.resourceNotFound(key.value)
        }
        return found
    }

    private func key(
        _ text: String, of kind: DirectoryKind
    ) throws(GraphError) -> (property: String, value: String) {
        if let id = GUID(parsing: text) { return ("id", id.description) }
        guard let alternate = AlternateKey(text) else {
            // A user's key that is no identifier is a name, if maybe nobody's.
            guard kind == .user else { throw GraphError.invalidID(text) }
            return ("userPrincipalName", text)
        }
        switch (kind, alternate.property.lowercased()) {
        case (.application, "appid"), (.servicePrincipal, "appid"):
            guard let id = GUID(parsing: alternate.value) else {
                throw GraphError.invalidID(alternate.value)
            }
            return ("appId", id.description)
        case (.application, "uniquename"): return ("uniqueName", alternate.value)
        case (.user, "userprincipalname"): return ("userPrincipalName", alternate.value)
        default: throw GraphError.unknownSegment(text)
        }
    }

    /// An object as answers show it, with the neighbours that were asked for.
    func entity(
        _ object: DirectoryObject, _ kind: DirectoryKind, _ type: StructuredType,
        _ selection: Selection?, _ expansions: [Expansion] = []
    ) throws -> JSONObject {
        var json = Selection.entity(object.json, type, selection)
        for expansion in expansions {
            json[expansion.property.name] = try expanded(expansion, of: object, kind)
        }
        return json
    }

    /// An object of a collection of several kinds: its type goes with it.
    func typedEntity(_ found: RelatedObject, _ selection: [String]?) throws -> JSONObject {
        let type = try type(found.kind.rawValue)
        let known = selection.map { names in
            names.compactMap { name in
                type.property(ignoringCase: name)?.name
                    ?? (name.hasPrefix("extension_") ? name : nil)
            }
        }
        var json = Selection.entity(found.object.json, type, known.map(Selection.init(names:)))
        json.prepend("@odata.type", .string("#microsoft.graph." + found.kind.rawValue))
        return json
    }

    /// The neighbours of an object; the service gives no more than twenty.
    private func expanded(
        _ expansion: Expansion, of object: DirectoryObject, _ kind: DirectoryKind
    ) throws -> JSONValue {
        let name = expansion.property.name
        if let relation = Relation.named(name, of: kind) {
            let found = try tenant.related(
                relation, of: object.id, kinds: relation.kinds, limit: Limits.expandedElements
            ).map { try typedEntity($0, expansion.selection) }
            guard expansion.property.isCollection else {
                return found.first.map(JSONValue.object) ?? .null
            }
            return .array(found.map(JSONValue.object))
        }
        let list: RecordList
        switch name {
        case "appRoleAssignments": list = .assignments(principal: object.id)
        case "appRoleAssignedTo": list = .assignedTo(resource: object.id)
        case "extensionProperties": list = .extensionProperties(application: object.id)
        default: throw GraphError.notExpandable(name, of: kind.rawValue)
        }
        let records = try tenant.list(list, ListQuery(limit: Limits.expandedElements)).map(\.json)
        guard let names = expansion.selection else { return .array(records.map(JSONValue.object)) }
        let selection = Selection(names: names)
        return .array(records.map { .object(Selection.apply(selection, to: $0)) })
    }
}

extension Selection {
    /// A selection of names that are known to be the metadata's.
    init(names: [String]) { self.names = names }
}

extension Relation {
    /// The relation that a navigation property of a kind stands for.
    static func named(_ name: String, of kind: DirectoryKind) -> Relation? {
        switch (kind, name) {
        case (.user, "manager"): Relation("manager", .forward, [.user])
        case (.user, "directReports"): Relation("manager", .backward, [.user])
        case (.group, "members"):
            Relation("member", .forward, [.user, .group, .servicePrincipal])
        case (.group, "transitiveMembers"):
            Relation("member", .forward, [.user, .group, .servicePrincipal], isTransitive: true)
        case (.group, "owners"), (.application, "owners"), (.servicePrincipal, "owners"):
            Relation("owner", .forward, [.user, .servicePrincipal])
        case (.application, _): nil
        case (_, "memberOf"): Relation("member", .backward, [.group])
        case (_, "transitiveMemberOf"):
            Relation("member", .backward, [.group], isTransitive: true)
        case (.user, "ownedObjects"), (.servicePrincipal, "ownedObjects"):
            Relation("owner", .backward, [.group, .application, .servicePrincipal])
        default: nil
        }
    }
}
