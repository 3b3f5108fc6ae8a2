// A client's filter in the terms of the schemas.

import Model

extension SCIMFilter {
    /// The filter with each attribute under the schema that defines it.
    ///
    /// - Throws: `SCIMRefusal` with `invalidFilter` where booleans or binaries are put into an order
    ///   (RFC 7644, section 3.4.2.2).
    func resolved(for types: [SCIMResourceType]) throws(SCIMRefusal) -> SCIMFilter {
        try resolved(for: types, within: nil)
    }

    private func resolved(
        for types: [SCIMResourceType], within whole: AttributeTable?
    ) throws(SCIMRefusal) -> SCIMFilter {
        switch self {
        case .all(let filters): return .all(try SCIMFilter.resolve(filters, types, whole))
        case .any(let filters): return .any(try SCIMFilter.resolve(filters, types, whole))
        case .not(let filter): return .not(try filter.resolved(for: types, within: whole))
        case .present(let path):
            return .present(whole == nil ? path.resolved(for: types) : path)
        case .valuePath(let path, let filter):
            let path = path.resolved(for: types)
            let parts = types.lazy.compactMap {
                SchemaBook.standard.definition(of: path, in: $0)?.parts
            }.first
            return .valuePath(
                path, try filter.resolved(for: types, within: parts ?? AttributeTable([])))
        case .comparison(let path, let comparison, let value):
            let path = whole == nil ? path.resolved(for: types) : path
            let definition =
                whole.map { $0[path.name] }
                ?? types.lazy.compactMap { SchemaBook.standard.definition(of: path, in: $0) }.first
            let isOrder = [.greater, .greaterOrEqual, .less, .lessOrEqual].contains(comparison)
            if isOrder, let kind = definition?.kind, kind == .boolean || kind == .binary {
                throw SCIMRefusal(
                    400, "invalidFilter", "'\(path)' is a \(kind) and has no order.")
            }
            return .comparison(path, comparison, value)
        }
    }

    private static func resolve(
        _ filters: [SCIMFilter], _ types: [SCIMResourceType], _ whole: AttributeTable?
    ) throws(SCIMRefusal) -> [SCIMFilter] {
        var result: [SCIMFilter] = []
        for filter in filters { result.append(try filter.resolved(for: types, within: whole)) }
        return result
    }
}

extension SCIMAttributePath {
    /// The path of a bare `manager` under the enterprise extension, where the service's documentation
    /// means it; other attributes without a schema may be the application's own.
    func resolved(for types: [SCIMResourceType]) -> SCIMAttributePath {
        guard schema == nil, types.contains(.user), name.lowercased() == "manager" else {
            return self
        }
        var path = self
        path.schema = SCIMResourceType.enterprise
        return path
    }
}
