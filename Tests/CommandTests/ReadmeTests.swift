// The README does what it says: every console block is run, every generated table compared.

import Foundation
import Model
import Support
import Testing

@Suite(.serialized)
struct ReadmeTests {
    private static let text =
        (try? String(contentsOf: Fixture.repository.appending(path: "README.md"), encoding: .utf8))
        ?? ""

    /// The commands of the console blocks, in order, each with the lines that must follow it.
    private static let blocks: [[(command: String, output: [String])]] = {
        var blocks: [[(command: String, output: [String])]] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```console" {
                isInside = true
                blocks.append([])
            } else if line.hasPrefix("```") {
                isInside = false
            } else if isInside, line.hasPrefix("$ ") {
                blocks[blocks.count - 1].append((String(line.dropFirst(2)), []))
            } else if isInside, let last = blocks.last?.indices.last {
                blocks[blocks.count - 1][last].output.append(String(line))
            }
        }
        return blocks
    }()

    @Test func everyConsoleBlockDoesWhatItShows() throws {
        var server: LiveServer?
        var variables = ""
        var ran = 0
        for block in Self.blocks {
            for (command, expected) in block {
                if command.hasPrefix("make run") {
                    let options = command.split(separator: "\"").dropFirst().first ?? ""
                    server = try Self.makeRun(String(options))
                    variables = ""
                    #expect(expected == ["entrasync ready http://127.0.0.1:8585"])
                    #expect(
                        server?.readyLine.hasPrefix("entrasync ready http://127.0.0.1:") == true)
                } else {
                    let url = try #require(server?.url)
                    let line = command.replacingOccurrences(of: "http://127.0.0.1:8585", with: url)
                    if let variable = line.wholeMatch(of: /([A-Z]+)=.*/)?.1 {
                        let value = try Self.shell(
                            variables + line + "\nprintf %s \"$\(variable)\"", url: url)
                        variables += "\(variable)='\(value)'\n"
                    } else {
                        let output = try Self.shell(variables + line, url: url)
                        Self.compare(output, expected, command)
                    }
                }
                ran += 1
            }
        }
        #expect(ran == 24)
    }

    @Test(arguments: ReadmeTables.names)
    func itsTablesAreDrawnFromTheSources(name: String) throws {
        let url = Fixture.repository.appending(path: "README.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        let placed = ReadmeTables.place(try ReadmeTables.expected(name), name, in: text)
        let expected = try #require(placed)
        if Fixture.isRecording {
            return try expected.write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(text == expected, "RECORD=1 rewrites the table")
    }

    @Test func theFirstAnswerStandsWithinTwentyFiveLines() throws {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
        let answer = try #require(lines.firstIndex { $0.hasPrefix("{\"@odata.context\"") })
        #expect(answer < 25)
        #expect(lines.count < 250)
    }

    @Test func everyPathItNamesExists() {
        for path in Self.text.matches(
            of: /`((?:Sources|Fixtures|docker|Tests)\/[A-Za-z0-9\/._-]*)`/)
        {
            let url = Fixture.repository.appending(path: String(path.1))
            #expect(FileManager.default.fileExists(atPath: url.path), "\(path.1)")
        }
    }

    /// What `make run` starts, on a free port: the options that the Makefile passes on.
    private static func makeRun(_ options: String) throws -> LiveServer {
        let dry = try run("/usr/bin/make", ["-n", "run", "ARGS=\(options)"])
        let command = try #require(dry.split(separator: "\n").last)
        #expect(command.hasSuffix("entrasync serve \(options)"), "\(dry)")
        return try LiveServer(options.split(separator: " ").map(String.init))
    }

    private static func shell(_ script: String, url: String) throws -> String {
        let release = ".build/release/entrasync"
        let script = script.replacingOccurrences(of: release, with: Program.url.path)
        return try run("/bin/sh", ["-c", script], environment: ["ENTRASYNC_URL": url])
    }

    private static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = Fixture.repository
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Line by line; `…` stands for the rest of a line.
    private static func compare(_ output: String, _ expected: [String], _ command: String) {
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines.count == expected.count, "\(command): \(output)")
        for (line, wanted) in zip(lines, expected) {
            if wanted.hasSuffix("…") {
                #expect(line.hasPrefix(wanted.dropLast()), "\(command)")
            } else {
                #expect(line == wanted, "\(command)")
            }
        }
    }
}
