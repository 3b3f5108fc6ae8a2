// The schedule: what runs when the clock moves, by hand or by itself.

import Dispatch
import Emulator
import HTTP
import Model
import Support
import Synchronization
import Testing
import VirtualTime

struct TenantTimeTests {
    private static let salesforce = "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
    private static let salesforceKey = ServicePrincipalKey.id(
        GUID(parsing: "60443998-8cf7-4e61-b05c-a53b658cb5e1") ?? .zero)

    private func advance(_ duration: String, _ world: TestWorld) -> [JSONValue] {
        world.send("POST", "/_emulator/clock", ["advance": .string(duration)])
            .member("ran").array ?? []
    }

    private func runs(of job: String, in ran: [JSONValue]) -> [JSONValue] {
        ran.filter { $0.object?["jobId"]?.string == job }
    }

    @Test func advancingByTheIntervalRunsAStartedJobOnce() throws {
        let world = try TestWorld()
        let ran = runs(of: Self.salesforce, in: advance("PT20M", world))
        #expect(ran.count == 1)
        let execution = ran.first?.object?["execution"]?.object
        #expect(execution?["timeBegan"]?.string == "2026-01-01T00:20:00Z")
        #expect(execution?["timeEnded"]?.string == "2026-01-01T00:20:00Z")
    }

    @Test func advancingByADayRunsATwentyMinuteJobSeventyTwoTimes() throws {
        let world = try TestWorld()
        let ran = runs(of: Self.salesforce, in: advance("P1D", world))
        let expected = (1...72).map { round in
            (Timestamp(parsing: TestWorld.start) ?? .never) + .minutes(Int64(round) * 20)
        }
        let began = ran.map { "execution".step(into: $0).object?["timeBegan"]?.string }
        #expect(began == expected.map(\.description))
    }

    @Test func justBeforeTheIntervalNothingRuns() throws {
        let world = try TestWorld()
        #expect(runs(of: Self.salesforce, in: advance("PT19M59.9999999S", world)).isEmpty)
        #expect(runs(of: Self.salesforce, in: advance("PT0.0000001S", world)).count == 1)
    }

    @Test func aPausedJobDoesNotRunAndGoesOnAfterItsStart() throws {
        let world = try TestWorld()
        let tenant = try world.tenant()
        try tenant.pauseJob(Self.salesforce, of: Self.salesforceKey)
        #expect(runs(of: Self.salesforce, in: advance("P1D", world)).isEmpty)
        try tenant.startJob(Self.salesforce, of: Self.salesforceKey)
        #expect(runs(of: Self.salesforce, in: advance("PT20M", world)).count == 1)
    }

    @Test func aDeletedJobLeavesTheAgenda() throws {
        let world = try TestWorld()
        try world.tenant().deleteJob(Self.salesforce, of: Self.salesforceKey)
        #expect(runs(of: Self.salesforce, in: advance("P1D", world)).isEmpty)
    }

    @Test func startingAgainDoesNotMoveTheNextRun() throws {
        let world = try TestWorld()
        _ = advance("PT15M", world)
        try world.tenant().startJob(Self.salesforce, of: Self.salesforceKey)
        #expect(runs(of: Self.salesforce, in: advance("PT5M", world)).count == 1)
    }

    @Test func cyclesRunInTheOrderOfTimeAndTiesInTheOrderOfTheJobs() throws {
        let world = try TestWorld()
        let began = advance("PT40M", world).map { run in
            "execution".step(into: run).object?["timeBegan"]?.string ?? ""
        }
        #expect(began == began.sorted())
        let again = try TestWorld()
        let jobs = advance("PT40M", again).suffix(5).map { $0.object?["jobId"]?.string ?? "" }
        // At forty minutes all five active jobs are due.
        #expect(Set(jobs).count == 5)
        #expect(jobs == (try again.tenant().allJobs()).map(\.stored.job.id).filter(jobs.contains))
    }

    @Test func theFirstCycleReadsEverythingAndLaterOnesOnlyWhatChanged() throws {
        let world = try TestWorld()
        let ran = runs(of: Self.salesforce, in: advance("PT40M", world))
        let counts = ran.map { run -> [Int64] in
            let execution = "execution".step(into: run).object ?? JSONObject()
            return ["countImported", "countEntitled", "countEntitledForProvisioning"].map {
                execution[$0]?.integer ?? -1
            }
        }
        // 51 users and 5 whom the on-premises directory brought; 8 are assigned, one is disabled.
        #expect(counts == [[56, 8, 7], [0, 0, 0]])
    }

