// `entrasync routes`: the coverage table.

import ArgumentParser
import Graph
import Model

/// Prints every operation of the API and whether it is emulated.
struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print every operation and whether it is emulated.",
        discussion: "{S} is /servicePrincipals/{id}/synchronization and "
            + "/applications/{id}/synchronization, {J} is {S}/jobs/{id}, {T} is "
            + "{S}/templates/{id}.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() {
        guard !json else {
            let rows = Graph.Routes.all.map { route -> JSONValue in
                [
                    "number": .string(route.number), "method": .string(route.method),
                    "path": .string(route.path), "permission": .string(route.permission.rawValue),
                    "evidence": .string(route.evidence),
                    "coverage": .string(route.coverage.rawValue),
                ]
            }
            return Console.line(JSONValue.array(rows).prettyText)
        }
        Console.line(CoverageTable.markdown(of: Graph.Routes.all))
    }
}
