// `entrasync health`: for containers and scripts that wait.

import ArgumentParser
import Model

/// Ends with 0 when the emulator answers, else with 1.
struct Health: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell whether the emulator answers; the exit status says it too.")

    @OptionGroup var server: ServerOptions

    func run() throws {
        let answer = try ServerClient(server).call("GET", "/_emulator/health")
        Console.line(
            server.json ? answer.text : answer["status"]?.string ?? "no status")
    }
}
