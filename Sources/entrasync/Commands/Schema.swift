// `entrasync schema check`: a schema document, offline.

import ArgumentParser
import Emulator
import Graph
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
        let findings = try SchemaCheckCommand.findings(in: try InputFile.json(file))
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

    /// What does not fit the metadata, then what means nothing in the rest of the document.
    private static func findings(in document: JSONValue) throws -> [SchemaFinding] {
        let types = try Gallery().types
        var document = document
        var findings: [SchemaFinding] = []
        while findings.count < mostShapeFindings {
            do throws(BodyError) {
                let schema = try SynchronizationSchema(completing: document, by: types)
                return findings + SchemaCheck.findings(in: schema)
            } catch {
                findings.append(
                    SchemaFinding(path: error.path, message: GraphError.message(for: error)))
                // The rest is looked at without the member that is wrong.
                guard let rest = document.removing(error.path), rest != document else { break }
                document = rest
            }
        }
        return findings
    }

    private static let mostShapeFindings = 100
}

extension JSONValue {
    /// The value without what stands at a path such as `a[0].b[1].c`; nil for no such place.
    fileprivate func removing(_ path: String) -> JSONValue? {
        var steps: [Substring] = []
        for part in path.split(separator: ".") {
            steps += part.split(whereSeparator: { $0 == "[" || $0 == "]" })
        }
        return removing(steps[...])
    }

    private func removing(_ steps: ArraySlice<Substring>) -> JSONValue? {
        guard let step = steps.first else { return nil }
        let rest = steps.dropFirst()
        if var members = object {
            guard let value = members[String(step)] else { return nil }
            members[String(step)] = rest.isEmpty ? nil : value.removing(rest)
            return .object(members)
        }
        guard var elements = array, let index = Int(step), elements.indices.contains(index) else {
            return nil
        }
        // An element keeps its place, so that later paths stay true.
        elements[index] =
            rest.isEmpty
            ? (elements[index] == [:] ? "" : [:]) : elements[index].removing(rest) ?? [:]
        return .array(elements)
    }
}
