// Actions on directory objects of any kind: by identifiers, memberships, validation.

import Emulator
import Model

/// Answers at `…/getByIds`, `…/getMemberGroups` and their likes.
///
/// Follows "directoryObject resource type": its actions.
enum DirectoryObjectActionHandlers {
    /// A handler of `{"ids":[…],"types":[…]}`; unknown identifiers are left out of the answer.
    static func getByIDs(_ kind: DirectoryKind?) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let body = try call.parameters(["ids": .texts, "types": .texts], of: "getByIds")
            let ids = try identifiers("ids", in: body)
            let types = (body["types"]?.array ?? []).compactMap { $0.string?.lowercased() }
            let found = try call.tenant.directoryObjects(ids).filter { object in
                (kind == nil || kind == object.kind)
                    && (types.isEmpty || types.contains(object.kind.rawValue.lowercased())
                        || types.contains("directoryobject"))
            }
            let shown = found.map { object in
                var json = call.shown(object.kind, object.object)
                json.prepend("@odata.type", .string("#microsoft.graph.\(object.kind.rawValue)"))
                return JSONValue.object(json)
            }
            return collection("directoryObjects", shown, call)
        }
    }

    /// A handler that lists the groups of the path's object.
    static func memberGroups(
        of kind: DirectoryKind
    ) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let object = try call.tenant.directoryObject(kind, try call.key(of: kind))
            let body = try call.parameters(
                ["securityEnabledOnly": .flag], of: "getMemberGroups")
            let groups = try call.tenant.memberGroups(
                of: object.id,
                securityEnabledOnly: body["securityEnabledOnly"]?.bool ?? false)
            return texts(groups, call)
        }
    }

    /// A handler that keeps of some identifiers those of the groups that the path's object is in.
    static func checkGroups(
        of kind: DirectoryKind, _ member: String
    ) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let object = try call.tenant.directoryObject(kind, try call.key(of: kind))
            let body = try call.parameters([member: .texts], of: "checkMemberGroups")
            let asked = try identifiers(member, in: body)
            let groups = Set(
                try call.tenant.memberGroups(of: object.id, securityEnabledOnly: false))
            return texts(asked.filter(groups.contains), call)
        }
    }

    /// `{"entityType":"Group","displayName","mailNickname"}`: 204, or 422 naming what is taken.
    static func validateProperties(_ call: GraphCall) throws -> GraphAnswer {
        let body = try call.parameters(
            [
                "entityType": .text, "displayName": .text, "mailNickname": .text,
                "onBehalfOfUserId": .text,
            ], of: "validateProperties")
        guard body["entityType"]?.string?.lowercased() == "group" else {
            throw DirectoryError.invalidValue(
                property: "entityType", resource: "DirectoryObject")
        }
        if let property = try call.tenant.conflictingProperty(ofGroup: body) {
            throw GraphError.propertyConflict(property)
        }
        return .noContent
    }

    private static func identifiers(_ member: String, in body: JSONObject) throws -> [GUID] {
        guard let elements = body[member]?.array else {
            throw GraphError.missingProperty(member, of: "directoryObject")
        }
        guard elements.count <= Limits.requestedObjects else {
            throw GraphError.body(
                BodyError(
                    reason: .tooManyElements(limit: Limits.requestedObjects), path: member))
        }
        return try elements.map { element in
            guard let id = element.string.flatMap({ GUID(parsing: $0) }) else {
                throw GraphError.invalidID(element.string ?? element.text)
            }
            return id
        }
    }

    private static func texts(_ ids: [GUID], _ call: GraphCall) -> GraphAnswer {
        collection("Collection(Edm.String)", ids.map { .string($0.description) }, call)
    }

    private static func collection(
        _ context: String, _ values: [JSONValue], _ call: GraphCall
    ) -> GraphAnswer {
        .json(
            status: 200,
            JSONObject([("@odata.context", call.context(context)), ("value", .array(values))]))
    }
}
