// Jobs and runs to test with.

import Model
import Testing

/// Jobs and runs as the service has them.
enum JobSample {
    static let created = SynchronizationJob(
        id: "scim.0000000000000000000000000000c0de.00000000-0000-0000-0000-0000000000aa",
        templateID: "scim", interval: .minutes(40),
        settings: [
            KeyValuePair(name: "AzureIngestionAttributeOptimization", value: "False"),
            KeyValuePair(name: "tenantWhitelist", value: nil),
        ])

    /// A run of five seconds that began so many minutes into the year 2026.
    static func execution(
        _ minute: Int, _ state: SynchronizationTaskExecution.State = .succeeded
    ) -> SynchronizationTaskExecution {
        let began = Timestamp(unixSeconds: 1_767_225_600 + Int64(minute) * 60, nanoseconds: 100)
        var execution = SynchronizationTaskExecution()
        execution.activityIdentifier = "activity-\(minute)"
        execution.state = state
        execution.timeBegan = began
        execution.timeEnded = began + .seconds(5)
        return execution
    }

    /// A run with a different number in each count.
    static var countedExecution: SynchronizationTaskExecution {
        var execution = execution(7, .entryLevelErrors)
        execution.countEntitled = 1
        execution.countEntitledForProvisioning = 2
        execution.countEscrowed = 3
        execution.countEscrowedRaw = 4
        execution.countExported = 5
        execution.countExports = 6
        execution.countImported = 7
        execution.countImportedDeltas = 8
        execution.countImportedReferenceDeltas = .max
        execution.error = SynchronizationError(
            code: "SchemaInvalid", message: "No \"id\".", tenantActionable: true)
        return execution
    }

    /// A quarantine as captured (`reference/provisioning-service.md`, section 2).
    static let quarantine: JSONValue = [
        "currentBegan": "2021-05-24T21:45:54.4981365Z",
        "nextAttempt": "2021-05-24T21:50:54.4981365Z",
        "reason": "EncounteredQuarantineException",
        "seriesBegan": "2021-05-24T21:45:54.4981365Z",
        "seriesCount": 1,
        "error": [
            "code": "SystemForCrossDomainIdentityManagementInvalidCredentials",
            "message": "Please provide a valid tenant URL for your application.",
            "tenantActionable": true,
        ],
    ]

    /// A job that ran and went into quarantine.
    static func quarantined() throws -> SynchronizationJob {
        var job = created
        job.start()
        job.finish(execution(0), isSteady: false)
        job.finish(execution(1, .failed), isSteady: false)
        let changed = changing(job) { status in
            status["quarantine"] = quarantine
            status["code"] = "Quarantine"
        }
        return try #require(changed)
    }

    /// The job that the changed JSON of its status gives; nil when it gives none.
    static func changing(
        _ job: SynchronizationJob, _ change: (inout JSONObject) -> Void
    ) -> SynchronizationJob? {
        var json = job.json
        guard var status = json["status"]?.object else { return nil }
        change(&status)
        json["status"] = .object(status)
        return SynchronizationJob(.object(json))
    }
}
