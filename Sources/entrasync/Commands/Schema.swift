// `entrasync schema check`: a schema document, offline.

import ArgumentParser
import Emulator
import Model
import Provisioning

/// Commands on schema documents.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Work with schema documents.", subcommands: [SchemaCheckCommand.self])
}

/// Checks a document's shape against the metadata, then its names, expressions and filters.
struct SchemaCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a schema document; one finding a line, status 1 when there is one.")

    @Argument(help: "The file, a synchronizationSchema as GET …/schema answers it.")
    var file: String

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func run() throws {
        let document = try InputFile.json(file)
        var findings: [SchemaFinding] = []
        do throws(BodyError) {
            let schema = try SynchronizationSchema(
                completing: document, by: try SchemaCheckCommand.types())
            findings = SchemaCheck.findings(in: schema)
        } catch {
            findings = [SchemaFinding(path: error.path, message: "\(error.reason)")]
        }
        if json {
            let rows = findings.map { finding -> JSONValue in
                ["path": .string(finding.path), "message": .string(finding.message)]
            }
            Console.line(JSONValue.array(rows).prettyText)
        } else {
            for finding in findings {
                Console.line("\(file):\(finding.path): \(finding.message)")
            }
        }
        guard findings.isEmpty else {
            throw Failure.failed(
                "\(file) has \(findings.count) finding\(findings.count == 1 ? "" : "s").")
        }
    }

    private static func types() throws(BodyError) -> TypeCatalog {
        do { return try Gallery().types } catch {
            throw BodyError(reason: .notAnObject, path: "the embedded metadata")
        }
    }
}
