// Whole answers of every covered operation, held against files of Fixtures/Wire.

import Foundation
import Graph
import HTTP
import Model
import Support
import Testing

/// One exchange: what is sent before it, what is asked, and the file that holds the answer.
struct WireCase: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let target: String
    var body: JSONValue?
    var contentType = "application/json"
    var before: [(method: String, target: String, body: JSONValue?)] = []
    var fields: [HTTPField] = []

    var testDescription: String { name }
}

private let sandbox =
    "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization"
private let sandboxJob = sandbox + "/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
private let salesforce3 =
    "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization"
private let salesforce3Job =
    salesforce3 + "/jobs/SfSandboxOutDelta.0000000000000000000000000000c0de"
private let betaConnections = "/beta" + sandboxJob.dropFirst(5) + "/objectConnections"
private let entraDirectory = "/schema/directories/66e4a8cc-1b7b-435e-95f8-f06cea133828"
private let createJob: (method: String, target: String, body: JSONValue?) = (
    "POST", salesforce3 + "/jobs", ["templateId": "SfSandboxOutDelta"]
)
private let writeSecrets: (method: String, target: String, body: JSONValue?) = (
    "PUT", salesforce3 + "/secrets",
    [
        "value": [
            ["key": "BaseAddress", "value": "http://127.0.0.1:9/scim"],
            ["key": "SecretToken", "value": "s3cret"], ["key": "SyncAll", "value": "false"],
        ]
    ]
)

/// The documented exchange, blanks and all.
private let parseExpression: JSONValue = [
    "expression": "Replace([preferredLanguage], \"-\", , , \"_\", ,  )",
    "targetAttributeDefinition": nil,
    "testInputObject": [
        "definition": nil,
        "properties": [
            ["key": "preferredLanguage", "value": "EN-US"],
            [
                "key": "appRoleAssignments", "value@odata.type": "#Collection(String)",
                "value": ["Default Assignment"],
            ],
        ],
    ],
]

