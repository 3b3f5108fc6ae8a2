// `entrasync requests`: what was asked of the emulator, and by its jobs.

import ArgumentParser
import Dispatch
import HTTP
import Model

/// Shows the journal, follows it, and verifies it.
struct Requests: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show requests in and SCIM calls out, and verify them.",
        subcommands: [List.self, Verify.self, Clear.self], defaultSubcommand: List.self)

    /// Lists exchanges.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List exchanges; with --follow go on until interrupted.")
        @OptionGroup var server: ServerOptions
        @Option(help: "inbound or outbound.") var direction: String?
        @Option(help: "The request's method.") var method: String?
        @Option(help: "A pattern of paths or URLs.") var path: String?
        @Option(help: "The answer's status.") var status: Int?
        @Option(help: "The job that asked.") var job: String?
        @Option(help: "At most so many, the latest.") var limit = 100
        @Flag(help: "Show headers and bodies.") var bodies = false
        @Flag(help: "Go on with what comes.") var follow = false

        func run() throws {
            var after = try show(after: nil)
            guard follow else { return }
            let pause = DispatchSemaphore(value: 0)
            while true {
                _ = pause.wait(timeout: .now() + .milliseconds(500))
                after = try show(after: after)
            }
        }

        /// Shows the next exchanges and tells the number of the last one there was.
        private func show(after: Int64?) throws -> Int64 {
            let query = PathText.query([
                ("direction", direction), ("method", method), ("path", path),
                ("status", status.map(String.init)), ("job", job),
                ("limit", after == nil ? String(limit) : "2000"),
                ("after", after.map(String.init)),
                ("bodies", bodies || server.json ? nil : "false"),
            ])
            let answer = try ServerClient(server).call("GET", "/_emulator/requests" + query)
            let entries = (answer["value"]?.array ?? []).compactMap(\.object)
            for entry in entries {
                Console.line(server.json ? entry.text : entry.exchangeLine)
                guard bodies, !server.json else { continue }
                for side in ["request", "response"] {
                    if let message = entry[side] { Console.line("  \(side) \(message.text)") }
                }
            }
            return (answer["next"]?.integer ?? 1) - 1
        }
    }

    /// Verifies that calls were made.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End with 1 and the nearest miss when a call was not made.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "A file of assertions; without it, the options are the assertion.")
        var file: String?
        @Option(help: "inbound or outbound.") var direction: String?
        @Option(help: "The request's method.") var method: String?
        @Option(help: "A pattern of paths or URLs.") var path: String?
        @Option(help: "JSON that the body must contain, or a text.") var bodyContains: String?
        @Option(help: "How often, exactly.") var exactly: Int?
        @Option(help: "How often, at least.") var atLeast: Int?
        @Option(help: "How often, at most.") var atMost: Int?

        func run() throws {
            let client = ServerClient(server)
            let response = try client.answer("POST", "/_emulator/requests/verify", try body())
            let answer = (try? JSONValue(parsing: response.body))?.object ?? JSONObject()
            if server.json { Console.line(answer.text) }
            guard response.status != 422 else { throw Failure.failed(Verify.words(answer)) }
            guard response.status == 200 else {
                throw Failure.failed(
                    answer["error"]?.object?["message"]?.string ?? "status \(response.status)")
            }
            if !server.json { Console.line("ok") }
        }

        private static func words(_ answer: JSONObject) -> String {
            let failures = (answer["failures"]?.array ?? []).compactMap(\.object)
            return failures.compactMap { $0["message"]?.string }.joined(separator: "\n")
        }

        private func body() throws -> JSONValue {
            if let file { return try InputFile.json(file) }
            var body = JSONObject()
            body["direction"] = direction.map(JSONValue.string)
            body["method"] = method.map(JSONValue.string)
            body["path"] = path.map(JSONValue.string)
            body["bodyContains"] = bodyContains.map { (try? JSONValue(parsing: $0)) ?? .string($0) }
            body["exactly"] = exactly.map { .integer(Int64($0)) }
            body["atLeast"] = atLeast.map { .integer(Int64($0)) }
            body["atMost"] = atMost.map { .integer(Int64($0)) }
            guard !body.members.isEmpty else {
                throw Failure.usage("say which call is expected, such as --method and --path.")
            }
            return .object(body)
        }
    }

    /// Empties the journal.
    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Empty the journal.")
        @OptionGroup var server: ServerOptions

        func run() throws {
            _ = try ServerClient(server).call("DELETE", "/_emulator/requests")
        }
    }
}

extension JSONObject {
    /// An exchange, in a line.
    fileprivate var exchangeLine: String {
        let arrow = self["direction"]?.string == "outbound" ? "out" : "in "
        let status = self["status"]?.integer.map { String($0) } ?? self["failure"]?.string ?? ""
        let fault = self["fault"]?.string.map { " fault " + $0 } ?? ""
        let job = self["jobId"]?.string.map { " by " + $0 } ?? ""
        return "#\(self["sequence"]?.integer ?? 0) \(self["time"]?.string ?? "") \(arrow) "
            + "\(self["method"]?.string ?? "") "
            + "\(self["url"]?.string ?? self["path"]?.string ?? "") → \(status)\(job)\(fault)"
    }
}
