// `entrasync snapshot`: named copies of a tenant.

import ArgumentParser
import Model

/// Takes, lists, restores and removes snapshots.
struct Snapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the tenant under a name, and go back to copies.",
        subcommands: [List.self, Save.self, Restore.self, Delete.self],
        defaultSubcommand: List.self)

    /// Lists snapshots.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the snapshots.")
        @OptionGroup var server: ServerOptions

        func run() throws {
            let answer = try ServerClient(server).call("GET", "/_emulator/snapshots")
            guard !server.json else { return Console.line(answer.text) }
            for snapshot in (answer["value"]?.array ?? []).compactMap(\.object) {
                Console.line(snapshot.snapshotLine)
            }
        }
    }

    /// Takes a snapshot.
    struct Save: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the tenant under a name; an older copy of the name is replaced.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "The snapshot's name.") var name: String

        func run() throws {
            let answer = try ProgressNote.during("copying") {
                try ServerClient(server).call(
                    "PUT", "/_emulator/snapshots/" + PathText.escaped(name))
            }
            Console.line(server.json ? answer.text : answer.snapshotLine)
        }
    }

    /// Goes back to a snapshot.
    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the tenant what it was when the snapshot was taken.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "The snapshot's name.") var name: String

        func run() throws {
            let path = "/_emulator/snapshots/" + PathText.escaped(name) + "/restore"
            let answer = try ProgressNote.during("restoring") {
                try ServerClient(server).call("POST", path)
            }
            guard !server.json else { return Console.line(answer.text) }
            Console.line("\(answer["now"]?.string ?? "") \(answer["mode"]?.string ?? "")")
        }
    }

    /// Removes a snapshot.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Throw a snapshot away.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "The snapshot's name.") var name: String

        func run() throws {
            _ = try ServerClient(server).call(
                "DELETE", "/_emulator/snapshots/" + PathText.escaped(name))
        }
    }
}

extension JSONObject {
    /// A snapshot, in a line.
    fileprivate var snapshotLine: String {
        "\(self["name"]?.string ?? "")  \(self["time"]?.string ?? "")  "
            + "\(self["bytes"]?.integer ?? 0) bytes"
    }
}
