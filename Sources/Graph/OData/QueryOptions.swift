// The query of a request: which system options it carries, read and checked.

import HTTP
import Model

/// The OData system query options that any resource of the service has.
enum QueryOption: String, CaseIterable {
    case select = "$select"
    case filter = "$filter"
    case top = "$top"
    case skip = "$skip"
    case skipToken = "$skiptoken"
    case count = "$count"
    case orderBy = "$orderby"
    case expand = "$expand"
    case search = "$search"
    case format = "$format"
    case deltaToken = "$deltatoken"
}

/// The options of one request.
struct QueryOptions {
    private var values: [QueryOption: String] = [:]

    /// Reads the options of a raw query; parameters without `$` are not the service's and are ignored.
    ///
    /// - Parameters:
    ///   - raw: the query as sent.
    ///   - allowed: the options that mean something on the resource.
    ///   - isLenient: whether other options are ignored instead of refused.
    /// - Throws: `GraphError` naming the option that is unknown, not emulated or given twice.
    init(raw: String?, allowed: Set<QueryOption>, isLenient: Bool) throws(GraphError) {
        let items: HTTPQuery
        do throws(HTTPQueryError) { items = try HTTPQuery(parsing: raw) } catch {
            switch error {
            case .malformedEscape(let name): throw GraphError.malformedQuery(name)
            }
        }
        for (name, value) in items where name.hasPrefix("$") {
            guard let option = QueryOption(rawValue: name.lowercased()) else {
                if isLenient { continue }
                throw GraphError.unknownOption(name)
            }
            guard allowed.contains(option) else {
                if isLenient { continue }
                throw GraphError.optionNotEmulated(name)
            }
            guard values.updateValue(value, forKey: option) == nil else {
                throw GraphError.invalidOption(name, "given twice")
            }
        }
    }

    subscript(option: QueryOption) -> String? { values[option] }

    /// `$top`: from 1 to the largest page.
    ///
    /// - Throws: `GraphError.invalidOption` for anything else.
    func top(maximum: Int) throws(GraphError) -> Int? {
        guard let text = values[.top] else { return nil }
        guard let count = Int(text), (1...maximum).contains(count) else {
            throw GraphError.invalidOption("$top", text)
        }
        return count
    }
}

/// `$select`: which members of an entity are wanted.
struct Selection {
    /// The names as the metadata spells them, in the order asked for.
    let names: [String]

    /// Reads `a,b,c`; nil for none or `*`.
    ///
    /// - Throws: `GraphError.selectUnknown` for a name that the type lacks.
    init?(_ text: String?, of type: StructuredType) throws(GraphError) {
        guard let text else { return nil }
        var names: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part).trimmingSpaces
            if name == "*" { return nil }
            guard let property = type.property(ignoringCase: name) else {
                throw GraphError.selectUnknown(name, on: type.name)
            }
            if !names.contains(property.name) { names.append(property.name) }
        }
        self.names = names
    }

    /// The wanted members, in the order of the entity; nil selects all.
    static func apply(_ selection: Selection?, to json: JSONObject) -> JSONObject {
        guard let selection else { return json }
        return JSONObject(
            json.members.filter { selection.names.contains($0.name) }.map { ($0.name, $0.value) })
    }

    /// What the context URL carries: `(id,appId)`, or nothing for all members.
    static func suffix(_ selection: Selection?) -> String {
        selection.map { "(" + $0.names.joined(separator: ",") + ")" } ?? ""
    }
}

extension String {
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
