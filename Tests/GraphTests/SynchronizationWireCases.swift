// Exchanges of the synchronization sub-tree beyond jobs: templates, directories, uploads, batches.

import Model

enum SynchronizationWireCases {
    private static let sandbox =
        "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization"
    private static let job = sandbox + "/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
    private static let template = sandbox + "/templates/SfSandboxOutDelta"
    private static let inbound =
        "/v1.0/servicePrincipals/74a88cff-a4fd-4300-8bfd-6eae03d6e7b4/synchronization/jobs/"
        + "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d"
    private static let upload = inbound + "/bulkUpload"
    private static let added: JSONValue = [
        "id": "d1", "name": "Badges", "objects": [["name": "Badge", "attributes": []]],
    ]
    private static let custom: JSONValue = [
        "id": "Slack", "applicationId": "1486cd08-e487-4a0f-9685-9abc2597caab",
        "factoryTag": "CustomSCIM", "schema": ["directories": [], "synchronizationRules": []],
    ]
    static let bulkRequest: JSONValue = [
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [
            [
                "method": "POST", "bulkId": "701984", "path": "/Users",
                "data": [
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                    "externalId": "701984", "userName": "bjensen@contoso.com", "active": true,
                ],
            ]
        ],
        "failOnErrors": nil,
    ]
    private static let put: (method: String, target: String, body: JSONValue?) = (
        "PUT", job + "/schema", ["directories": [added], "synchronizationRules": []]
    )
    private static let putTemplate: (method: String, target: String, body: JSONValue?) = (
        "PUT", template + "/schema", ["directories": [added], "synchronizationRules": []]
    )

    static let all: [WireCase] =
        synchronization + schemas + templates + uploads + batches + spellings + queries

    private static let spellings = [
        WireCase(
            name: "job-by-app-id", method: "GET",
            target: "/v1.0/servicePrincipals(appId='79079396-c301-405d-900f-e2e0c2439a90')"
                + job.dropFirst(60)),
        WireCase(
            name: "job-by-application-app-id", method: "GET",
            target: "/v1.0/applications(appId='79079396-c301-405d-900f-e2e0c2439a90')"
                + job.dropFirst(60) + "/"),
        WireCase(
            name: "job-start-qualified", method: "POST", target: job + "/microsoft.graph.start"),
        WireCase(
            name: "filter-operators-qualified", method: "GET",
            target: job + "/schema/microsoft.graph.filterOperators()?$filter=arity%20eq%20'Unary'"),
    ]

    private static let queries = [
        WireCase(
            name: "jobs-queried", method: "GET",
            target: sandbox + "/jobs?$select=id,templateId&$filter=schedule/state%20eq%20'Active'"
                + "%20and%20schedule/interval%20eq%20duration'PT20M'&$count=true&$top=5"),
        WireCase(
            name: "jobs-filtered-count", method: "GET",
            target: sandbox + "/jobs/$count?$filter=status/code%20eq%20'Quarantine'"),
        WireCase(
            name: "job-expanded", method: "GET",
            target: job + "?$select=id&$expand=schema($select=id,version)"),
        WireCase(
            name: "templates-queried", method: "GET",
            target: sandbox
                + "/templates?$select=id,factoryTag&$orderby=id%20desc&$skip=0&$count=true"),
        WireCase(
            name: "schema-selected", method: "GET", target: job + "/schema?$select=id,version"),
        WireCase(
            name: "synchronization-expanded", method: "GET",
            target: sandbox + "?$expand=jobs($select=id)"),
        WireCase(
            name: "job-unknown-selected", method: "GET", target: job + "?$select=nope"),
    ]

    private static let synchronization = [
        WireCase(
            name: "synchronization-put", method: "PUT", target: sandbox,
            body: ["secrets": [["key": "SecretToken", "value": "*"]]]),
        WireCase(name: "synchronization-delete", method: "DELETE", target: sandbox),
        WireCase(
            name: "synchronization-ping", method: "GET",
            target: "/beta" + sandbox.dropFirst(5) + "/Ping"),
    ]

