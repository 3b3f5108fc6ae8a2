// What a client asks a list for.

import HTTP
import Model

/// The parameters of a list, out of a query or the body of a search (RFC 7644, sections 3.4.2, 3.4.3).
struct ListRequest {
    var filter: SCIMFilter?
    var sortBy: SCIMPath?
    var isDescending = false
    /// The position of the first resource, from 1.
    var startIndex = 1
    /// Resources on the page at most.
    var count = Limits.defaultPageResources
    var selection = AttributeSelection.all

    /// Reads a query; parameters that SCIM does not know are ignored, as endpoints do.
    ///
    /// - Throws: `SCIMRefusal` for values that can't be used.
    init(query: String?) throws(SCIMRefusal) {
        guard let query, !query.isEmpty else { return }
        var included: [String] = []
        var excluded: [String] = []
        for (name, value) in try ListRequest.items(query) {
            switch name.lowercased() {
            case "filter": filter = try ListRequest.filter(value)
            case "attributes": included += AttributeSelection.names(value)
            case "excludedattributes": excluded += AttributeSelection.names(value)
            case "sortby": sortBy = try ListRequest.path(value)
            case "sortorder": isDescending = try ListRequest.isDescending(value)
            case "startindex": try setStart(Int(value))
            case "count": try setCount(Int(value))
            default: break
            }
        }
        guard !included.isEmpty || !excluded.isEmpty else { return }
        selection = try AttributeSelection(attributes: included, excluded: excluded)
    }

    /// Reads the body of a search.
    ///
    /// - Throws: `SCIMRefusal` for values that can't be used.
    init(search body: JSONObject) throws(SCIMRefusal) {
        func text(_ name: String) throws(SCIMRefusal) -> String? {
            guard let value = body[scim: name], !value.isNull else { return nil }
            guard let text = value.string else {
                throw SCIMRefusal.invalidValue("'\(name)' must be a string.")
            }
            return text
        }
        func names(_ name: String) throws(SCIMRefusal) -> [String] {
            guard let value = body[scim: name], !value.isNull else { return [] }
            guard let elements = value.array else {
                throw SCIMRefusal.invalidValue("'\(name)' must be a list of strings.")
            }
            return elements.compactMap(\.string)
        }
        if let value = try text("filter") { filter = try ListRequest.filter(value) }
        if let value = try text("sortBy") { sortBy = try ListRequest.path(value) }
        if let value = try text("sortOrder") { isDescending = try ListRequest.isDescending(value) }
        if let value = body[scim: "startIndex"] { try setStart(value.integer.map(Int.init)) }
        if let value = body[scim: "count"] { try setCount(value.integer.map(Int.init)) }
        selection = try AttributeSelection(
            attributes: try names("attributes"), excluded: try names("excludedAttributes"))
    }

    /// The selection of a request that is about one resource.
    ///
    /// - Throws: `SCIMRefusal` for names that are none.
    static func selection(query: String?) throws(SCIMRefusal) -> AttributeSelection {
        guard let query, !query.isEmpty else { return .all }
        return try selection(try items(query))
    }

    private static func items(_ query: String) throws(SCIMRefusal) -> [HTTPQuery.Element] {
        do throws(HTTPQueryError) { return try HTTPQuery(parsing: query).items } catch {
            throw SCIMRefusal.invalidSyntax("The query has a malformed percent escape.")
        }
    }

    private static func selection(
        _ items: [HTTPQuery.Element]
    ) throws(SCIMRefusal) -> AttributeSelection {
        func names(_ sought: String) -> [String] {
            items.filter { $0.name.lowercased() == sought }
                .flatMap { AttributeSelection.names($0.value) }
        }
        return try AttributeSelection(
            attributes: names("attributes"), excluded: names("excludedattributes"))
    }

    private static func filter(_ text: String) throws(SCIMRefusal) -> SCIMFilter {
        do throws(SCIMSyntaxError) { return try SCIMFilter(parsing: text) } catch {
            throw SCIMRefusal.invalidFilter(error)
        }
    }

    private static func path(_ text: String) throws(SCIMRefusal) -> SCIMPath {
        do throws(SCIMSyntaxError) { return try SCIMPath(parsing: text) } catch {
            throw SCIMRefusal.invalidPath(text, error)
        }
    }

    private static func isDescending(_ text: String) throws(SCIMRefusal) -> Bool {
        switch text.lowercased() {
        case "ascending": return false
        case "descending": return true
        default: throw SCIMRefusal.invalidValue("'sortOrder' is 'ascending' or 'descending'.")
        }
    }

    /// Less than 1 is taken for 1.
    private mutating func setStart(_ value: Int?) throws(SCIMRefusal) {
        guard let value else {
            throw SCIMRefusal.invalidValue("'startIndex' must be a whole number.")
        }
        startIndex = max(1, value)
    }

    /// Less than 0 is taken for 0, more than a page holds for a page.
    private mutating func setCount(_ value: Int?) throws(SCIMRefusal) {
        guard let value else { throw SCIMRefusal.invalidValue("'count' must be a whole number.") }
        count = min(max(0, value), Limits.pageResources)
    }
}
