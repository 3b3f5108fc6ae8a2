// Members, owners, managers and their way back.

import Emulator
import Model

/// Answers to GET of navigation properties between directory objects.
///
/// Follows "List group members", "List user memberOf" and their like.
enum RelationHandlers {
    /// A collection, of all its kinds or cast to one: `/members/microsoft.graph.user`.
    static func list(
        _ name: String, of kind: DirectoryKind, cast: DirectoryKind? = nil
    ) -> DirectoryObjectHandlers.Handler {
        { call in
            let relation = try relation(name, of: kind)
            let kinds = cast.map { [$0] } ?? relation.kinds
            let types = try kinds.map { try call.type($0.rawValue) }
            let request = try CollectionRequest(call, types)
            let owner = try call.object(of: kind)
            let context = cast.map { $0.rawValue + "s" } ?? "directoryObjects"
            let count =
                request.isCounted
                ? try call.tenant.countRelated(
                    relation, of: owner.id, kinds: kinds, request.filter) : nil
            guard kinds.count > 1 || request.filter == nil && request.order == nil else {
                let found = try call.tenant.related(
                    relation, of: owner.id, kind: kinds[0], request.query)
                let elements = try found.prefix(request.size).map { listed in
                    let object = RelatedObject(kind: kinds[0], object: listed.object)
                    return try element(object, request, call, isCast: cast != nil)
                }
                let next = found.count > request.size ? found[request.size - 1].place : nil
                return call.page(request, context, count: count, next: next, elements)
            }
            guard request.filter == nil, request.order == nil else {
                throw GraphError.mixedFilterNotSupported
            }
            let found = try call.tenant.related(
                relation, of: owner.id, kinds: kinds, after: try place(request.after),
                limit: request.size + 1)
            let elements = try found.prefix(request.size).map {
                try element($0, request, call, isCast: cast != nil)
            }
            let next =
                found.count > request.size
                ? PagePlace(
                    key: .text(found[request.size - 1].object.id.description), sequence: 0) : nil
            return call.page(request, context, count: count, next: next, elements)
        }
    }

    private static func element(
        _ found: RelatedObject, _ request: CollectionRequest, _ call: GraphCall, isCast: Bool
    ) throws -> JSONObject {
        guard isCast else { return try call.typedEntity(found, request.selection?.names) }
        return try call.entity(
            found.object, found.kind, request.type, request.selection, request.expansions)
    }

    /// The identifier after which a page begins.
    private static func place(_ place: PagePlace?) throws(GraphError) -> String? {
        guard let place else { return nil }
        guard case .text(let id) = place.key, GUID(parsing: id) != nil else {
            throw GraphError.expiredPage
        }
        return id
    }

    static func count(
        _ name: String, of kind: DirectoryKind, cast: DirectoryKind? = nil
    ) -> DirectoryObjectHandlers.Handler {
        { call in
            guard call.isEventual else { throw GraphError.countNotSupported }
            let relation = try relation(name, of: kind)
            let kinds = cast.map { [$0] } ?? relation.kinds
            let filter = try call.countFilter(over: try call.type(kinds[0].rawValue))
            guard filter == nil || kinds.count == 1 else {
                throw GraphError.mixedFilterNotSupported
            }
            let owner = try call.object(of: kind)
            return .text(
                String(
                    try call.tenant.countRelated(relation, of: owner.id, kinds: kinds, filter)))
        }
    }

    /// The addresses of a collection's elements.
    static func references(
        _ name: String, of kind: DirectoryKind
    ) -> DirectoryObjectHandlers.Handler {
        { call in
            let relation = try relation(name, of: kind)
            let size = try call.options.top(maximum: Limits.largestPage) ?? Limits.defaultPage
            let after = try place(try PageToken.read(call.options[.skipToken]))
            let owner = try call.object(of: kind)
            let found = try call.tenant.related(
                relation, of: owner.id, kinds: relation.kinds, after: after, limit: size + 1)
            var answer = JSONObject([("@odata.context", call.context("Collection($ref)"))])
            if found.count > size {
                let last = found[size - 1].object.id.description
                answer["@odata.nextLink"] = .string(
                    PageToken.link(after: PagePlace(key: .text(last), sequence: 0), of: call))
            }
            answer["value"] = .array(
                found.prefix(size).map { .object(JSONObject([("@odata.id", address($0, call))])) })
            return .json(status: 200, answer)
        }
    }

    /// A single far end: `/users/{id}/manager`.
    static func get(
        _ name: String, of kind: DirectoryKind
    ) -> DirectoryObjectHandlers.Handler {
        { call in
            let relation = try relation(name, of: kind)
            let type = try call.type(relation.kinds[0].rawValue)
            let selection = try Selection(call.options[.select], of: type)
            var json = try call.typedEntity(try far(name, relation, kind, call), selection?.names)
            json.prepend(
                "@odata.context",
                call.context("directoryObjects" + Selection.suffix(selection) + "/$entity"))
            return .json(status: 200, json)
        }
    }

    /// The address of a single far end.
    static func reference(
        _ name: String, of kind: DirectoryKind
    ) -> DirectoryObjectHandlers.Handler {
        { call in
            let relation = try relation(name, of: kind)
            let found = try far(name, relation, kind, call)
            return .json(
                status: 200,
                JSONObject([
                    ("@odata.context", call.context("$ref")), ("@odata.id", address(found, call)),
                ]))
        }
    }

    private static func far(
        _ name: String, _ relation: Relation, _ kind: DirectoryKind, _ call: GraphCall
    ) throws -> RelatedObject {
        let owner = try call.object(of: kind)
        let found = try call.tenant.related(relation, of: owner.id, kinds: relation.kinds, limit: 1)
        guard let first = found.first else { throw GraphError.resourceNotFound(name) }
        return first
    }

    private static func address(_ found: RelatedObject, _ call: GraphCall) -> JSONValue {
        .string(
            "https://graph.microsoft.com/\(call.version)/directoryObjects/\(found.object.id)"
                + "/Microsoft.DirectoryServices.\(found.kind.typeName)")
    }

    /// Routes and relations are written together, so the relation is there.
    private static func relation(
        _ name: String, of kind: DirectoryKind
    ) throws(GraphError) -> Relation {
        guard let relation = Relation.named(name, of: kind) else {
            throw GraphError.unknownSegment(name)
        }
        return relation
    }
}