    private static let schemas = [
        WireCase(
            name: "schema-directory-post", method: "POST", target: job + "/schema/directories",
            body: added),
        WireCase(
            name: "schema-directory-patch", method: "PATCH",
            target: job + "/schema/directories/d1", body: ["name": "Tokens"], before: [put]),
        WireCase(
            name: "schema-directory-delete", method: "DELETE",
            target: job + "/schema/directories/d1", before: [put]),
        WireCase(
            name: "schema-put-refused", method: "PUT", target: job + "/schema",
            body: [
                "directories": [["name": "A"]],
                "synchronizationRules": [
                    ["id": "r", "sourceDirectoryName": "A", "targetDirectoryName": "B"]
                ],
            ]),
        WireCase(
            name: "template-schema-put", method: "PUT", target: template + "/schema",
            body: ["directories": [], "synchronizationRules": []]),
        WireCase(
            name: "template-schema-delete", method: "DELETE", target: template + "/schema",
            before: [putTemplate]),
        WireCase(
            name: "template-schema-directory-post", method: "POST",
            target: template + "/schema/directories", body: added),
        WireCase(
            name: "template-schema-directory-patch", method: "PATCH",
            target: template + "/schema/directories/d1", body: ["name": "Tokens"],
            before: [putTemplate]),
        WireCase(
            name: "template-schema-directory-delete", method: "DELETE",
            target: template + "/schema/directories/d1", before: [putTemplate]),
    ]

    private static let templates = [
        WireCase(
            name: "template-post", method: "POST", target: sandbox + "/templates", body: custom),
        WireCase(
            name: "template-patch", method: "PATCH", target: template,
            body: ["factoryTag": "CustomSCIM"]),
        WireCase(
            name: "template-put", method: "PUT", target: template,
            body: ["id": "SfSandboxOutDelta", "factoryTag": "CustomSCIM"]),
        WireCase(name: "template-delete", method: "DELETE", target: template),
    ]

    private static let staged: (method: String, target: String, body: JSONValue?) = (
        "PUT", upload + "/$value", bulkRequest
    )

    private static let uploads = [
        WireCase(
            name: "bulk-upload-post", method: "POST", target: upload, body: bulkRequest,
            contentType: "application/scim+json"),
        WireCase(
            name: "bulk-upload-post-refused", method: "POST", target: upload, body: bulkRequest),
        WireCase(name: "bulk-upload", method: "GET", target: upload, before: [staged]),
        WireCase(
            name: "bulk-upload-patch", method: "PATCH", target: upload, body: [:], before: [staged]),
        WireCase(name: "bulk-upload-delete", method: "DELETE", target: upload, before: [staged]),
        WireCase(
            name: "bulk-upload-value", method: "GET", target: upload + "/$value", before: [staged]),
        WireCase(
            name: "bulk-upload-value-put", method: "PUT", target: upload + "/$value",
            body: bulkRequest, contentType: "application/octet-stream"),
        WireCase(
            name: "bulk-upload-value-delete", method: "DELETE", target: upload + "/$value",
            before: [staged]),
    ]

    private static let batches = [
        WireCase(
            name: "batch", method: "POST", target: "/v1.0/$batch",
            body: [
                "requests": [
                    ["id": "1", "method": "GET", "url": "/nothing"],
                    [
                        "id": "2", "method": "POST", "dependsOn": ["1"],
                        "url": .string(job.dropFirst(5) + "/start"),
                    ],
                    [
                        "id": "3", "method": "GET",
                        "url": .string(sandbox.dropFirst(5) + "/jobs/$count"),
                    ],
                    [
                        "id": "4", "method": "POST", "url": .string(job.dropFirst(6) + "/pause"),
                    ],
                    [
                        "id": "5", "method": "GET",
                        "url": "/servicePrincipals?$select=displayName&$top=1",
                    ],
                ]
            ])
    ]
}
