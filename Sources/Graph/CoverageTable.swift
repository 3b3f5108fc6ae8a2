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

    /// The routes as a Markdown table, a row for each path: `GET 19` is row 19 of the whole table.
    public static func compactMarkdown(of routes: [Route]) -> String {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        let head = [
            "| Path | Covered | Refused as live | Not covered |", "|--|--|--|--|",
        ]
        let rows = paths.map { path in
            let cells = [Coverage.covered, .refusedAsLive, .notCovered].map { coverage in
                routes.filter { $0.path == path && $0.coverage == coverage }
                    .map { "\($0.method) \($0.number)" }.joined(separator: ", ")
            }
            return "| `\(path)` | \(cells.joined(separator: " | ")) |"
        }
        return (head + rows).joined(separator: "\n")
    }
}
