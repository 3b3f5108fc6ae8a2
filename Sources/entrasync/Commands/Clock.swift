// `entrasync clock`: what time it is, and moving it.

import ArgumentParser
import Model

/// Prints the tenant's clock, after moving it when that is asked for.
struct Clock: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the clock; with options, move it first and print what ran.")

    @OptionGroup var server: ServerOptions

    @Option(help: "Move the clock by an ISO 8601 duration, such as PT20M or P1D.")
    var advance: String?

    @Option(help: "Move the clock to an ISO 8601 instant.")
    var now: String?

    @Option(help: "Let time go on as real, manual or xN.")
    var mode: String?

    func run() throws {
        let client = ServerClient(server)
        let order = JSONObject(
            [("mode", mode), ("now", now), ("advance", advance)].compactMap { name, text in
                text.map { (name, JSONValue.string($0)) }
            })
        let answer =
            order.members.isEmpty
            ? try client.call("GET", "/_emulator/clock")
            : try client.call("POST", "/_emulator/clock", .object(order))
        guard !server.json else { return Console.line(answer.text) }
        for run in (answer["ran"]?.array ?? []).compactMap(\.object) { Console.line(run.line) }
        Console.line("\(answer["now"]?.string ?? "") \(answer["mode"]?.string ?? "")")
    }
}

extension JSONObject {
    /// A cycle that ran, in a line.
    var line: String {
        let execution = self["execution"]?.object ?? JSONObject()
        func count(_ name: String) -> Int64 { execution[name]?.integer ?? 0 }
        return "\(execution["timeBegan"]?.string ?? "") \(self["jobId"]?.string ?? "")"
            + " \(execution["state"]?.string ?? ""): imported \(count("countImported")),"
            + " entitled \(count("countEntitledForProvisioning")),"
            + " exported \(count("countExported"))" + (execution.failure.map { "; " + $0 } ?? "")
    }

    /// What stopped the cycle: the code, and the message's first line.
    private var failure: String? {
        let error = self["error"]?.object
        guard let code = error?["code"]?.string else { return nil }
        return "\(code): \(error?["message"]?.string?.split(separator: "\n").first ?? "")"
    }
}
