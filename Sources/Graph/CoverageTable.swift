// The route table as people read it.

/// The coverage table of the README and of `entrasync routes`.
public enum CoverageTable {
    /// The routes as a Markdown table.
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
}
