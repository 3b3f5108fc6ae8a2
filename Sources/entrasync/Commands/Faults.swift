// `entrasync faults`: what goes wrong on demand.

import ArgumentParser
import Model

/// Lists, adds and removes fault rules.
struct Faults: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what shall go wrong.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    /// Lists rules.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the fault rules and the presets.")
        @OptionGroup var server: ServerOptions

        func run() throws {
            let answer = try ServerClient(server).call("GET", "/_emulator/faults")
            guard !server.json else { return Console.line(answer.text) }
            for rule in (answer["value"]?.array ?? []).compactMap(\.object) {
                Console.line(rule.faultLine)
            }
            for preset in answer["presets"]?.object?.members ?? [] {
                Console.line("preset   \(preset.name): \(preset.value.string ?? "")")
            }
        }
    }

    /// Adds a rule.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a fault rule: a preset, or a rule as JSON.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "A preset's name, a file with a rule, or the rule itself as JSON.")
        var rule: String
        @Option(help: "Only calls of this method.") var method: String?
        @Option(help: "Only paths that this pattern fits.") var path: String?
        @Option(help: "Only calls of jobs to URLs that this pattern fits; '*' fits all.")
        var target: String?
        @Option(help: "Only so many calls.") var count: Int?

        func run() throws {
            let answer = try ServerClient(server).call("POST", "/_emulator/faults", try body())
            Console.line(server.json ? answer.text : answer.faultLine)
        }

        private func body() throws -> JSONValue {
            var body: JSONObject
            if rule.hasPrefix("{") {
                guard let given = (try? JSONValue(parsing: rule))?.object else {
                    throw Failure.usage("the rule is no JSON object.")
                }
                body = given
            } else if rule.hasSuffix(".json") {
                body = try InputFile.json(rule).object ?? JSONObject()
            } else {
                body = JSONObject([("preset", .string(rule))])
            }
            var match = body["match"]?.object ?? JSONObject()
            for (name, value) in [("method", method), ("path", path), ("target", target)] {
                if let value { match[name] = .string(value) }
            }
            if !match.members.isEmpty { body["match"] = .object(match) }
            if let count { body["count"] = .integer(Int64(count)) }
            return .object(body)
        }
    }

    /// Removes rules.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a fault rule, or all of them.")
        @OptionGroup var server: ServerOptions
        @Argument(help: "The rule's identifier.") var id: String?
        @Flag(help: "Remove all rules.") var all = false

        func run() throws {
            guard (id != nil) != all else {
                throw Failure.usage("name one rule, or say --all.")
            }
            let path = id.map { "/" + PathText.escaped($0) } ?? ""
            _ = try ServerClient(server).call("DELETE", "/_emulator/faults" + path)
        }
    }
}

extension JSONObject {
    /// A rule, in a line.
    fileprivate var faultLine: String {
        let hits = self["hits"]?.integer ?? 0
        let limit = self["count"]?.integer.map { " of \($0)" } ?? ""
        return "\(self["id"]?.string ?? "")  \(self["match"]?.text ?? "") → "
            + "\(self["effect"]?.text ?? ""), met \(hits)\(limit)"
    }
}
