// The shapes of bodies and answers that a short example does not show whole.

import Model

/// Examples with every member there can be; the OpenAPI document draws its schemas from them.
///
/// An empty object or list stands for one whose members are not the same each time.
enum ControlShape {
    static let index: JSONValue = [
        "operations": [["method": "GET", "path": "/_emulator", "summary": "What there is."]]
    ]
    static let information: JSONValue = [
        "version": "0.1.0", "uptime": "PT1M", "addresses": ["http://127.0.0.1:8585"],
        "tenants": ["00000000-0000-0000-0000-00000000c0de"],
        "tenant": [
            "id": "00000000-0000-0000-0000-00000000c0de", "displayName": "Contoso",
            "clock": clock, "counts": [:],
            "jobs": [
                [
                    "id": "scim.1", "servicePrincipalId": "", "templateId": "scim",
                    "state": "Active", "code": "Active", "interval": "PT40M",
                    "nextRun": "2026-01-01T00:40:00Z",
                ]
            ],
        ],
    ]
    static let clock: JSONValue = ["mode": "manual", "now": "2026-01-01T00:00:00Z"]
    static let moved: JSONValue = [
        "mode": "manual", "now": "2026-01-01T00:20:00Z",
        "ran": [["jobId": "scim.1", "execution": execution]],
    ]
    static let run: JSONValue = [
        "jobId": "scim.1", "execution": execution, "initial": true,
        "error": ["code": "", "message": ""], "changes": [],
    ]
    private static let execution: JSONValue = [
        "activityIdentifier": "", "countEntitled": 7, "countEntitledForProvisioning": 7,
        "countEscrowed": 0, "countEscrowedRaw": 0, "countExported": 7, "countExports": 7,
        "countImported": 51, "countImportedDeltas": 0, "countImportedReferenceDeltas": 0,
        "state": "Succeeded", "timeBegan": "2026-01-01T00:00:00Z",
        "timeEnded": "2026-01-01T00:00:00Z",
        "error": ["code": "", "message": "", "tenantActionable": true],
    ]
    static let seed: JSONValue = [
        "tenant": [:], "users": [], "groups": [], "applications": [], "servicePrincipals": [],
        "assignments": [], "secrets": [], "jobs": [], "directories": [], "faults": [],
        "clients": [], "signIns": [], "records": [:],
    ]
    static let counts: JSONValue = ["counts": [:]]
    static let fault: JSONValue = [
        "id": "throttled", "preset": "429-storm",
        "match": [
            "direction": "inbound", "method": "GET", "path": "/v1.0/users", "target": "*",
            "tenant": "00000000-0000-0000-0000-00000000c0de",
        ],
        "effect": [
            "status": 429, "code": "TooManyRequests", "message": "", "retryAfter": 5,
            "delay": 100, "dropConnection": true, "halfBody": true, "malformedBody": true,
            "contentType": "text/html", "body": "",
        ], "count": 2, "probability": .number(0.5), "seed": 7, "hits": 0,
    ]
    static let faults: JSONValue = ["value": [fault], "presets": [:]]
    static let exchanges: JSONValue = [
        "value": [
            [
                "sequence": 1, "time": "2026-01-01T00:00:00Z", "direction": "outbound",
                "method": "POST", "path": "/scim/Users", "query": "", "url": "", "status": 201,
                "failure": "", "jobId": "scim.1", "fault": "throttled",
                "request": ["headers": [:], "body": .null],
                "response": ["headers": [:], "body": .null],
            ]
        ], "next": 2, "dropped": 0,
    ]
    private static let assertion: JSONValue = [
        "direction": "outbound", "method": "POST", "path": "*/Users", "query": "", "status": 201,
        "job": "scim.1", "headers": [:], "bodyContains": .null, "bodyEquals": .null, "exactly": 1,
        "atLeast": 1, "atMost": 1,
    ]
    static let verification: JSONValue = [
        "inOrder": false, "after": 0, "assertions": [assertion],
    ]
    static let failures: JSONValue = [
        "error": ["code": "VerificationFailed", "message": "Expected exactly 1, found 0."],
        "ok": false,
        "failures": [
            [
                "index": 0, "message": "Expected exactly 1, found 0.", "expected": assertion,
                "matched": 0,
                "nearMisses": [
                    [
                        "sequence": 1, "call": "#1 GET /v1.0/users",
                        "differs": [["field": "method", "expected": "POST", "actual": "GET"]],
                        "text": "#1 GET /v1.0/users: method is GET, not POST.",
                    ]
                ],
            ]
        ],
    ]
    static let directories: JSONValue = [
        "value": [
            ["name": "Workday", "servicePrincipalId": "", "objectType": "Worker", "count": 20]
        ]
    ]
    static let object: JSONValue = ["id": "21001", "objectType": "Worker", "attributes": [:]]
    static let objects: JSONValue = ["value": [object], "next": "1"]
    static let objectBody: JSONValue = ["id": "21001", "attributes": [:]]
    static let target: JSONValue = [
        "users": 51, "groups": 10, "behaviours": ["429-storm"], "known": [:],
    ]
    /// A document of another kind.
    static let document: JSONValue = [:]
}
