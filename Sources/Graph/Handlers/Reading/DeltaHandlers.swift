// delta: all objects first, then what changed since.

import Emulator
import HTTP
import Model

/// Answers to `/users/delta` and its like.
///
/// Follows "Use delta query to track changes". A first round lists every object and ends with a link
/// to what changes from its beginning on; options of the first request are baked into the links.
enum DeltaHandlers {
    static func delta(_ kind: DirectoryKind) -> DirectoryObjectHandlers.Handler {
        { call in try DeltaRound(kind, call).answer() }
    }
}

/// One page of a delta query.
private struct DeltaRound {
    let kind: DirectoryKind
    let call: GraphCall
    let type: StructuredType
    let selection: Selection?
    let size: Int
    /// Whether only what changed of an object is wanted (`Prefer: return=minimal`).
    let isMinimal: Bool
    private var token: DeltaToken
    private let isLatest: Bool

    init(_ kind: DirectoryKind, _ call: GraphCall) throws {
        self.kind = kind
        self.call = call
        type = try call.type(kind.rawValue)
        let preferences = (call.request.value(of: "Prefer") ?? "").lowercased()
            .split(separator: ",").map { String($0).trimmingSpaces }
        isMinimal = preferences.contains("return=minimal")
        let pageSize = preferences.first { $0.hasPrefix("odata.maxpagesize=") }
            .flatMap { Int($0.dropFirst("odata.maxpagesize=".count)) }
        size = min(
            try call.options.top(maximum: Limits.largestPage)
                ?? pageSize.flatMap { $0 > 0 ? $0 : nil } ?? Limits.defaultPage,
            Limits.largestPage)
        let latest = try call.tenant.latestChange()
        let given = call.options[.deltaToken] ?? call.options[.skipToken]
        isLatest = given?.lowercased() == "latest"
        if let given, !isLatest {
            guard var known = DeltaToken(given, of: kind), known.upTo <= latest,
                (known.phase == .link) == (call.options[.deltaToken] != nil)
            else { throw GraphError.syncStateNotFound }
            if known.phase == .link {
                known.phase = .changes
                known.from = known.upTo
                known.place = known.upTo
                known.upTo = latest
            }
            token = known
        } else {
            token = DeltaToken(
                kind: kind, phase: .initial, upTo: latest,
                ids: try DeltaRound.ids(call, type), select: call.options[.select])
        }
        selection = try Selection(token.select, of: type)
    }

    /// The objects that `id eq '…' or id eq '…'` names.
    private static func ids(
        _ call: GraphCall, _ type: StructuredType
    ) throws(GraphError) -> [GUID]? {
        guard let text = call.options[.filter] else { return nil }
        var ids: [GUID] = []
        func collect(_ filter: FilterExpression) -> Bool {
            switch filter {
            case .or(let left, let right): return collect(left) && collect(right)
            case .compare(let operand, .equal, .string(let text))
            where operand == FilterOperand("id"):
                guard let id = GUID(parsing: text) else { return false }
                ids.append(id)
                return true
            default: return false
            }
        }
        guard collect(try call.filter(text, over: type)), ids.count <= Limits.deltaFilterIDs else {
            throw GraphError.deltaFilterNotSupported
        }
        return ids
    }

    func answer() throws -> GraphAnswer {
        if isLatest { return page([], next: nil) }
        return token.phase == .initial ? try everything() : try changes()
    }

    private func page(_ elements: [JSONObject], next place: Int64?) -> GraphAnswer {
        var answer = JSONObject([
            (
                "@odata.context",
                call.context(kind.rawValue + "s" + Selection.suffix(selection))
            )
        ])
        let address = call.baseURL + "/" + call.version + "/" + call.path + "?"
        var token = token
        if let place {
            token.place = place
            answer["@odata.nextLink"] = .string(address + "$skiptoken=" + token.text)
        } else {
            token.phase = .link
            token.place = 0
            answer["@odata.deltaLink"] = .string(address + "$deltatoken=" + token.text)
        }
        answer["value"] = .array(elements.map(JSONValue.object))
        return .json(status: 200, answer)
    }

