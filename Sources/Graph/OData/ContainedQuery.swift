// The options of reads below /synchronization: what is at hand, cut to what was asked for.

import Emulator
import Model

/// What a read of contained entities asks for: `$select`, `$expand`, and for collections `$filter`,
/// `$orderby`, `$skip`, `$top` and `$count`.
///
/// Unverified: the documentation lists no query options for this sub-tree, and generated clients offer
/// them all. Here they mean what OData says; a cut collection has no next link.
struct ContainedQuery {
    /// Members that a navigation property adds to an entity: its own, and its context.
    typealias Expand = (_ entity: JSONObject, _ name: String) throws -> JSONObject

    private let call: GraphCall
    private let type: StructuredType
    private let selection: Selection?
    private let expansions: [Expansion]

    /// Reads the options of a call for an entity, or a collection of entities, of a type.
    ///
    /// - Throws: `GraphError` naming the option or property that can't be used.
    init(_ call: GraphCall, _ typeName: String) throws {
        self.call = call
        type = try call.type(typeName)
        selection = try Selection(call.options[.select], of: type)
        expansions = try Expansion.parse(
            call.options[.expand], of: type, in: call.tenant.gallery.types)
    }

    /// Whether a navigation property that payloads carry anyway is wanted.
    func wants(_ name: String) -> Bool { selection?.names.contains(name) ?? true }

    /// The answer of one entity.
    func entity(
        _ json: JSONObject, _ context: String, status: Int = 200,
        expand: Expand = { _, _ in JSONObject() }
    ) throws -> GraphAnswer {
        var answer = try cut(json, expand)
        let suffix = Selection.suffix(selection, expansions)
        answer.prepend("@odata.context", call.context(context + suffix + "/$entity"))
        return .json(status: status, answer)
    }

    /// The answer of a collection.
    func collection(
        _ entities: [JSONObject], _ context: String, expand: Expand = { _, _ in JSONObject() }
    ) throws -> GraphAnswer {
        let condition = try call.options[.filter].map { try call.filter($0, over: type) }
        let order = try CollectionRequest.order(call.options[.orderBy], of: type)
        let isCounted = try CollectionRequest.flag(call.options[.count])
        let top = try call.options.top(maximum: Limits.largestPage)
        let skip = try call.options.skip()
        var chosen = entities
        if condition != nil || order != nil {
            chosen = try call.tenant.list(
                .values(entities),
                ListQuery(filter: condition, order: order, limit: entities.count)
            ).map { entities[Int($0.place.sequence)] }
        }
        let shown = try chosen.dropFirst(skip).prefix(top ?? chosen.count).map {
            JSONValue.object(try cut($0, expand))
        }
        let suffix = Selection.suffix(selection, expansions)
        var answer = JSONObject([("@odata.context", call.context(context + suffix))])
        if isCounted { answer["@odata.count"] = .integer(Int64(chosen.count)) }
        answer["value"] = .array(shown)
        return .json(status: 200, answer)
    }

    /// The answer of a `/$count`: how many of the entities `$filter` selects.
    static func count(
        _ entities: [JSONObject], _ typeName: String, _ call: GraphCall
    ) throws -> GraphAnswer {
        guard let text = call.options[.filter] else { return .text(String(entities.count)) }
        let filter = try call.filter(text, over: try call.type(typeName))
        return .text(String(try call.tenant.count(.values(entities), filter)))
    }

    /// An entity with what is wanted of it; annotations go with what they annotate.
    private func cut(_ json: JSONObject, _ expand: Expand) throws -> JSONObject {
        var whole = json
        for expansion in expansions where whole[expansion.property.name] == nil {
            for member in try expand(json, expansion.property.name).members {
                whole[member.name] = expansion.cut(member)
            }
        }
        guard let selection else { return whole }
        let wanted = Set(selection.names + expansions.map(\.property.name))
        return JSONObject(
            whole.members.filter { member in
                wanted.contains(String(member.name.prefix { $0 != "@" }))
            }.map { ($0.name, $0.value) })
    }
}

extension Expansion {
    /// A member of an expanded property, cut to what is wanted of it.
    fileprivate func cut(_ member: JSONObject.Member) -> JSONValue {
        guard let selection, member.name == property.name else { return member.value }
        let names = Selection(names: selection)
        if let object = member.value.object { return .object(Selection.apply(names, to: object)) }
        guard let elements = member.value.array else { return member.value }
        return .array(
            elements.map { element in
                element.object.map { .object(Selection.apply(names, to: $0)) } ?? element
            })
    }
}
