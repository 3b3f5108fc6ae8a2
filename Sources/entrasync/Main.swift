// The program: its commands, and how it ends.

import ArgumentParser
import Glibc

/// `entrasync`, of which every use is a subcommand.
@main
struct Main: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "entrasync",
        abstract: "A local emulator of the Microsoft Entra ID synchronization API.",
        version: version,
        subcommands: [
            Serve.self, Routes.self, Health.self, Status.self, Jobs.self, Run.self, Logs.self,
            Clock.self, Reset.self, SeedCommand.self, Export.self, Snapshot.self, Faults.self,
            Requests.self, Eval.self, Schema.self, Trust.self,
        ])

    /// Runs a command; a problem is one line on standard error, and the status says of which kind.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            Console.problem(failure.message)
            Glibc.exit(failure.status)
        } catch {
            let status = exitCode(for: error)
            guard status == .validationFailure else { exit(withError: error) }
            // What can't be understood ends with 2, as shells and their scripts expect.
            Console.problem(message(for: error) + " See 'entrasync --help'.")
            Glibc.exit(2)
        }
    }
}

/// A problem that ends the program: one line that names the thing and the way out.
struct Failure: Error {
    let message: String
    let status: Int32

    /// The command was not understood or can't be meant: status 2.
    static func usage(_ message: String) -> Failure { Failure(message: message, status: 2) }

    /// The command was understood and failed: status 1.
    static func failed(_ message: String) -> Failure { Failure(message: message, status: 1) }
}
