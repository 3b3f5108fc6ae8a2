// The route table as people read it.

/// The coverage tables of the README and of `entrasync routes`.
public enum CoverageTable {
    /// The routes as a Markdown table, a row each.
    public static func markdown(of routes: [Route]) -> String {
        let head = [
            "| # | Method | Path | Permission | Evidence | Coverage |", "|--|--|--|--|--|--|",
        ]
        let rows = routes.map { route in
            "| \(route.number) | \(route.method) | `\(route.path)` | \(route.permission.rawValue) "
                + "| \(route.evidence) | \(route.coverage.rawValue) |"
        }
        return (head + rows).joined(separator: "\n")
    }

    /// The routes as a short Markdown table, a row for each resource with all that lies below it:
    /// `GET 19` is row 19 of the whole table.
    public static func compactMarkdown(of routes: [Route]) -> String {
        // Ways to write the paths of other rows would only repeat these.
        let routes = routes.filter { !$0.isSpelling }
        var resources: [Substring] = []
        for route in routes where !resources.contains(resource(of: route)) {
            resources.append(resource(of: route))
        }
        let head = [
            "| Path | Covered | Refused as live | Not covered |", "|--|--|--|--|",
        ]
        let rows = resources.map { resource in
            let own = routes.filter { self.resource(of: $0) == resource }
            let cells = [Coverage.covered, .refusedAsLive, .notCovered].map { coverage in
                operations(own.filter { $0.coverage == coverage }, below: resource)
            }
            return "| `\(resource)` | \(cells.joined(separator: " | ")) |"
        }
        return (head + rows).joined(separator: "\n")
    }

    /// What a row is about: the first segment, and in the synchronization sub-tree the second too.
    private static func resource(of route: Route) -> Substring {
        let segments = route.path.split(separator: "/", omittingEmptySubsequences: false)
        return segments.prefix(2).joined(separator: "/")[...]
    }

    /// The operations, path by path.
    private static func operations(_ routes: [Route], below resource: Substring) -> String {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        return paths.map { path in
            let methods = routes.filter { $0.path == path }
                .map { "\($0.method) \($0.number)" }.joined(separator: ", ")
            let rest = path.dropFirst(resource.count)
            return rest.isEmpty ? methods : "`\(rest)` \(methods)"
        }.joined(separator: "; ")
    }
}