    // MARK: The first round

    private func everything() throws -> GraphAnswer {
        let filter = token.ids.map { ids in
            FilterExpression.oneOf(
                FilterOperand("id"), ids.map { .string($0.description) })
        }
        let found = try call.tenant.list(
            kind,
            ListQuery(filter: filter, after: PagePlace(sequence: token.place), limit: size + 1))
        let elements = try found.prefix(size).map { listed in
            var json = entity(listed.object, changed: nil)
            for link in trackedLinks {
                let relation = Relation(link.link, .forward, DirectoryKind.allCases)
                let ends = try call.tenant.related(
                    relation, of: listed.object.id, kinds: relation.kinds,
                    limit: Limits.deltaLinks)
                guard !ends.isEmpty else { continue }
                json[link.property + "@delta"] = .array(ends.map { end($0.kind, $0.object.id) })
            }
            return json
        }
        return page(elements, next: found.count > size ? found[size - 1].place.sequence : nil)
    }

    /// The navigation properties that are tracked, and their links.
    private var trackedLinks: [(property: String, link: String)] {
        let known: [(property: String, link: String)] =
            kind == .user
            ? [("manager", "manager")]
            : kind == .group ? [("members", "member"), ("owners", "owner")] : []
        guard let selection else { return known.filter { $0.property == "members" } }
        return known.filter { selection.names.contains($0.property) }
    }

    private func end(_ kind: DirectoryKind?, _ id: GUID, isRemoved: Bool = false) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("@odata.type", .string("#microsoft.graph." + (kind?.rawValue ?? "directoryObject"))),
            ("id", .string(id.description)),
        ]
        if isRemoved { members.append(("@removed", ["reason": "deleted"])) }
        return .object(JSONObject(members))
    }

    /// An object with the members that were ever set; nil changes ask for all of them.
    private func entity(_ object: DirectoryObject, changed: Set<String>?) -> JSONObject {
        let whole = Selection.entity(object.json, type, selection)
        var members: [(String, JSONValue)] = [("id", .string(object.id.description))]
        for member in whole.members where member.name != "id" {
            let didChange = changed?.contains(member.name) ?? false
            let isShown =
                isMinimal && changed != nil ? didChange : didChange || !member.value.isNull
            if isShown { members.append((member.name, member.value)) }
        }
        return JSONObject(members)
    }

    // MARK: Later rounds

    private func changes() throws -> GraphAnswer {
        let window = ChangeWindow(
            kind: kind, after: token.from, upTo: token.upTo, ids: token.ids)
        let found = try call.tenant.changes(in: window, after: token.place, limit: size + 1)
        let elements = try found.prefix(size).compactMap { try element($0) }
        return page(elements, next: found.count > size ? found[size - 1].sequence : nil)
    }

    /// What is told of a change; nil when it touched nothing that is tracked.
    private func element(_ change: DirectoryChange) throws -> JSONObject? {
        guard let object = try call.tenant.find(kind, "id", change.id) else {
            // In the recycle bin an object can come back from; out of it it is gone.
            let isKept = try call.tenant.find(kind, "id", change.id, scope: .deleted) != nil
            return JSONObject([
                ("id", .string(change.id)),
                ("@removed", ["reason": isKept ? "changed" : "deleted"]),
            ])
        }
        var json = entity(object, changed: change.isReference ? [] : change.properties)
        var hasLinks = false
        for tracked in trackedLinks {
            let links = change.links.filter { $0.name == tracked.link }
            guard !links.isEmpty else { continue }
            hasLinks = true
            json[tracked.property + "@delta"] = .array(try links.compactMap(end))
        }
        if change.isReference, !hasLinks { return nil }
        if isMinimal, !hasLinks, json.members.count == 1 { return nil }
        return json
    }

    private func end(_ link: DirectoryChange.Link) throws -> JSONValue? {
        guard let id = GUID(parsing: link.target) else { return nil }
        let found = try call.tenant.find(id: id) ?? call.tenant.find(id: id, scope: .deleted)
        return end(found?.kind, id, isRemoved: link.isRemoved)
    }
}
