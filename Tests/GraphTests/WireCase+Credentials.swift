// Exchanges in which the target is called: credentials put to the test, and discovery.

import Model

private let scimApp =
    "/v1.0/servicePrincipals/a385dff5-08ad-40df-bb25-c35f5868fbe3/synchronization"
private let scimJob =
    scimApp
    + "/jobs/scim.0000000000000000000000000000c0de.4f69b626-58da-4ad8-84a6-bc7c99919948"
private let discover = "/schema/directories/c1e6a2b7-3d49-4a0c-9f58-6b7d20e4a1f3/discover"

extension WireCase {
    static let credentials: [WireCase] = [
        WireCase(
            name: "acquire-access-token", method: "POST", target: scimApp + "/acquireAccessToken",
            body: ["credentials": []]),
        WireCase(
            name: "validate-credentials", method: "POST",
            target: scimApp + "/jobs/validateCredentials",
            body: [
                "useSavedCredentials": false, "templateId": "Azure2Azure",
                "credentials": [
                    ["key": "CompanyId", "value": "0000c0de-0000-0000-0000-000000000000"],
                    ["key": "AuthenticationType", "value": "SyncPolicy"],
                ],
            ]),
        WireCase(
            name: "validate-credentials-no-address", method: "POST",
            target: scimApp + "/jobs/validateCredentials",
            body: ["templateId": "scim", "credentials": [["key": "SecretToken", "value": "t"]]]),
        WireCase(
            name: "job-validate-credentials", method: "POST",
            target: scimJob + "/validateCredentials", body: ["useSavedCredentials": true]),
        WireCase(
            name: "job-validate-credentials-refused", method: "POST",
            target: scimJob + "/validateCredentials",
            body: [
                "credentials": [
                    [
                        "key": "BaseAddress",
                        "value": "http://127.0.0.1:8585/scim/a385dff5-08ad-40df-bb25-c35f5868fbe3",
                    ], ["key": "SecretToken", "value": "wrong"],
                ]
            ]),
        WireCase(name: "discover", method: "POST", target: scimJob + discover),
        WireCase(
            name: "discover-unknown", method: "POST",
            target: scimJob + "/schema/directories/nowhere/discover"),
        WireCase(
            name: "template-discover", method: "POST",
            target: scimApp + "/templates/scim" + discover),
    ]
}