    @Test func aRestartOfTheWatermarkReadsEverythingAgain() throws {
        let world = try TestWorld()
        _ = advance("PT20M", world)
        try world.tenant().restartJob(
            Self.salesforce, of: Self.salesforceKey, scope: .quarantineState)
        let kept = runs(of: Self.salesforce, in: advance("PT20M", world))
        #expect(kept.map { "execution".step(into: $0).object?["countImported"] } == [0])
        try world.tenant().restartJob(Self.salesforce, of: Self.salesforceKey, scope: .watermark)
        let dropped = runs(of: Self.salesforce, in: advance("PT20M", world))
        #expect(dropped.map { "execution".step(into: $0).object?["countImported"] } == [56])
    }

    @Test func aSchemaWriteReadsEverythingAgain() throws {
        let world = try TestWorld()
        let tenant = try world.tenant()
        _ = advance("PT20M", world)
        let schema = try tenant.schema(ofJob: Self.salesforce, of: Self.salesforceKey)
        try tenant.replaceSchema(ofJob: Self.salesforce, of: Self.salesforceKey, with: schema)
        let ran = runs(of: Self.salesforce, in: advance("PT20M", world))
        #expect(ran.map { "execution".step(into: $0).object?["countImported"] } == [56])
    }

    @Test func theStatusShowsTheLastRunAndTheSteadyState() throws {
        let world = try TestWorld()
        _ = advance("PT40M", world)
        let status = try world.tenant().job(Self.salesforce, of: Self.salesforceKey).job.status
        #expect(status.code == .active)
        #expect(status.steadyStateFirstAchievedTime.description == "2026-01-01T00:20:00Z")
        #expect(status.steadyStateLastAchievedTime.description == "2026-01-01T00:40:00Z")
        #expect(status.lastExecution?.timeBegan.description == "2026-01-01T00:40:00Z")
        #expect(status.lastSuccessfulExecution == status.lastExecution)
        #expect(status.lastSuccessfulExecutionWithExports?.countExported == 7)
    }

    @Test func timeEndsAndNothingIsDueAfterIt() throws {
        let world = try TestWorld(start: "9999-12-31T23:00:00Z")
        let ran = runs(of: Self.salesforce, in: advance("PT59M", world))
        #expect(ran.count == 2)
        #expect(runs(of: Self.salesforce, in: advance("P1D", world)).count == 1)
        #expect(runs(of: Self.salesforce, in: advance("P1D", world)).isEmpty)
    }

    @Test func aRunningClockRunsWhatIsDueByItself() throws {
        let runs = DispatchSemaphore(value: 0)
        let world = try TestWorld(runner: SignallingRunner(ran: runs))
        // A year in half a minute: the first cycle of the two-minute job is due in 0.12 ms.
        #expect(world.send("POST", "/_emulator/clock", ["mode": "x1000000"]).status == 200)
        #expect(runs.wait(timeout: .now() + 20) == .success)
        #expect(runs.wait(timeout: .now() + 20) == .success)
        #expect(world.send("POST", "/_emulator/clock", ["mode": "manual"]).status == 200)
    }

    @Test func aCycleThatIsPausedMeanwhileStaysPaused() throws {
        let pausing = PausingRunner(job: Self.salesforce, key: Self.salesforceKey)
        let world = try TestWorld(runner: pausing)
        #expect(runs(of: Self.salesforce, in: advance("PT2H", world)).count == 1)
        let job = try world.tenant().job(Self.salesforce, of: Self.salesforceKey).job
        #expect(job.schedule.state == .paused)
        #expect(job.status.code == .paused)
        #expect(job.status.lastExecution?.state == .succeeded)
    }

    @Test func timeAndCyclesSurviveAProcess() throws {
        let directory = try TemporaryDirectory()
        do {
            let world = try TestWorld(dataDirectory: directory.path)
            _ = advance("PT20M", world)
            world.tenants.close()
        }
        let world = try TestWorld(dataDirectory: directory.path)
        #expect(
            world.send("GET", "/_emulator/clock").member("now") == "2026-01-01T00:20:00Z")
        let ran = runs(of: Self.salesforce, in: advance("PT20M", world))
        #expect(ran.map { "execution".step(into: $0).object?["countImported"] } == [0])
    }
}

/// Tells of each cycle it runs.
private struct SignallingRunner: CycleRunner {
    let ran: DispatchSemaphore

    func run(_ cycle: Cycle, in tenant: Tenant) throws -> CycleResult {
        defer { ran.signal() }
        return try ProvisioningCycleRunner().run(cycle, in: tenant)
    }
}

/// Pauses a job while its cycle runs.
private struct PausingRunner: CycleRunner {
    let job: String
    let key: ServicePrincipalKey

    func run(_ cycle: Cycle, in tenant: Tenant) throws -> CycleResult {
        if cycle.job.id == job { try tenant.pauseJob(job, of: key) }
        return try ProvisioningCycleRunner().run(cycle, in: tenant)
    }
}
