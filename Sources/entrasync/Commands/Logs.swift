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
            "jobId eq '"
                + $0.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''") + "'"
        }
        let query = PathText.query([("$top", String(limit)), ("$filter", filter)])
        let answer = try ServerClient(server).call("GET", "/v1.0/auditLogs/provisioning" + query)
        let rows = answer["value"]?.array ?? []
        guard !server.json else { return Console.line(JSONValue.array(rows).text) }
        for row in rows.compactMap(\.object) {
            Console.line(row.logLine(isOfOneJob: job != nil))
            if let reason = row.failure { Console.line("  \(reason)") }
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
    fileprivate func logLine(isOfOneJob: Bool) -> String {
        func text(_ object: String, _ name: String) -> String {
            self[object]?.object?[name]?.string ?? ""
        }
        let words = [
            self["activityDateTime"]?.string ?? "", text("provisioningStatusInfo", "status"),
            self["provisioningAction"]?.string ?? "", text("sourceIdentity", "identityType"),
            "'\(text("sourceIdentity", "displayName"))'",
            text("targetIdentity", "id").isEmpty ? "" : "→ \(text("targetIdentity", "id"))",
            isOfOneJob ? "" : "(\(self["jobId"]?.string ?? ""))",
        ]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Why the row failed: the code, and the reason's first line.
    fileprivate var failure: String? {
        let information = self["provisioningStatusInfo"]?.object?["errorInformation"]?.object
        guard let code = information?["errorCode"]?.string else { return nil }
        return "\(code): \(information?["reason"]?.string?.split(separator: "\n").first ?? "")"
    }
}
