// The control API: time, information, one cycle now, and what it refuses.

import HTTP
import Model
import Support
import Testing

struct ControlFaceTests {
    @Test func healthAndInformationAreTold() throws {
        let world = try TestWorld()
        #expect(world.send("GET", "/_emulator/health").json == ["status": "ok"])
        let info = world.send("GET", "/_emulator/info")
        #expect(info.member("version") == "test")
        #expect(info.member("tenant", "displayName") == "Contoso")
        #expect(info.member("tenant", "counts", "users") == 51)
        #expect(info.member("tenant", "clock", "mode") == "manual")
        #expect(info.member("tenant", "jobs", 0, "nextRun") == "2026-01-01T00:20:00Z")
    }

    @Test func theClockIsReadAndMoved() throws {
        let world = try TestWorld()
        let start: JSONValue = ["mode": "manual", "now": "2026-01-01T00:00:00Z"]
        #expect(world.send("GET", "/_emulator/clock").json == start)
        let moved = world.send("POST", "/_emulator/clock", ["advance": "PT1M"])
        #expect(moved.member("now") == "2026-01-01T00:01:00Z")
        #expect(moved.member("ran") == [])
        let set = world.send("POST", "/_emulator/clock", ["now": "2026-01-01T00:02:00Z"])
        #expect(set.member("now") == "2026-01-01T00:02:00Z")
        #expect(set.member("ran").array?.count == 1)
    }

    @Test func modesChangeAndTimeStaysWhereItWas() throws {
        let world = try TestWorld()
        let fast = world.send("POST", "/_emulator/clock", ["rate": 60])
        #expect(fast.member("mode") == "x60")
        let still = world.send("POST", "/_emulator/clock", ["mode": "manual"])
        let now = try #require(still.member("now").string.flatMap(Timestamp.init(parsing:)))
        #expect(now >= (try #require(Timestamp(parsing: TestWorld.start))))
        #expect(world.send("GET", "/_emulator/clock").member("now") == still.member("now"))
    }

    @Test(arguments: [
        (#"{"advance":"20m"}"#, "InvalidMember", "'advance'"),
        (#"{"advance":"-PT1M"}"#, "InvalidMember", "'advance'"),
        (#"{"advance":60}"#, "InvalidMember", "'advance'"),
        (#"{"now":"yesterday"}"#, "InvalidMember", "'now'"),
        (#"{"now":"2025-12-31T23:59:59Z"}"#, "TimeGoesBack", "2026-01-01T00:00:00Z"),
        (#"{"mode":"fast"}"#, "InvalidMember", "'mode'"),
        (#"{"mode":"x0"}"#, "InvalidMember", "'mode'"),
        (#"{"rate":0}"#, "InvalidMember", "'rate'"),
        (#"{"rate":1.5}"#, "InvalidMember", "'rate'"),
        (#"{"mode":"real","rate":2}"#, "InvalidMember", "'rate'"),
        (#"{"colour":1}"#, "UnknownMember", "'colour'"),
        (#"{"mode":"x7","advance":"P9000D"}"#, "TooManyCycles", "smaller steps"),
        (#"{"now":"2026-01-01T01:00:00Z","advance":"P9000D"}"#, "TooManyCycles", "smaller steps"),
        (#"{"advance":"P100000D"}"#, "TooManyCycles", "smaller steps"),
        (#"{"now":"9999-12-31T23:59:59Z"}"#, "TooManyCycles", "smaller steps"),
        ("[]", "InvalidJSON", "no JSON object"), ("{", "InvalidJSON", "no JSON object"),
    ])
    func refusesOrdersThatCannotBeMeant(body: String, code: String, text: String) throws {
        let world = try TestWorld()
        let answer = world.send(
            HTTPRequest(method: "POST", path: "/_emulator/clock", body: Array(body.utf8)))
        #expect(answer.status == 400)
        #expect(answer.errorCode == code)
        #expect(answer.errorMessage.contains(text), "\(answer.errorMessage)")
        #expect(world.send("GET", "/_emulator/clock").member("now") == .string(TestWorld.start))
        #expect(world.send("GET", "/_emulator/clock").member("mode") == "manual")
    }

    @Test func oneCycleRunsNowAndTheScheduleStays() throws {
        let world = try TestWorld()
        let path = "/_emulator/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa/run"
        let run = world.send("POST", path)
        #expect(run.member("execution", "timeBegan") == .string(TestWorld.start))
        #expect(run.member("execution", "countImported") == 51)
        let info = world.send("GET", "/_emulator/info")
        #expect(info.member("tenant", "jobs", 0, "nextRun") == "2026-01-01T00:20:00Z")
        let unknown = world.send("POST", "/_emulator/jobs/nothing/run")
        #expect(unknown.status == 404)
        #expect(unknown.errorCode == "NotFound")
    }

    @Test(arguments: [
        ("GET", "/_emulator/nothing", 404, "NotFound"),
        ("DELETE", "/_emulator/clock", 405, "MethodNotAllowed"),
        ("GET", "/_emulator/%zz", 400, "InvalidPath"),
    ])
    func refusesUnknownPathsAndMethods(
        method: String, path: String, status: Int, code: String
    ) throws {
        let answer = try TestWorld().send(method, path)
        #expect(answer.status == status)
        #expect(answer.errorCode == code)
    }
}
