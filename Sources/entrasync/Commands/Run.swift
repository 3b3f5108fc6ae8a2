// `entrasync run`: one cycle now.

import ArgumentParser
import Model

/// Runs one cycle of a job whatever its schedule says, and prints its record.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run one cycle of a job now and print its record.")

    @OptionGroup var server: ServerOptions

    @Flag(help: "Tell what the cycle would do, object by object, and change nothing.")
    var plan = false

    @Argument(help: "The job's identifier, as 'entrasync status' prints it.")
    var job: String

    func run() throws {
        let path = "/_emulator/jobs/\(PathText.escaped(job))/run"
        let answer = try ServerClient(server).call("POST", path, plan ? ["plan": true] : nil)
        guard plan, !server.json else {
            return Console.line(server.json ? answer.text : answer.line)
        }
        try printPlan(answer)
    }

    /// One line an object, one indented line an attribute.
    private func printPlan(_ plan: JSONObject) throws {
        if let error = plan["error"]?.object {
            throw Failure.failed(
                "The cycle would fail: \(error["code"]?.string ?? ""): "
                    + "\(error["message"]?.string ?? "")")
        }
        let changes = (plan["changes"]?.array ?? []).compactMap(\.object)
        for change in changes {
            let source = change["source"]?.object
            let reason = change["skipReason"]?.string ?? change["error"]?.object?["code"]?.string
            Console.line(
                "\(change["action"]?.string ?? "") \(source?["type"]?.string ?? "") "
                    + "'\(source?["displayName"]?.string ?? "")' "
                    + "(\(change["status"]?.string ?? "")\(reason.map { ": " + $0 } ?? ""))")
            for property in (change["modifiedProperties"]?.array ?? []).compactMap(\.object) {
                Console.line(
                    "    \(property["displayName"]?.string ?? ""): "
                        + "\(property["oldValue"]?.string ?? "-") -> "
                        + "\(property["newValue"]?.string ?? "-")")
            }
        }
        Console.line("\(changes.count) objects; nothing was changed.")
    }
}
