// The built program as a child process.

import Foundation
import HTTP
import Model
import Support

/// A run of `entrasync` with its output.
struct ProgramResult {
    let status: Int32
    let output: String
    let problems: String
}

/// The program that was built beside the tests.
enum Program {
    /// Its path: `ENTRASYNC_BINARY`, else what the package built for these tests.
    static let url: URL = {
        if let given = ProcessInfo.processInfo.environment["ENTRASYNC_BINARY"] {
            return URL(filePath: given)
        }
        return URL(filePath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "entrasync")
    }()

    /// Runs it to its end.
    static func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> ProgramResult {
        let process = Process()
        let output = Pipe()
        let problems = Pipe()
        process.executableURL = url
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("ENTRASYNC_") }.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = problems
        try process.run()
        // Read to the end before waiting: a full pipe would stop the program.
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let errors = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return ProgramResult(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            problems: String(decoding: errors, as: UTF8.self))
    }
}

/// A server in a child process, killed when the value goes.
final class LiveServer {
    private let process = Process()
    private let output = Pipe()
    /// Where it listens, as its ready line says.
    let url: String
    /// The ready line.
    let readyLine: String

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = Program.url
        process.arguments = ["serve", "--port", "0"] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("ENTRASYNC_") }.merging(environment) { $1 }
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let data = output.fileHandleForReading.readData(ofLength: 1)
            guard !data.isEmpty else { throw NotReady(line: line) }
            line += String(decoding: data, as: UTF8.self)
        }
        readyLine = line
        url =
            line.split(separator: " ").last.map {
                String($0.filter { !$0.isNewline })
            } ?? ""
    }

    deinit { stop(SIGKILL) }

    /// Sends a request.
    func send(_ method: String, _ target: String, _ body: JSONValue? = nil) throws -> HTTPResponse {
        let type = body == nil ? [] : [HTTPField("Content-Type", "application/json")]
        return try HTTPClient().send(
            HTTPRequest(method: method, fields: type, body: body?.bytes ?? []), to: url + target)
    }

    /// Ends it with a signal and waits.
    @discardableResult
    func stop(_ signal: Int32) -> Int32 {
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        return process.terminationStatus
    }
}

struct NotReady: Error {
    let line: String
}
