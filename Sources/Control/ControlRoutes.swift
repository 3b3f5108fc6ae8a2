// The table of the control API; adding an operation is a line here and its action.

import Model

/// All operations below `/_emulator`, in the order in which documents list them.
enum ControlRoutes {
    static let all: [ControlRoute] =
        process + time + world + snapshots + faults + journal + directories + targets

    private static let process: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "", summary: "What there is below this path.",
            answer: ["operations": [["method": "GET", "path": "/_emulator/health"]]],
            answerShape: ControlShape.index, run: GetIndex.run),
        ControlRoute(
            method: "GET", path: "/health", summary: "Whether the tenant's store answers.",
            answer: ["status": "ok"], run: GetHealth.run),
        ControlRoute(
            method: "GET", path: "/info", summary: "Version, uptime, tenants, counts, clock, jobs.",
            answer: ["version": "0.1.0", "tenants": []], answerShape: ControlShape.information,
            run: GetInfo.run),
        ControlRoute(
            method: "GET", path: "/openapi-control.json",
            summary: "This API as an OpenAPI document.", answer: ["openapi": "3.0.3"],
            answerShape: ControlShape.document, run: GetControlDocument.run),
        ControlRoute(
            method: "GET", path: "/openapi.json",
            summary: "The Graph face as an OpenAPI document.", answer: ["openapi": "3.1.0"],
            answerShape: ControlShape.document, run: GetOpenAPI.run),
        ControlRoute(
            method: "GET", path: "/ca.pem",
            summary: "The local authority's certificate, which clients have to trust for TLS.",
            mediaType: "application/x-pem-file", run: GetAuthority.run),
        ControlRoute(
            method: "GET", path: "/events",
            summary: "Server-sent events: requests, cycles, log rows, clock, faults.",
            query: [
                .init(
                    "kinds", "Only these, with commas: request, cycle, log, clock, fault, tenant.")
            ], mediaType: "text/event-stream", run: GetEvents.run),
    ]

    private static let time: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/clock", summary: "What time it is.",
            answer: ["mode": "manual", "now": "2026-01-01T00:00:00Z"], run: GetClock.run),
        ControlRoute(
            method: "POST", path: "/clock",
            summary: "Move the clock and run what is due on the way, before it answers.",
            body: [
                "mode": "manual", "now": "2026-01-01T00:00:00Z", "advance": "PT20M", "rate": 60,
            ],
            answer: ["mode": "manual", "now": "2026-01-01T00:20:00Z", "ran": []],
            answerShape: ControlShape.moved, run: SetClock.run),
        ControlRoute(
            method: "POST", path: "/jobs/{jobId}/run",
            summary: "Run one cycle of a job now, or tell what it would do.",
            body: ["plan": false],
            answer: ["jobId": "scim.1", "execution": ["state": "Succeeded"]],
            answerShape: ControlShape.run, run: RunJob.run),
        ControlRoute(
            method: "POST", path: "/jobs/{jobId}/quarantine",
            summary: "Put a job into quarantine, as the service's operators can.",
            body: ["reason": "QuarantinedOnDemand"], status: 204, run: QuarantineJob.run),
    ]

    private static let world: [ControlRoute] = [
        ControlRoute(
            method: "POST", path: "/reset", summary: "Bring the tenant back to its seed.",
            answer: ["mode": "manual", "now": "2026-01-01T00:00:00Z"], run: TenantActions.reset),
        ControlRoute(
            method: "POST", path: "/seed", summary: "Add the contents of a seed document.",
            body: ["users": [["userPrincipalName": "ada@contoso.com"]]],
            bodyShape: ControlShape.seed, answer: ["counts": ["users": 1]],
            answerShape: ControlShape.counts, run: TenantActions.seed),
        ControlRoute(
            method: "GET", path: "/export",
            summary: "The tenant as a seed document that re-creates it.",
            query: [.init("secrets", "true to show secrets, which are masked otherwise.")],
            answer: ["users": []], answerShape: ControlShape.seed, run: TenantActions.export),
    ]

    private static let snapshots: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/snapshots", summary: "All snapshots of the tenant.",
            answer: ["value": [snapshot]], run: SnapshotActions.list),
        ControlRoute(
            method: "GET", path: "/snapshots/{name}", summary: "One snapshot.", answer: snapshot,
            run: SnapshotActions.get),
        ControlRoute(
            method: "PUT", path: "/snapshots/{name}",
            summary: "Copy the tenant under a name; an older copy of the name is replaced.",
            answer: snapshot, run: SnapshotActions.put),
        ControlRoute(
            method: "DELETE", path: "/snapshots/{name}", summary: "Throw a snapshot away.",
            status: 204, run: SnapshotActions.delete),
        ControlRoute(
            method: "POST", path: "/snapshots/{name}/restore",
            summary: "Make the tenant what it was when the snapshot was taken, clock included.",
            answer: ["mode": "manual", "now": "2026-01-01T00:00:00Z"],
            run: SnapshotActions.restore),
    ]
    private static let snapshot: JSONValue = [
        "name": "before", "time": "2026-01-01T00:00:00Z", "bytes": 421_888,
    ]

    private static let faults: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/faults",
            summary: "All fault rules, in the order they are tried.",
            answer: ["value": [fault], "presets": ["429-storm": "ten calls get 429"]],
            answerShape: ControlShape.faults, run: FaultActions.list),
        ControlRoute(
            method: "GET", path: "/faults/{id}", summary: "One fault rule.", answer: fault,
            answerShape: ControlShape.fault, run: FaultActions.get),
        ControlRoute(
            method: "POST", path: "/faults",
            summary: "Add a fault rule; one of the same id is replaced.", body: fault,
            bodyShape: ControlShape.fault, answer: fault, answerShape: ControlShape.fault,
            status: 201, run: FaultActions.add),
        ControlRoute(
            method: "DELETE", path: "/faults", summary: "Remove all fault rules.", status: 204,
            run: FaultActions.remove),
        ControlRoute(
            method: "DELETE", path: "/faults/{id}", summary: "Remove a fault rule.", status: 204,
            run: FaultActions.remove),
    ]
    private static let fault: JSONValue = [
        "id": "throttled",
        "match": ["direction": "inbound", "method": "GET", "path": "/v1.0/users"],
        "effect": ["status": 429, "retryAfter": 5], "count": 2, "hits": 0,
    ]

    private static let journal: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/requests",
            summary: "Requests in and SCIM calls out, oldest first; the latest where a limit cuts.",
            query: JournalQuery.parameters, answer: ["value": [], "next": 1, "dropped": 0],
            answerShape: ControlShape.exchanges, run: JournalActions.list),
        ControlRoute(
            method: "DELETE", path: "/requests", summary: "Empty the journal.", status: 204,
            run: JournalActions.clear),
        ControlRoute(
            method: "POST", path: "/requests/verify",
            summary: "Whether calls were made as asserted; 422 with the nearest misses if not.",
            body: [
                "inOrder": false,
                "assertions": [
                    [
                        "direction": "outbound", "method": "POST", "path": "*/Users",
                        "bodyContains": ["userName": "ada@contoso.com"], "exactly": 1,
                    ]
                ],
            ], bodyShape: ControlShape.verification,
            answer: ["ok": true, "assertions": [["matched": 1, "sequences": [3]]]],
            otherAnswers: [(422, "The nearest misses.", ControlShape.failures)],
            run: JournalActions.verify),
    ]

    private static let owner = ControlRoute.Parameter(
        "servicePrincipal", "The application that the directory belongs to, where names meet.")
    private static let object: JSONValue = [
        "id": "21001", "objectType": "Worker", "attributes": ["WID": "21001", "FirstName": "Ada"],
    ]
    private static let directories: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/directories",
            summary: "All directories and their object counts.",
            answer: ["value": [["name": "Workday", "objectType": "Worker", "count": 20]]],
            answerShape: ControlShape.directories, run: DirectoryActions.index),
        ControlRoute(
            method: "GET", path: "/directories/{name}/{objectType}",
            summary: "Objects of a directory; any other parameter is an attribute's exact value.",
            query: [
                owner, .init("top", "At most so many, 100 unless said."),
                .init("after", "The 'next' of the page before."),
            ], answer: ["value": [object], "next": "21001"], answerShape: ControlShape.objects,
            run: DirectoryActions.list),
        ControlRoute(
            method: "GET", path: "/directories/{name}/{objectType}/{id}", summary: "One object.",
            query: [owner], answer: object, answerShape: ControlShape.object,
            run: DirectoryActions.get),
        ControlRoute(
            method: "POST", path: "/directories/{name}/{objectType}", summary: "Add an object.",
            query: [owner], body: ["attributes": ["WID": "21001", "FirstName": "Ada"]],
            bodyShape: ControlShape.objectBody, answer: object,
            answerShape: ControlShape.object, status: 201, run: DirectoryActions.add),
        ControlRoute(
            method: "PATCH", path: "/directories/{name}/{objectType}/{id}",
            summary: "Change attributes; null removes one.", query: [owner],
            body: ["attributes": ["FirstName": "Ada"]], bodyShape: ["attributes": [:]],
            answer: object, answerShape: ControlShape.object, run: DirectoryActions.change),
        ControlRoute(
            method: "DELETE", path: "/directories/{name}/{objectType}/{id}",
            summary: "Remove an object.", query: [owner], status: 204,
            run: DirectoryActions.remove),
    ]

    private static let behaviours: JSONValue = ["behaviours": ["429-storm"]]
    private static let targets: [ControlRoute] = [
        ControlRoute(
            method: "GET", path: "/targets/{servicePrincipalId}",
            summary: "What the built-in target holds for an application, and how it misbehaves.",
            answer: ["users": 51, "groups": 10, "behaviours": ["429-storm"]],
            answerShape: ControlShape.target, run: TargetActions.get),
        ControlRoute(
            method: "PUT", path: "/targets/{servicePrincipalId}/behaviours",
            summary: "Say how the built-in target misbehaves towards an application.",
            body: behaviours, answer: behaviours, run: TargetActions.put),
    ]
}
