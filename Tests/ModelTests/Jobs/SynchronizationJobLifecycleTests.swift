// What start, pause, restart and a finished cycle do to a job.

import Model
import Testing

/// Follows the tables of `reference/provisioning-service.md`, 1.3 and 1.5.
struct SynchronizationJobLifecycleTests {
    typealias Code = SynchronizationStatus.Code
    typealias ScheduleState = SynchronizationSchedule.State

    /// Something that happens to a job.
    enum Step: String, Sendable {
        case start, pause, restart, cycle, failedCycle, cycleWithErrors
    }

    private static func job(after steps: [Step]) throws -> SynchronizationJob {
        var job = JobSample.created
        for (index, step) in steps.enumerated() {
            switch step {
            case .start: job.start()
            case .pause: job.pause()
            case .restart: job.restart(.portal)
            case .cycle: job.finish(JobSample.execution(index), isSteady: false)
            case .failedCycle: job.finish(JobSample.execution(index, .failed), isSteady: false)
            case .cycleWithErrors:
                job.finish(JobSample.execution(index, .entryLevelErrors), isSteady: false)
            }
        }
        return job
    }

    // MARK: States

    private static let states: [([Step], ScheduleState, Code)] = [
        ([], .disabled, .paused),
        ([.pause], .paused, .paused),
        ([.start], .active, .notRun),
        ([.start, .start], .active, .notRun),
        ([.start, .pause], .paused, .paused),
        ([.start, .pause, .start], .active, .notRun),
        ([.start, .cycle], .active, .active),
        ([.start, .cycle, .start], .active, .active),
        ([.start, .cycle, .cycle], .active, .active),
        ([.start, .cycleWithErrors], .active, .active),
        ([.start, .failedCycle], .active, .notRun),
        ([.start, .failedCycle, .cycle], .active, .active),
        ([.start, .cycle, .pause], .paused, .paused),
        ([.start, .cycle, .pause, .start], .active, .active),
        ([.start, .pause, .cycle], .paused, .paused),
        ([.cycle], .disabled, .paused),
        ([.cycle, .start], .active, .active),
        ([.restart], .active, .notRun),
        ([.start, .pause, .restart], .active, .notRun),
        ([.start, .cycle, .pause, .restart], .active, .active),
    ]

    @Test(arguments: states)
    func hasItsStateAfter(steps: [Step], schedule: ScheduleState, code: Code) throws {
        let job = try SynchronizationJobLifecycleTests.job(after: steps)
        #expect(job.schedule.state == schedule)
        #expect(job.status.code == code)
        #expect(job.isScheduled == (schedule == .active))
        #expect(job.status.quarantine == nil)
    }

    @Test func aNewJobHasNeverRun() {
        let status = JobSample.created.status
        #expect(status.lastExecution == nil)
        #expect(status.troubleshootingURL == nil)
        #expect(status.countSuccessiveCompleteFailures == 0)
        #expect(status.steadyStateFirstAchievedTime == .never)
        #expect(status.steadyStateLastAchievedTime == .never)
        #expect(!status.escrowsPruned)
    }

    @Test func aStartedJobShowsARunThatNeverWas() throws {
        let status = try SynchronizationJobLifecycleTests.job(after: [.start]).status
        let expected: JSONValue = [
            "activityIdentifier": nil, "countEntitled": 0, "countEntitledForProvisioning": 0,
            "countEscrowed": 0, "countEscrowedRaw": 0, "countExported": 0, "countExports": 0,
            "countImported": 0, "countImportedDeltas": 0, "countImportedReferenceDeltas": 0,
            "state": "Failed", "timeBegan": "0001-01-01T00:00:00Z",
            "timeEnded": "0001-01-01T00:00:00Z",
            "error": ["code": "None", "message": "", "tenantActionable": false],
        ]
        #expect(status.lastExecution.map { JSONValue.object($0.json) } == expected)
        #expect(status.troubleshootingURL == "")
        #expect(status.lastSuccessfulExecution == nil)
    }

    @Test func startingKeepsWhatIsKnownOfTheLastRun() throws {
        let ran = try SynchronizationJobLifecycleTests.job(after: [.start, .cycle])
        var again = ran
        again.pause()
        again.start()
        #expect(again == ran)
    }

    // MARK: Cycles

    @Test func aCycleWithoutErrorsIsTheLastSuccessfulOne() throws {
        var job = try SynchronizationJobLifecycleTests.job(after: [.start])
        let first = JobSample.execution(1)
        job.finish(first, isSteady: false)
        #expect(job.status.lastExecution == first)
        #expect(job.status.lastSuccessfulExecution == first)
        #expect(job.status.lastSuccessfulExecutionWithExports == nil)

        var second = JobSample.execution(2)
        second.countExports = 2
        second.countExported = 1
        job.finish(second, isSteady: false)
        #expect(job.status.lastSuccessfulExecutionWithExports == second)

        let third = JobSample.execution(3)
        job.finish(third, isSteady: false)
        #expect(job.status.lastSuccessfulExecution == third)
        #expect(job.status.lastSuccessfulExecutionWithExports == second)
    }

