// `entrasync serve` as a user meets it: ready, refused, stopped, killed.

import Foundation
import HTTP
import Model
import Support
import Testing

private let job =
    "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
    + "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
private let secrets =
    "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization/secrets"

@Suite(.serialized)
struct ServeTests {
    @Test func oneReadyLineTellsTheAddress() throws {
        let server = try LiveServer([])
        #expect(
            server.readyLine.wholeMatch(of: /entrasync ready http:\/\/127\.0\.0\.1:\d+\n/) != nil)
        #expect(try server.send("GET", job).status == 200)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func aSignalEndsItWithZero(signal: Int32) throws {
        let server = try LiveServer([])
        #expect(try server.send("GET", job).status == 200)
        #expect(server.stop(signal) == 0)
    }

    @Test func optionsHaveTwinsInTheEnvironmentAndWinOverThem() throws {
        let environment = [
            "ENTRASYNC_CLOCK": "manual", "ENTRASYNC_START_TIME": "2026-02-03T04:05:06Z",
            "ENTRASYNC_SEED": "none", "ENTRASYNC_BASE_URL": "https://emulator.example/",
        ]
        let server = try LiveServer(["--seed", "demo"], environment: environment)
        #expect(
            try server.send("GET", "/_emulator/clock").json == [
                "mode": "manual", "now": "2026-02-03T04:05:06Z",
            ])
        let page = try server.send("GET", "/v1.0/servicePrincipals?$top=1")
        #expect(
            page.member("@odata.nextLink").string?
                .hasPrefix("https://emulator.example/v1.0/servicePrincipals?") == true)
        let empty = try LiveServer([], environment: environment)
        #expect(try empty.send("GET", "/v1.0/servicePrincipals").member("value") == [])
    }

    @Test func identifiersAreTheSameFromRunToRun() throws {
        func run() throws -> [String] {
            let server = try LiveServer([
                "--ids", "x", "--clock", "manual", "--start-time", "2026-01-01T00:00:00Z",
            ])
            _ = try server.send("POST", "/_emulator/clock", ["advance": "PT20M"])
            let answer = try server.send("GET", job)
            return [answer.json.text, answer.value(of: "request-id") ?? ""]
        }
        let first = try run()
        #expect(try run() == first)
        #expect(first[1].count == 36)
    }

    @Test(arguments: [
        (["--port", "x"], "'x' is no port; --port takes 0 to 65535."),
        (["--clock", "fast"], "'fast' is no clock; --clock takes real, manual or xN"),
        (["--start-time", "now"], "'now' is no instant; --start-time takes ISO 8601"),
        (["--seed", "nothing"], "there is no seed 'nothing': neither one of demo, none nor a"),
        (
            ["--auth", "loose"],
            "'loose' is no way to check callers; --auth takes off, token or strict."
        ),
        (["--tls-port", "x"], "'x' is no port for TLS"),
        (["--cert", "x.pem"], "--cert needs --key"),
        (["--key", "x.pem"], "--key needs --cert"),
        (["--cert", "no.pem", "--key", "no.pem"], "'no.pem' can't be read; --cert takes a file."),
        (["--log-level", "loud"], "'loud' is no log level"),
        (["--log-format", "xml"], "'xml' is no log format"),
        (["--base-url", "x"], "'x' is no http or https address"),
        (["--host", "no.such.host.invalid"], "'no.such.host.invalid' is no address"),
        (["--colour", "red"], "Unknown option '--colour'"),
    ])
    func whatCannotBeMeantIsOneLineAndStatusTwo(arguments: [String], line: String) throws {
        let result = try Program.run(["serve", "--port", "0"] + arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.problems.hasPrefix("entrasync: "))
        #expect(result.problems.contains(line), "\(result.problems)")
        #expect(result.problems.filter(\.isNewline).count == 1)
    }

    @Test func aPortInUseIsNamed() throws {
        let server = try LiveServer([])
        let port = server.url.split(separator: ":").last.map(String.init) ?? ""
        let result = try Program.run(["serve", "--port", port])
        #expect(result.status == 1)
        #expect(
            result.problems
                == "entrasync: port \(port) on 127.0.0.1 is in use; stop what listens there, or "
                + "choose another with --port (0 for any free one).\n")
    }

    @Test func aDataDirectoryInUseIsNamed() throws {
        let directory = try TemporaryDirectory()
        let server = try LiveServer(["--data", directory.path])
        #expect(try server.send("GET", job).status == 200)
        let result = try Program.run(["serve", "--port", "0", "--data", directory.path])
        #expect(result.status == 1)
        #expect(result.problems.contains("is in use by another emulator"), "\(result.problems)")
    }

    @Test func aDamagedDatabaseIsNamed() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path + "/tenants", withIntermediateDirectories: true)
        let file = directory.path + "/tenants/00000000-0000-0000-0000-00000000c0de.db"
        try Data(String(repeating: "no database ", count: 1_000).utf8)
            .write(to: URL(filePath: file))
        let result = try Program.run(["serve", "--port", "0", "--data", directory.path])
        #expect(result.status == 1)
        #expect(result.problems.contains("is damaged"), "\(result.problems)")
        #expect(result.problems.contains(file))
    }

    @Test func aDataPathThatIsAFileIsNamed() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/file"
        try Data().write(to: URL(filePath: file))
        let result = try Program.run(["serve", "--port", "0", "--data", file])
        #expect(result.status == 1)
        #expect(result.problems.contains(file), "\(result.problems)")
    }

    @Test func aSeedFileIsReadAndABrokenOneNamed() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/seed.json"
        try Data(#"{"users":[{"userPrincipalName":"a@b.example"}]}"#.utf8)
            .write(to: URL(filePath: file))
        let server = try LiveServer(["--seed", file])
        let info = try server.send("GET", "/_emulator/info")
        #expect(info.member("tenant", "counts", "users") == 1)
        try Data(#"{"users":[{}]}"#.utf8).write(to: URL(filePath: file))
        let missing = try Program.run(["serve", "--port", "0", "--seed", file])
        #expect(missing.status == 2)
        #expect(missing.problems.contains("'users[0].userPrincipalName' is missing"))
        try Data("{".utf8).write(to: URL(filePath: file))
        let broken = try Program.run(["serve", "--port", "0", "--seed", file])
        #expect(broken.status == 2)
        #expect(broken.problems.contains("is no JSON"))
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func whatWasAnsweredIsThereAfterwards(signal: Int32) throws {
        let directory = try TemporaryDirectory()
        let server = try LiveServer(["--data", directory.path])
        let body: JSONValue = ["value": [["key": "Domain", "value": "kept.example"]]]
        #expect(try server.send("PUT", secrets, body).status == 204)
        server.stop(signal)
        let again = try LiveServer(["--data", directory.path])
        #expect(try again.send("GET", secrets).member("value", 0, "value") == "kept.example")
    }

    @Test func withoutDataNothingIsLeftBehind() throws {
        let directory = try TemporaryDirectory()
        let server = try LiveServer([], environment: ["TMPDIR": directory.path])
        let body: JSONValue = ["value": [["key": "Domain", "value": "gone.example"]]]
        #expect(try server.send("PUT", secrets, body).status == 204)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
        // The log outgrows its first checkpoint, so the unnamed files are really used.
        for round in 0..<400 {
            let more: JSONValue = ["value": [["key": "Domain", "value": .string("\(round)")]]]
            #expect(try server.send("PUT", secrets, more).status == 204)
        }
        #expect(try server.send("GET", secrets).member("value", 0, "value") == "399")
        server.stop(SIGKILL)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    @Test func requestsAreLoggedAsFieldsWhenThatIsAskedFor() throws {
        let directory = try TemporaryDirectory()
        let log = directory.path + "/log"
        let script =
            "exec \(Program.url.path) serve --port 0 --log-level info --log-format json 2>\(log)"
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardOutput = output
        try process.run()
        let ready = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let url = ready.split(separator: " ").last.map { $0.filter { !$0.isNewline } } ?? ""
        let result = try Program.run(["health", "--url", url])
        #expect(result.output == "ok\n")
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        let line = try JSONValue(parsing: Data(contentsOf: URL(filePath: log)).dropLast())
        #expect("path".step(into: line) == "/_emulator/health")
        #expect("status".step(into: line) == "200")
        #expect("level".step(into: line) == "info")
    }
}
