// Lists, counts and single objects of users, groups, applications and service principals.

import Emulator
import Model

/// Answers to GET of `/users`, `/groups`, `/applications`, `/servicePrincipals`, `/directoryObjects`
/// and `/directory/deletedItems`.
///
/// Follows "List users", "Get user" and their like.
enum DirectoryObjectHandlers {
    /// What answers a route.
    typealias Handler = @Sendable (GraphCall) throws -> GraphAnswer

    static func list(_ kind: DirectoryKind) -> Handler {
        { call in try list(kind, call, scope: .live) }
    }

    static func count(_ kind: DirectoryKind) -> Handler {
        { call in try count(kind, call, scope: .live) }
    }

    static func get(_ kind: DirectoryKind) -> Handler {
        { call in
            let type = try call.type(kind.rawValue)
            let selection = try Selection(call.options[.select], of: type)
            let expansions = try Expansion.parse(
                call.options[.expand], of: type, in: call.tenant.gallery.types)
            let found = try call.object(of: kind)
            var answer = try call.entity(found, kind, type, selection, expansions)
            answer.prepend(
                "@odata.context",
                call.context(
                    kind.rawValue + "s" + Selection.suffix(selection, expansions) + "/$entity"))
            return .json(status: 200, answer)
        }
    }

    /// `/directory/deletedItems/microsoft.graph.user`.
    static func deletedList(_ kind: DirectoryKind) -> Handler {
        { call in try list(kind, call, scope: .deleted) }
    }

    /// `/directory/deletedItems/microsoft.graph.user/$count`.
    static func deletedCount(_ kind: DirectoryKind) -> Handler {
        { call in try count(kind, call, scope: .deleted) }
    }

    static func deletedItem(_ call: GraphCall) throws -> GraphAnswer {
        try single(call, scope: .deleted)
    }

    static func directoryObject(_ call: GraphCall) throws -> GraphAnswer {
        try single(call, scope: .live)
    }

    private static func list(
        _ kind: DirectoryKind, _ call: GraphCall, scope: ListScope
    ) throws -> GraphAnswer {
        let type = try call.type(kind.rawValue)
        let request = try CollectionRequest(call, [type])
        let found = try call.tenant.list(kind, request.query, scope: scope)
        let count =
            request.isCounted
            ? try call.tenant.count(kind, request.filter, scope: scope) : nil
        let elements = try found.prefix(request.size).map { listed in
            var json = try call.entity(
                listed.object, kind, type, request.selection, request.expansions)
            if scope == .deleted, request.selection == nil {
                json["deletedDateTime"] = listed.object.json["deletedDateTime"]
            }
            return json
        }
        let next = found.count > request.size ? found[request.size - 1].place : nil
        return call.page(request, kind.rawValue + "s", count: count, next: next, elements)
    }

    private static func count(
        _ kind: DirectoryKind, _ call: GraphCall, scope: ListScope
    ) throws -> GraphAnswer {
        guard call.isEventual else { throw GraphError.countNotSupported }
        let filter = try call.countFilter(over: try call.type(kind.rawValue))
        return .text(String(try call.tenant.count(kind, filter, scope: scope)))
    }

    private static func single(_ call: GraphCall, scope: ListScope) throws -> GraphAnswer {
        let text = call.parameter("directoryObject-id")
        guard let id = GUID(parsing: text) else { throw GraphError.invalidID(text) }
        guard let found = try call.tenant.find(id: id, scope: scope) else {
            throw GraphError.resourceNotFound(id.description)
        }
        let selection = try Selection(
            call.options[.select], of: try call.type(found.kind.rawValue))
        var json = try call.typedEntity(found, selection?.names)
        if scope == .deleted, selection == nil {
            json["deletedDateTime"] = found.object.json["deletedDateTime"]
        }
        json.prepend(
            "@odata.context",
            call.context("directoryObjects" + Selection.suffix(selection) + "/$entity"))
        return .json(status: 200, json)
    }
}

extension GraphCall {
    /// `$filter` and `$search` of a `/$count`, which is an advanced query by itself.
    ///
    /// - Throws: `GraphError` for what can't be used.
    func countFilter(over type: StructuredType) throws(GraphError) -> FilterExpression? {
        let filter = try options[.filter].map { text throws(GraphError) in
            try self.filter(text, over: type)
        }
        if let filter {
            try AdvancedQueryRules(type: type, isAdvanced: true, isLenient: isLenient).check(filter)
        }
        let search = try options[.search].map { text throws(GraphError) in
            do throws(FilterSyntaxError) {
                return try SearchParser.parse(text, over: type)
            } catch { throw GraphError(search: error, text) }
        }
        guard let filter, let search else { return filter ?? search }
        return .and(filter, search)
    }
}
