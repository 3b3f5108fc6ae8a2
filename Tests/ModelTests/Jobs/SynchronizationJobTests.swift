// Jobs in the service's JSON, there and back.

import Model
import Testing

struct SynchronizationJobTests {
    private static func jobs() throws -> [SynchronizationJob] {
        var started = JobSample.created
        started.start()
        var steady = started
        steady.finish(JobSample.countedExecution, isSteady: true)
        steady.status.escrowsPruned = true
        steady.status.lastSuccessfulExecution = JobSample.execution(2)
        steady.status.lastSuccessfulExecutionWithExports = JobSample.execution(3)
        steady.status.synchronizedEntryCountByType = [
            StringKeyLongValuePair(key: "User to User", value: 50),
            StringKeyLongValuePair(key: "Group to Group", value: .max),
        ]
        var paused = steady
        paused.pause()
        return [JobSample.created, started, steady, paused, try JobSample.quarantined()]
    }

    @Test func everyJobIsReadAsItWasWritten() throws {
        for job in try SynchronizationJobTests.jobs() {
            let text = JSONValue.object(job.json).text
            #expect(SynchronizationJob(try JSONValue(parsing: text)) == job, "\(text)")
        }
    }

    @Test func aNewJobIsWrittenAsACreateAnswersIt() {
        let expected: JSONValue = [
            "id": "scim.0000000000000000000000000000c0de.00000000-0000-0000-0000-0000000000aa",
            "templateId": "scim",
            "schedule": ["expiration": nil, "interval": "PT40M", "state": "Disabled"],
            "status": [
                "countSuccessiveCompleteFailures": 0, "escrowsPruned": false, "code": "Paused",
                "lastExecution": nil, "lastSuccessfulExecution": nil,
                "lastSuccessfulExecutionWithExports": nil, "quarantine": nil,
                "steadyStateFirstAchievedTime": "0001-01-01T00:00:00Z",
                "steadyStateLastAchievedTime": "0001-01-01T00:00:00Z",
                "troubleshootingUrl": nil, "progress": [], "synchronizedEntryCountByType": [],
            ],
            "synchronizationJobSettings": [
                ["name": "AzureIngestionAttributeOptimization", "value": "False"],
                ["name": "tenantWhitelist", "value": nil],
            ],
        ]
        #expect(JSONValue.object(JobSample.created.json) == expected)
    }

    @Test func aQuarantineIsWrittenAsCaptured() throws {
        let status = try JobSample.quarantined().json["status"]?.object
        #expect(status?["quarantine"] == JobSample.quarantine)
        #expect(status?["code"] == "Quarantine")
        #expect(status?["countSuccessiveCompleteFailures"] == 1)
    }

    @Test(arguments: ["id", "templateId", "schedule", "status", "synchronizationJobSettings"])
    func refusesAJobWithout(member: String) {
        let values: [JSONValue?] = [.none, .some(.null), .some(1)]
        for value in values {
            var json = JobSample.created.json
            json[member] = value
            #expect(SynchronizationJob(.object(json)) == nil)
        }
    }

    @Test(arguments: [JSONValue.null, 1, "x", []])
    func refusesWhatIsNoObject(json: JSONValue) {
        #expect(SynchronizationJob(json) == nil)
    }

    @Test(
        arguments: [
            ("code", "Sleeping"), ("code", nil), ("code", "paused"),
            ("steadyStateFirstAchievedTime", "yesterday"), ("steadyStateLastAchievedTime", nil),
        ] as [(String, JSONValue)])
    func refusesAStatusThatCannotBeRead(member: String, value: JSONValue) {
        let changed = JobSample.changing(JobSample.created) { $0[member] = value }
        #expect(changed?.id == nil)
    }

    @Test(
        arguments: [
            ("interval", "40 minutes"), ("interval", nil), ("state", "active"), ("state", nil),
        ] as [(String, JSONValue)])
    func refusesAScheduleThatCannotBeRead(member: String, value: JSONValue) {
        var json = JobSample.created.json
        var schedule = json["schedule"]?.object
        schedule?[member] = value
        json["schedule"] = schedule.map(JSONValue.object)
        #expect(SynchronizationJob(.object(json)) == nil)
    }

    /// "Nil when a member is missing or of another type": a setting is not silently lost.
    @Test(arguments: [JSONValue.null, "x", [:], ["name": 1], ["value": "x"]])
    func refusesASettingThatCannotBeRead(setting: JSONValue) {
        var json = JobSample.created.json
        json["synchronizationJobSettings"] = [setting]
        #expect(SynchronizationJob(.object(json))?.id == nil)
    }

    @Test func aStoredJobIsNewUnlessToldOtherwise() {
        let stored = StoredJob(job: JobSample.created, servicePrincipal: .zero)
        #expect(stored.watermark == nil)
        #expect(!stored.hasOwnSchema)
    }
}
