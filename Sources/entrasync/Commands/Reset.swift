// `entrasync reset`: back to the seed.

import ArgumentParser
import Model

/// Brings a tenant back to its seed.
struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tenant back to its seed: contents, clock, identifiers, journal.")

    @OptionGroup var server: ServerOptions

    func run() throws {
        let answer = try ProgressNote.during("resetting") {
            try ServerClient(server).call("POST", "/_emulator/reset")
        }
        guard !server.json else { return Console.line(answer.text) }
        Console.line("\(answer["now"]?.string ?? "") \(answer["mode"]?.string ?? "")")
    }
}