private let synchronizationCases: [WireCase] = [
    WireCase(
        name: "service-principals-by-name", method: "GET",
        target: "/v1.0/servicePrincipals?$select=id,appId,displayName"
            + "&$filter=startswith(displayName,%20'salesforce')"),
    WireCase(
        name: "service-principal-by-app-id", method: "GET",
        target: "/v1.0/servicePrincipals(appId='219561ee-1480-4c67-9aa6-63d861fae3ef')"
            + "?$select=id,appId,displayName"),
    WireCase(
        name: "service-principal", method: "GET",
        target: "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15"),
    WireCase(
        name: "service-principals-page", method: "GET",
        target: "/v1.0/servicePrincipals?$top=2&$select=displayName"),
    WireCase(name: "synchronization", method: "GET", target: salesforce3, before: [writeSecrets]),
    WireCase(name: "jobs", method: "GET", target: sandbox + "/jobs"),
    WireCase(name: "jobs-count", method: "GET", target: sandbox + "/jobs/$count"),
    WireCase(name: "job", method: "GET", target: sandboxJob),
    WireCase(
        name: "job-after-cycle", method: "GET", target: sandboxJob,
        before: [("POST", "/_emulator/clock", ["advance": "PT20M"])]),
    WireCase(
        name: "job-created", method: "POST", target: salesforce3 + "/jobs",
        body: ["templateId": "SfSandboxOutDelta"]),
    WireCase(
        name: "job-started", method: "GET", target: salesforce3Job,
        before: [createJob, ("POST", salesforce3Job + "/start", nil)]),
    WireCase(
        name: "job-paused", method: "GET", target: sandboxJob,
        before: [("POST", sandboxJob + "/pause", nil)]),
    WireCase(name: "job-start", method: "POST", target: sandboxJob + "/start"),
    WireCase(name: "job-pause", method: "POST", target: sandboxJob + "/pause"),
    WireCase(
        name: "job-restart", method: "POST", target: sandboxJob + "/restart",
        body: ["criteria": ["resetScope": "Watermark, Escrows, QuarantineState"]]),
    WireCase(name: "job-delete", method: "DELETE", target: sandboxJob),
    WireCase(name: "job-patch", method: "PATCH", target: sandboxJob, body: [:]),
    WireCase(name: "schema", method: "GET", target: sandboxJob + "/schema"),
    WireCase(
        name: "schema-put", method: "PUT", target: sandboxJob + "/schema",
        body: ["directories": [], "synchronizationRules": []]),
    WireCase(
        name: "schema-after-put", method: "GET", target: sandboxJob + "/schema",
        before: [
            (
                "PUT", sandboxJob + "/schema",
                ["directories": [["name": "MINE"]], "synchronizationRules": []]
            )
        ]),
    WireCase(name: "schema-patch", method: "PATCH", target: sandboxJob + "/schema", body: [:]),
    WireCase(name: "schema-delete", method: "DELETE", target: sandboxJob + "/schema"),
    WireCase(
        name: "schema-directories", method: "GET", target: sandboxJob + "/schema/directories"),
    WireCase(
        name: "schema-directories-count", method: "GET",
        target: sandboxJob + "/schema/directories/$count"),
    WireCase(name: "schema-directory", method: "GET", target: sandboxJob + entraDirectory),
    WireCase(
        name: "secrets-put", method: "PUT", target: writeSecrets.target, body: writeSecrets.body),
    WireCase(
        name: "secrets", method: "GET", target: salesforce3 + "/secrets", before: [writeSecrets]),
    WireCase(
        name: "secrets-count", method: "GET", target: salesforce3 + "/secrets/$count",
        before: [writeSecrets]),
    WireCase(name: "templates", method: "GET", target: sandbox + "/templates"),
    WireCase(name: "templates-count", method: "GET", target: sandbox + "/templates/$count"),
    WireCase(name: "template", method: "GET", target: sandbox + "/templates/SfSandboxOutDelta"),
    WireCase(
        name: "template-schema", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta/schema"),
    WireCase(
        name: "template-schema-patch", method: "PATCH",
        target: sandbox + "/templates/SfSandboxOutDelta/schema", body: [:]),
    WireCase(
        name: "template-schema-directories", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta/schema/directories"),
    WireCase(
        name: "template-schema-directories-count", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta/schema/directories/$count"),
    WireCase(
        name: "template-schema-directory", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta" + entraDirectory),
    WireCase(
        name: "functions", method: "GET", target: sandboxJob + "/schema/functions"),
    WireCase(
        name: "filter-operators", method: "GET", target: sandboxJob + "/schema/filterOperators"),
    WireCase(
        name: "parse-expression", method: "POST", target: sandboxJob + "/schema/parseExpression",
        body: parseExpression),
    WireCase(
        name: "parse-expression-unparsable", method: "POST",
        target: sandboxJob + "/schema/parseExpression", body: ["expression": "Join(\"-\", [a"]),
    WireCase(
        name: "parse-expression-failing", method: "POST",
        target: sandboxJob + "/schema/parseExpression",
        body: [
            "expression": "CDate([hireDate])",
            "testInputObject": ["properties": [["key": "hireDate", "value": "soon"]]],
        ]),
    WireCase(
        name: "parse-expression-untested", method: "POST",
        target: sandboxJob + "/schema/parseExpression", body: ["expression": "[mail]"]),
    WireCase(
        name: "parse-expression-surroundings", method: "POST",
        target: sandboxJob + "/schema/parseExpression",
        body: [
            "expression": "Join(\" \", Now(), DefaultDomain())",
            "testInputObject": ["properties": []],
        ]),
    WireCase(
        name: "template-functions", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta/schema/functions"),
    WireCase(
        name: "template-filter-operators", method: "GET",
        target: sandbox + "/templates/SfSandboxOutDelta/schema/filterOperators"),
    WireCase(
        name: "template-parse-expression", method: "POST",
        target: sandbox + "/templates/SfSandboxOutDelta/schema/parseExpression",
        body: parseExpression),
    WireCase(
        name: "not-emulated", method: "POST", target: sandboxJob + "/provisionOnDemand",
        body: ["parameters": []]),
]

private let cases =
    synchronizationCases + DirectoryReadCases.all + DirectoryWriteCases.all + WireCase.credentials
    + [
        WireCase(
            name: "provision-on-demand-refused", method: "POST",
            target: sandboxJob + "/provisionOnDemand", body: [:]),
        WireCase(name: "object-connections", method: "GET", target: betaConnections),
        WireCase(name: "object-connection", method: "GET", target: betaConnections + "('x')"),
        WireCase(
            name: "object-connection-delete", method: "DELETE",
            target: betaConnections + "('x')",
            before: [(method: "POST", target: sandboxJob + "/pause", body: nil)]),
    ]

struct WireTests {
    private static let all = cases + SynchronizationWireCases.all

    @Test(arguments: all)
    func answersAsTheFileSays(_ exchange: WireCase) throws {
        let world = try TestWorld()
        for step in exchange.before {
            let answer = Self.send(
                world, step.method, step.target, step.body,
                step.target.contains("/bulkUpload")
                    ? "application/scim+json" : "application/json")
            #expect((200...204).contains(answer.status), "\(step.method) \(step.target)")
        }
        let response = Self.send(
            world, exchange.method, exchange.target, exchange.body, exchange.contentType,
            exchange.fields)
        try WireFixture.check(
            exchange.name, exchange.method, exchange.target, exchange.body, response)
    }

    private static func send(
        _ world: TestWorld, _ method: String, _ target: String, _ body: JSONValue?,
        _ contentType: String, _ fields: [HTTPField] = []
    ) -> HTTPResponse {
        var request = HTTPRequest(method: method, path: target, fields: fields)
        if let body {
            request.fields.append(HTTPField("Content-Type", contentType))
            request.body = body.bytes
        }
        return world.send(request)
    }

    @Test func theApplicationsRootAndBetaAnswerAlike() throws {
        let world = try TestWorld()
        let list = world.send("GET", "/_emulator/info")
        #expect(list.status == 200)
        let principal = "60443998-8cf7-4e61-b05c-a53b658cb5e1"
        let application = try #require(Self.applicationID(world))
        let body = world.send("GET", sandboxJob).json.text
        let byApplication = world.send(
            "GET",
            "/v1.0/applications/\(application)/"
                + sandboxJob.dropFirst(61)
                .drop { $0 != "s" })
        #expect(byApplication.status == 200)
        #expect(
            byApplication.json.text
                == body.replacingOnce(
                    "servicePrincipals('\(principal)')", "applications('\(application)')"))
        let beta = world.send("GET", "/beta" + sandboxJob.dropFirst(5))
        #expect(beta.json.text == body.replacingOnce("microsoft.com/v1.0", "microsoft.com/beta"))
    }

    private static func applicationID(_ world: TestWorld) -> String? {
        let seed = (try? JSONValue(parsing: Fixture.bytes("Tenants/demo.json"))) ?? .null
        return "applications".step(into: seed).array?.compactMap(\.object).first {
            $0["appId"]?.string == "79079396-c301-405d-900f-e2e0c2439a90"
        }?["id"]?.string
    }

    @Test func everyCoveredRouteHasAnExchange() {
        let covered = Routes.all.filter { $0.coverage != .notCovered && !$0.isSpelling }
        for route in covered {
            let isShown = Self.all.contains { exchange in
                exchange.method == route.method && Self.matches(exchange.target, route.path)
            }
            #expect(isShown, "\(route.number) \(route.method) \(route.path)")
        }
    }

    /// The two ways to write the paths of other rows.
    @Test func everySpellingHasAnExchange() {
        let marks = ["A6": "(appId='", "A7": "/microsoft.graph."]
        for route in Routes.all where route.isSpelling {
            let mark = marks[route.number] ?? route.number
            let isShown = Self.all.contains { exchange in
                exchange.target.contains(mark) && exchange.target.contains("/synchronization/")
            }
            #expect(isShown, "\(route.number) \(route.path)")
        }
    }

    /// Whether a target could be a route's: as many segments, and the same literal ones.
    private static func matches(_ target: String, _ path: String) -> Bool {
        let expanded =
            path
            .replacingOnce("{J}", "{S}/jobs/{id}").replacingOnce("{T}", "{S}/templates/{id}")
            .replacingOnce("{S}", "/servicePrincipals/{id}/synchronization")
        let wanted = expanded.split(separator: "/")
        let plain = target.prefix { $0 != "?" }
        let given = plain.split(separator: "/").dropFirst().flatMap { segment in
            segment.hasSuffix(")")
                ? [String(segment.prefix { $0 != "(" }), "key"] : [String(segment)]
        }
        return wanted.count == given.count
            && zip(wanted, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

extension String {
    fileprivate func replacingOnce(_ part: String, _ replacement: String) -> String {
        guard let range = range(of: part) else { return self }
        return replacingCharacters(in: range, with: replacement)
    }
}
