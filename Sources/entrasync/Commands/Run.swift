// `entrasync run`: one cycle now.

import ArgumentParser

/// Runs one cycle of a job whatever its schedule says, and prints its record.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run one cycle of a job now and print its record.")

    @OptionGroup var server: ServerOptions

    @Argument(help: "The job's identifier, as 'entrasync status' prints it.")
    var job: String

    func run() throws {
        let path = "/_emulator/jobs/\(PathText.escaped(job))/run"
        let answer = try ServerClient(server).call("POST", path)
        Console.line(server.json ? answer.text : answer.line)
    }
}
