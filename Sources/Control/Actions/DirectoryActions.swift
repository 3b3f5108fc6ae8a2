// Objects of directories that Graph does not show: workers, on-premises accounts.

import Emulator
import Model

/// `GET/POST/PATCH/DELETE /_emulator/directories[/{name}/{objectType}[/{id}]]`.
enum DirectoryActions {
    @Sendable static func index(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        .answer([
            "value": .array(
                try call.tenant.directories().map { entry in
                    [
                        "name": .string(entry.place.directory),
                        "servicePrincipalId": .string(entry.place.servicePrincipal.description),
                        "objectType": .string(entry.place.objectType),
                        "count": .integer(entry.count),
                    ]
                })
        ])
    }

    @Sendable static func list(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        var query = try call.query(nil)
        let top = try call.number("top", query.removeValue(forKey: "top"), 1...Limits.pageSize)
        let after = query.removeValue(forKey: "after")
        let place = try place(call, query.removeValue(forKey: "servicePrincipal"))
        let page = try call.tenant.directoryObjects(
            place, attributes: query, after: after, top: top ?? 100)
        var answer = JSONObject([("value", .array(page.objects.map { json($0, call) }))])
        answer["next"] = page.next.map(JSONValue.string)
        return .answer(.object(answer))
    }

    @Sendable static func get(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let place = try place(call)
        let id = call.parameters["id"] ?? ""
        return .answer(json(try call.tenant.directoryObject(id, in: place), call))
    }

    @Sendable static func add(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let place = try place(call)
        let body = try call.body(known: ["id", "objectType", "attributes"])
        let attributes = try attributes(body)
        let id = body["id"]?.string
        return .answered(
            201, json(try call.tenant.addDirectoryObject(attributes, id: id, in: place), call))
    }

    @Sendable static func change(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let place = try place(call)
        let id = call.parameters["id"] ?? ""
        let attributes = try attributes(try call.body(known: ["attributes"]))
        return .answer(
            json(try call.tenant.changeDirectoryObject(id, in: place, attributes), call))
    }

    @Sendable static func remove(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        try call.tenant.removeDirectoryObject(
            call.parameters["id"] ?? "", in: try place(call))
        return .nothing
    }

    private static func attributes(_ body: JSONObject) throws -> JSONObject {
        guard let attributes = body["attributes"]?.object, !attributes.members.isEmpty else {
            throw ControlError.invalidMember(
                "attributes", expected: "an object with at least one attribute")
        }
        return attributes
    }

    private static func place(_ call: ControlFace.Call) throws -> DirectoryPlace {
        try place(call, try call.query(["servicePrincipal"])["servicePrincipal"])
    }

    private static func place(
        _ call: ControlFace.Call, _ owner: String?
    ) throws -> DirectoryPlace {
        let id = owner.flatMap { GUID(parsing: $0) }
        guard owner == nil || id != nil else {
            throw ControlError.invalidMember("servicePrincipal", expected: "a GUID")
        }
        return try call.tenant.directoryPlace(
            named: call.parameters["name"] ?? "",
            objectType: call.parameters["objectType"] ?? "", servicePrincipal: id)
    }

    private static func json(
        _ object: PlacedObject, _ call: ControlFace.Call
    ) -> JSONValue {
        [
            "id": .string(object.id), "objectType": .string(call.parameters["objectType"] ?? ""),
            "attributes": .object(object.attributes),
        ]
    }
}
