// What runs here, and what is in it.

import Emulator
import Model
import VirtualTime

/// `GET /_emulator/info`: version, uptime, open tenants, and the asked tenant's clock, counts and jobs.
enum GetInfo {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let tenant = call.tenant
        let counts = try tenant.counts()
        let jobs = try tenant.allJobs().map { stored, nextRun -> JSONValue in
            [
                "id": .string(stored.job.id),
                "servicePrincipalId": .string(stored.servicePrincipal.description),
                "templateId": .string(stored.job.templateID),
                "state": .string(stored.job.schedule.state.rawValue),
                "code": .string(stored.job.status.code.rawValue),
                "interval": .string(stored.job.schedule.interval.description),
                "nextRun": .optional(nextRun?.description),
            ]
        }
        return .answer([
            "version": .string(call.information.version),
            "uptime": .string((RealTime.now() - call.information.started).description),
            "addresses": .array(call.information.tenants.addresses.map(JSONValue.string)),
            "tenants": .array(
                call.information.tenants.all.map { .string($0.id.description) }),
            "tenant": [
                "id": .string(tenant.id.description),
                "displayName": .optional(counts.displayName),
                "clock": GetClock.json(tenant),
                "counts": .object(
                    JSONObject(counts.objects.map { ($0.name, .integer($0.count)) })),
                "jobs": .array(jobs),
            ],
        ])
    }
}
