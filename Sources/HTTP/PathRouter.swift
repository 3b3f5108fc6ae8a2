// Which of many path patterns a path belongs to.

/// A table of path patterns such as `/jobs/{id}/start`, by method.
///
/// A literal segment wins over a parameter; if it leads nowhere, the parameter is tried. Literals
/// are compared without regard to the case of ASCII letters, methods with regard to it.
public struct PathRouter<Value: Sendable>: Sendable {
    private struct Route {
        let method: String
        let parameterNames: [String]
        let value: Value
    }

    private struct Node {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var routes: [Route] = []
    }

    private struct Search {
        var parameters: [String] = []
        var allowed: Set<String> = []
        var deepest = 0
    }

    private var nodes = [Node()]

    /// Makes an empty table.
    public init() {}

    /// Adds a pattern for a method; the later of two for the same method and shape counts.
    ///
    /// A segment in braces is a parameter. Empty segments of the pattern are left out.
    public mutating func add(method: String, pattern: String, _ value: Value) {
        var index = 0
        var names: [String] = []
        for segment in pattern.split(separator: "/") {
            if segment.hasPrefix("{"), segment.hasSuffix("}") {
                names.append(String(segment.dropFirst().dropLast()))
                index = parameterChild(of: index)
            } else {
                index = literalChild(of: index, named: String(segment))
            }
        }
        nodes[index].routes.removeAll { $0.method == method }
        nodes[index].routes.append(Route(method: method, parameterNames: names, value: value))
    }

    /// Finds the value for a path that has been split and decoded; HEAD also finds GET.
    public func match(method: String, segments: [String]) -> PathMatch<Value> {
        var search = Search()
        if let route = find(method, in: segments, at: 0, from: 0, &search) {
            let pairs = zip(route.parameterNames, search.parameters)
            return .found(route.value, parameters: Dictionary(pairs) { $1 })
        }
        if !search.allowed.isEmpty { return .wrongMethod(allowed: search.allowed.sorted()) }
        return .notFound(matchedSegments: search.deepest)
    }

    /// Walks down by literals first; `search.parameters` holds those of the path taken so far.
    private func find(
        _ method: String, in segments: [String], at depth: Int, from index: Int,
        _ search: inout Search
    ) -> Route? {
        search.deepest = max(search.deepest, depth)
        let node = nodes[index]
        guard depth < segments.count else { return route(for: method, at: node, &search) }
        if let child = literalChild(of: node, named: segments[depth]),
            let route = find(method, in: segments, at: depth + 1, from: child, &search)
        {
            return route
        }
        guard let child = node.parameter else { return nil }
        search.parameters.append(segments[depth])
        if let route = find(method, in: segments, at: depth + 1, from: child, &search) {
            return route
        }
        search.parameters.removeLast()
        return nil
    }

    private func route(for method: String, at node: Node, _ search: inout Search) -> Route? {
        if let route = node.routes.first(where: { $0.method == method }) { return route }
        let get = node.routes.first { $0.method == "GET" }
        if method == "HEAD", let get { return get }
        // The methods of the path that is the most literal are told.
        guard search.allowed.isEmpty else { return nil }
        search.allowed.formUnion(node.routes.map(\.method))
        if get != nil { search.allowed.insert("HEAD") }
        return nil
    }

    /// The usual spelling is found by its hash; only another one is searched for.
    private func literalChild(of node: Node, named name: String) -> Int? {
        if let child = node.literals[name] { return child }
        return node.literals.first { $0.key.equalsIgnoringASCIICase(name) }?.value
    }

    private mutating func literalChild(of index: Int, named name: String) -> Int {
        if let child = literalChild(of: nodes[index], named: name) { return child }
        nodes.append(Node())
        nodes[index].literals[name] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func parameterChild(of index: Int) -> Int {
        if let child = nodes[index].parameter { return child }
        nodes.append(Node())
        nodes[index].parameter = nodes.count - 1
        return nodes.count - 1
    }
}

/// What a router says about a path.
public enum PathMatch<Value> {
    /// The pattern's value, and the path's segments in place of its parameters.
    case found(Value, parameters: [String: String])
    /// The path is known, but not with this method; the known methods are sorted, HEAD included.
    case wrongMethod(allowed: [String])
    /// The path is unknown; so many of its leading segments begin some pattern.
    case notFound(matchedSegments: Int)
}

extension PathMatch: Sendable where Value: Sendable {}
extension PathMatch: Equatable where Value: Equatable {}
