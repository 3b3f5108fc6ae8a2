// `entrasync seed`: more in the tenant.

import ArgumentParser
import Model

/// Adds the contents of a seed document to a tenant.
struct SeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Add the contents of a seed document to the tenant.")

    @OptionGroup var server: ServerOptions

    @Argument(help: "The document, as a file.")
    var file: String

    func run() throws {
        let document = try InputFile.json(file)
        let answer = try ProgressNote.during("seeding") {
            try ServerClient(server).call("POST", "/_emulator/seed", document)
        }
        guard !server.json else { return Console.line(answer.text) }
        let counts = (answer["counts"]?.object?.members ?? []).map { member in
            "\(member.value.integer ?? 0) \(member.name)"
        }
        Console.line("holds    \(counts.joined(separator: ", "))")
    }
}
