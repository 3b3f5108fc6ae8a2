// `entrasync jobs`: what is scheduled.

import ArgumentParser
import Model

/// Lists the jobs of a tenant.
struct Jobs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the jobs with their state and their next run.")

    @OptionGroup var server: ServerOptions

    func run() throws {
        let answer = try ServerClient(server).call("GET", "/_emulator/info")
        let jobs = answer["tenant"]?.object?["jobs"]?.array ?? []
        guard !server.json else { return Console.line(JSONValue.array(jobs).text) }
        for job in jobs.compactMap(\.object) {
            func text(_ name: String) -> String { job[name]?.string ?? "" }
            let next = job["nextRun"]?.string.map { ", next run \($0)" } ?? ""
            Console.line(
                "\(text("id"))  \(text("templateId")) of \(text("servicePrincipalId")): "
                    + "\(text("state")) \(text("interval")), \(text("code"))\(next)")
        }
    }
}
