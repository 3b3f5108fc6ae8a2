// `entrasync logs`: what cycles did, object by object.

import ArgumentParser
import Model

/// Prints rows of the provisioning log (Graph's `auditLogs/provisioning`), each with its steps.
struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the provisioning log, latest first, with the steps of each row.")

    @OptionGroup var server: ServerOptions

    @Option(help: "Only rows of this job.") var job: String?
    @Option(help: "At most so many rows.") var limit = 50
    @Flag(help: "Leave the steps out.") var brief = false

    func run() throws {
        let filter = job.map {
            "jobId eq '" + $0.split(separator: "'").joined(separator: "''") + "'"
        }
        let query = PathText.query([("$top", String(limit)), ("$filter", filter)])
        let answer = try ServerClient(server).call("GET", "/v1.0/auditLogs/provisioning" + query)
        let rows = answer["value"]?.array ?? []
        guard !server.json else { return Console.line(JSONValue.array(rows).text) }
        for row in rows.compactMap(\.object) {
            Console.line(row.logLine)
            guard !brief else { continue }
            for step in (row["provisioningSteps"]?.array ?? []).compactMap(\.object) {
                Console.line(
                    "  \(step["status"]?.string ?? "") \(step["name"]?.string ?? ""): "
                        + "\(step["description"]?.string ?? "")")
            }
        }
    }
}

extension JSONObject {
    /// A row of the log, in a line.
    fileprivate var logLine: String {
        func text(_ object: String, _ name: String) -> String {
            self[object]?.object?[name]?.string ?? ""
        }
        let status = text("provisioningStatusInfo", "status")
        return "\(self["activityDateTime"]?.string ?? "") \(status) "
            + "\(self["provisioningAction"]?.string ?? "") "
            + "\(text("sourceIdentity", "displayName")) → \(text("targetIdentity", "displayName"))"
            + " (\(self["jobId"]?.string ?? ""))"
    }
}
