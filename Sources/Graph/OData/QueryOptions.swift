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
            // Every answer is JSON, so asking for it changes nothing.
            if option == .format {
                guard ["json", "application/json"].contains(value.lowercased()) else {
                    throw GraphError.invalidOption(name, value)
                }
                continue
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

    /// `$skip`: how many elements are left out, 0 without the option.
    ///
    /// - Throws: `GraphError.invalidOption` for anything else.
    func skip() throws(GraphError) -> Int {
        guard let text = values[.skip] else { return 0 }
        guard let count = Int(text), (0...1_000_000).contains(count) else {
            throw GraphError.invalidOption("$skip", text)
        }
        return count
    }
}
