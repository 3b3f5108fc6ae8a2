// The commands that are clients of a running emulator, and `routes`.

import Model
import Support
import Testing

@Suite(.serialized)
struct ClientCommandTests {
    @Test func healthSaysItByItsStatusToo() throws {
        let server = try LiveServer([])
        let well = try Program.run(["health", "--url", server.url])
        #expect(well.status == 0)
        #expect(well.output == "ok\n")
        let json = try Program.run(
            ["health", "--json"], environment: ["ENTRASYNC_URL": server.url])
        #expect(json.output == "{\"status\":\"ok\"}\n")
        server.stop(15)
        let gone = try Program.run(["health", "--url", server.url])
        #expect(gone.status == 1)
        #expect(gone.output.isEmpty)
        #expect(gone.problems.hasPrefix("entrasync: no emulator answers at \(server.url)"))
    }

    @Test func theClockIsReadAndMoved() throws {
        let server = try LiveServer([
            "--clock", "manual", "--start-time", "2026-01-01T00:00:00Z",
        ])
        let read = try Program.run(["clock", "--url", server.url])
        #expect(read.output == "2026-01-01T00:00:00Z manual\n")
        let moved = try Program.run(["clock", "--advance", "PT20M", "--url", server.url])
        let lines = moved.output.split(separator: "\n")
        #expect(lines.last == "2026-01-01T00:20:00Z manual")
        #expect(
            lines.contains(
                "2026-01-01T00:20:00Z SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa "
                    + "Succeeded: imported 56, entitled 7, exported 7"))
        let refused = try Program.run(["clock", "--advance", "soon", "--url", server.url])
        #expect(refused.status == 2)
        #expect(
            refused.problems
                == "entrasync: 'advance' must be an ISO 8601 duration such as 'PT20M' or 'P1D'.\n")
        let json = try Program.run(["clock", "--json", "--url", server.url])
        #expect(try JSONValue(parsing: json.output).object?["mode"] == "manual")
    }

    @Test func statusShowsWhatRuns() throws {
        let server = try LiveServer(["--clock", "manual"])
        let status = try Program.run(["status", "--url", server.url])
        #expect(status.status == 0)
        #expect(status.output.contains("tenant   00000000-0000-0000-0000-00000000c0de (Contoso)\n"))
        #expect(
            status.output.contains(
                "job      SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa: Active PT20M, NotRun")
        )
    }

    @Test func oneCycleRunsOnDemand() throws {
        let server = try LiveServer(["--clock", "manual"])
        let run = try Program.run([
            "run", "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa", "--url", server.url,
        ])
        #expect(run.output.contains("Succeeded: imported 51"), "\(run.problems)")
        let unknown = try Program.run(["run", "no such job/", "--url", server.url])
        #expect(unknown.status == 1)
        #expect(unknown.problems == "entrasync: The job 'no such job/' does not exist.\n")
    }

    @Test func tenantsCanBeChosen() throws {
        let server = try LiveServer(["--clock", "manual"])
        let other = "11111111-2222-4333-8444-555555555555"
        _ = try Program.run(["clock", "--advance", "P1D", "--url", server.url])
        let status = try Program.run(["status", "--tenant", other, "--url", server.url])
        #expect(status.output.contains(", NotRun"))
        #expect(status.output.contains(other))
    }

    @Test func routesListsEveryOperation() throws {
        let result = try Program.run(["routes", "--json"])
        let rows = try #require(try JSONValue(parsing: result.output).array)
        let numbers = rows.compactMap { "number".step(into: $0).string }
        let documented = (1...56).map(String.init) + ["A1", "A2", "A3", "A4", "A5"]
        #expect(Set(documented).isSubset(of: numbers))
        #expect(Set(numbers).count == numbers.count)
    }
}