    @Test func aCycleWithEntryErrorsIsNoSuccess() throws {
        var job = try SynchronizationJobLifecycleTests.job(after: [.start, .cycle])
        let before = job.status.lastSuccessfulExecution
        let execution = JobSample.execution(9, .entryLevelErrors)
        job.finish(execution, isSteady: false)
        #expect(job.status.lastExecution == execution)
        #expect(job.status.lastSuccessfulExecution == before)
        #expect(job.status.countSuccessiveCompleteFailures == 0)
    }

    @Test func attemptsThatWroteNothingAreNoExports() throws {
        var job = try SynchronizationJobLifecycleTests.job(after: [.start])
        var execution = JobSample.execution(1)
        execution.countExports = 5
        job.finish(execution, isSteady: false)
        #expect(job.status.lastSuccessfulExecutionWithExports == nil)
    }

    @Test func failuresInARowAreCountedUntilACycleSucceeds() throws {
        var job = try SynchronizationJobLifecycleTests.job(after: [.start, .cycle])
        let succeeded = job.status.lastSuccessfulExecution
        for count in 1...3 {
            let execution = JobSample.execution(count, .failed)
            job.finish(execution, isSteady: true)
            #expect(job.status.countSuccessiveCompleteFailures == Int64(count))
            #expect(job.status.lastExecution == execution)
        }
        #expect(job.status.lastSuccessfulExecution == succeeded)
        #expect(job.status.steadyStateFirstAchievedTime == .never)
        job.finish(JobSample.execution(4), isSteady: false)
        #expect(job.status.countSuccessiveCompleteFailures == 0)
    }

    @Test func theSteadyStateIsReachedOnceAndSeenAgain() throws {
        var job = try SynchronizationJobLifecycleTests.job(after: [.start, .cycle])
        #expect(job.status.steadyStateFirstAchievedTime == .never)
        job.finish(JobSample.execution(1), isSteady: true)
        let first = JobSample.execution(1).timeEnded
        #expect(job.status.steadyStateFirstAchievedTime == first)
        #expect(job.status.steadyStateLastAchievedTime == first)
        job.finish(JobSample.execution(2), isSteady: true)
        let last = JobSample.execution(2).timeEnded
        #expect(job.status.steadyStateFirstAchievedTime == first)
        #expect(job.status.steadyStateLastAchievedTime == last)
        job.finish(JobSample.execution(3), isSteady: false)
        #expect(job.status.steadyStateLastAchievedTime == last)
    }

    // MARK: Quarantine

    /// 1.5: `None` starts a quarantined job; of the others, only those that name the quarantine lift it.
    private static let restarts: [(scope: RestartScope, isLifted: Bool)] = [
        ([], true), (.quarantineState, true), (.full, true), (.portal, true),
        ([.quarantineState, .forceDeletes], true), (.watermark, false), (.escrows, false),
        (.connectorDataStore, false), (.forceDeletes, false), ([.watermark, .escrows], false),
    ]

    @Test(arguments: restarts)
    func aRestartLiftsTheQuarantine(scope: RestartScope, isLifted: Bool) throws {
        let quarantined = try JobSample.quarantined()
        var job = quarantined
        job.restart(scope)
        #expect(job.schedule.state == .active)
        #expect(job.status.quarantine == (isLifted ? nil : quarantined.status.quarantine))
        #expect(job.status.code == (isLifted ? .active : .quarantine))
    }

    @Test(arguments: restarts)
    func aRestartOfAHealthyJobLeavesItHealthy(scope: RestartScope, isLifted: Bool) throws {
        let healthy = try SynchronizationJobLifecycleTests.job(after: [.start, .cycle])
        var job = healthy
        job.restart(scope)
        #expect(job == healthy)
    }

    @Test func aStartLiftsTheQuarantine() throws {
        var job = try JobSample.quarantined()
        job.start()
        #expect(job.status.quarantine == nil)
        #expect(job.status.code == .active)
        #expect(job.status.countSuccessiveCompleteFailures == 0)
    }

    @Test func aCycleThatSucceedsEndsTheQuarantine() throws {
        var job = try JobSample.quarantined()
        job.finish(JobSample.execution(1), isSteady: false)
        #expect(job.status.quarantine == nil)
        #expect(job.status.code == .active)
        #expect(job.status.countSuccessiveCompleteFailures == 0)
    }

    @Test func aCycleThatFailsKeepsTheQuarantine() throws {
        let quarantined = try JobSample.quarantined()
        var job = quarantined
        job.finish(JobSample.execution(1, .failed), isSteady: false)
        #expect(job.status.quarantine == quarantined.status.quarantine)
        #expect(job.status.code == .quarantine)
        #expect(job.status.countSuccessiveCompleteFailures == 2)
    }

    @Test func aPausedJobKeepsItsQuarantine() throws {
        let quarantined = try JobSample.quarantined()
        var job = quarantined
        job.pause()
        #expect(job.schedule.state == .paused)
        #expect(job.status.code == .paused)
        #expect(job.status.quarantine == quarantined.status.quarantine)
    }
}
