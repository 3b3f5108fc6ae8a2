// The options of a request for a collection, read and checked against its type.

import Emulator
import HTTP
import Model

/// What a request wants of a collection.
struct CollectionRequest {
    /// Which rules a collection's queries follow.
    enum Rules {
        /// Directory objects: `$count`, `$search` and much of `$filter` ask for more parameters.
        case directory
        /// Anything that the metadata does not speak against.
        case plain
    }

    /// The type of its elements.
    let type: StructuredType
    /// The members that are wanted; nil for those returned by default.
    let selection: Selection?
    /// The neighbours that are wanted.
    let expansions: [Expansion]
    /// `$filter` and `$search`.
    let filter: FilterExpression?
    /// `$orderby`.
    let order: SortOrder?
    /// `$top`, or the default page.
    let size: Int
    /// Whether the answer carries `@odata.count`.
    let isCounted: Bool
    /// The place that `$skiptoken` names.
    let after: PagePlace?

    /// Reads the options of a call; the elements are of one of the types.
    ///
    /// - Throws: `GraphError` naming the option, property, operator or function that can't be used.
    init(
        _ call: GraphCall, _ types: [StructuredType], _ rules: Rules = .directory
    ) throws(GraphError) {
        let options = call.options
        guard let type = types.first else { throw .internalFailure("A list lacks its type.") }
        self.type = type
        selection = try Selection(options[.select], ofAny: types)
        expansions = try Expansion.parse(
            options[.expand], of: type, in: call.tenant.gallery.types)
        size = try options.top(maximum: Limits.largestPage) ?? Limits.defaultPage
        after = try PageToken.read(options[.skipToken])
        let asksCount = try CollectionRequest.flag(options[.count])
        let isEventual = call.isEventual
        let condition = try options[.filter].map { text throws(GraphError) in
            try call.filter(text, over: type)
        }
        let search = try options[.search].map { text throws(GraphError) in
            guard isEventual else { throw GraphError.searchNeedsHeader }
            do throws(FilterSyntaxError) {
                return try SearchParser.parse(text, over: type)
            } catch { throw GraphError(search: error, text) }
        }
        order = try CollectionRequest.order(options[.orderBy], of: type)
        if case .directory = rules {
            let advanced = AdvancedQueryRules(
                type: type, isAdvanced: isEventual && asksCount, isLenient: call.isLenient)
            if let condition { try advanced.check(condition) }
            if let order { try advanced.check(order, isFiltered: condition != nil) }
            if isEventual, asksCount, !expansions.isEmpty { throw GraphError.expandNotSupported }
            // Without the header `$count=true` is as good as not there.
            isCounted = asksCount && isEventual && after == nil
        } else {
            isCounted = asksCount && after == nil
        }
        filter = [condition, search].compactMap { $0 }.reduce(nil) { sum, part in
            sum.map { .and($0, part) } ?? part
        }
    }

    /// `$count`: true or false.
    ///
    /// - Throws: `GraphError.invalidOption` for anything else.
    static func flag(_ text: String?) throws(GraphError) -> Bool {
        switch text?.lowercased() {
        case nil, "false"?: return false
        case "true"?: return true
        default: throw GraphError.invalidOption("$count", text ?? "")
        }
    }

    /// `$orderby`: one property that has an order.
    ///
    /// - Throws: `GraphError` for anything else.
    static func order(
        _ text: String?, of type: StructuredType
    ) throws(GraphError) -> SortOrder? {
        guard let text else { return nil }
        let keys = text.split(separator: ",", omittingEmptySubsequences: false)
        let words = keys.first?.split(separator: " ").map(String.init) ?? []
        guard keys.count == 1 else { throw GraphError.sortingNotSupported }
        guard let name = words.first, words.count <= 2 else {
            throw GraphError.invalidOption("$orderby", text)
        }
        guard let property = type.property(ignoringCase: name) else {
            throw GraphError.orderByUnknown(name, on: type.name)
        }
        if case .structured = property.kind { throw GraphError.sortingNotSupported }
        guard !property.isCollection else { throw GraphError.sortingNotSupported }
        switch words.count == 2 ? words[1].lowercased() : "asc" {
        case "asc": return SortOrder(property: property.name)
        case "desc": return SortOrder(property: property.name, isDescending: true)
        default: throw GraphError.invalidOption("$orderby", text)
        }
    }

    /// One more than asked for, to know whether a next page exists.
    var query: ListQuery {
        ListQuery(filter: filter, order: order, after: after, limit: size + 1)
    }

    /// What the context URL carries of the options.
    var contextSuffix: String { Selection.suffix(selection, expansions) }
}

extension GraphCall {
    /// Whether the request takes what is true in a while.
    var isEventual: Bool {
        request.value(of: "ConsistencyLevel")?.lowercased() == "eventual"
    }

    /// The filter that a text means over a type.
    ///
    /// - Throws: `GraphError.invalidFilter`.
    func filter(_ text: String, over type: StructuredType) throws(GraphError) -> FilterExpression {
        do throws(FilterSyntaxError) {
            return try FilterParser.parse(text, over: type, of: tenant.gallery.types)
        } catch { throw GraphError(filter: error, text) }
    }

    /// A type of the metadata that routes are written for.
    ///
    /// - Throws: `GraphError.internalFailure` when the metadata lacks it.
    func type(_ name: String) throws(GraphError) -> StructuredType {
        guard let type = tenant.gallery.types.type(name) else {
            throw GraphError.internalFailure("The metadata lacks \(name).")
        }
        return type
    }

    /// The answer of a page: context, count, link to the next page, elements.
    func page(
        _ request: CollectionRequest, _ context: String, count: Int64?, next: PagePlace?,
        _ elements: [JSONObject]
    ) -> GraphAnswer {
        var answer = JSONObject([
            ("@odata.context", self.context(context + request.contextSuffix))
        ])
        if let count { answer["@odata.count"] = .integer(count) }
        if let next { answer["@odata.nextLink"] = .string(PageToken.link(after: next, of: self)) }
        answer["value"] = .array(elements.map(JSONValue.object))
        return .json(status: 200, answer)
    }
}
