// `entrasync export`: the tenant as a seed document.

import ArgumentParser
import Model

/// Prints a tenant as a seed document that re-creates it.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the tenant as a seed document that re-creates it.")

    @OptionGroup var server: ServerOptions

    @Flag(help: "Show secrets, which are masked otherwise.")
    var secrets = false

    func run() throws {
        let query = secrets ? "?secrets=true" : ""
        let answer = try ProgressNote.during("exporting") {
            try ServerClient(server).call("GET", "/_emulator/export" + query)
        }
        Console.line(server.json ? answer.text : JSONValue.object(answer).prettyText)
    }
}
