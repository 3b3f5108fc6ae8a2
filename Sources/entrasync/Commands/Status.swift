// `entrasync status`: what runs there.

import ArgumentParser
import Model

/// Prints version, clock, counts and jobs of a running emulator.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the emulator's version, clock, counts and jobs.")

    @OptionGroup var server: ServerOptions

    func run() throws {
        let answer = try ServerClient(server).call("GET", "/_emulator/info")
        guard !server.json else { return Console.line(answer.text) }
        let tenant = answer["tenant"]?.object ?? JSONObject()
        let clock = tenant["clock"]?.object ?? JSONObject()
        Console.line("version  \(answer["version"]?.string ?? "")")
        Console.line("uptime   \(answer["uptime"]?.string ?? "")")
        let name = tenant["displayName"]?.string.map { " (\($0))" } ?? ""
        Console.line("tenant   \(tenant["id"]?.string ?? "")\(name)")
        Console.line("clock    \(clock["now"]?.string ?? "") \(clock["mode"]?.string ?? "")")
        let counts = (tenant["counts"]?.object?.members ?? []).map { member in
            "\(member.value.integer ?? 0) \(member.name)"
        }
        Console.line("holds    \(counts.joined(separator: ", "))")
        for job in (tenant["jobs"]?.array ?? []).compactMap(\.object) {
            let next = job["nextRun"]?.string.map { ", next run \($0)" } ?? ""
            Console.line(
                "job      \(job["id"]?.string ?? ""): \(job["state"]?.string ?? "")"
                    + " \(job["interval"]?.string ?? ""), \(job["code"]?.string ?? "")\(next)")
        }
    }
}

extension JSONObject {
    /// The object as compact JSON.
    var text: String { JSONValue.object(self).text }
}
