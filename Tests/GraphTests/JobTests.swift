// A job's life through the face: what clients see after each step.

import HTTP
import Model
import Support
import Testing

private let salesforce3 =
    "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization"
private let jobs = salesforce3 + "/jobs"
private let job = jobs + "/SfSandboxOutDelta.0000000000000000000000000000c0de"

struct JobTests {
    private func created() throws -> TestWorld {
        let world = try TestWorld()
        #expect(world.send("POST", jobs, ["templateId": "SfSandboxOutDelta"]).status == 201)
        return world
    }

    private func state(_ world: TestWorld) -> [String] {
        let answer = world.send("GET", job)
        return [answer.member("schedule", "state"), answer.member("status", "code")].map {
            $0.string ?? ""
        }
    }

    @Test func aJobGoesThroughItsStates() throws {
        let world = try created()
        #expect(state(world) == ["Disabled", "Paused"])
        #expect(world.send("POST", job + "/start").status == 204)
        #expect(state(world) == ["Active", "NotRun"])
        #expect(world.send("POST", "/_emulator/clock", ["advance": "PT20M"]).status == 200)
        #expect(state(world) == ["Active", "Quarantine"])
        #expect(world.send("POST", job + "/pause").status == 204)
        #expect(state(world) == ["Paused", "Paused"])
        #expect(world.send("POST", job + "/restart").status == 204)
        #expect(state(world) == ["Active", "Active"])
        #expect(world.send("DELETE", job).status == 204)
        #expect(world.send("GET", job).status == 404)
        #expect(world.send("DELETE", job).status == 404)
        #expect(world.send("POST", jobs, ["templateId": "SfSandboxOutDelta"]).status == 201)
        #expect(state(world) == ["Disabled", "Paused"])
    }

    @Test(arguments: [
        #"{"criteria":{"resetScope":"Watermark, Escrows, QuarantineState"}}"#,
        #"{"criteria":{"resetScope":"Full"}}"#, #"{"criteria":{"resetScope":null}}"#,
        #"{"criteria":{}}"#, #"{"criteria":null}"#, #"{"criteria":{"resetScope":""}}"#, "{}", "",
    ])
    func restartTakesEveryFormOfItsScope(body: String) throws {
        let world = try created()
        let type = body.isEmpty ? [] : [HTTPField("Content-Type", "application/json")]
        let answer = world.send(
            HTTPRequest(
                method: "POST", path: job + "/restart", fields: type, body: Array(body.utf8)))
        #expect(answer.status == 204, "\(answer.errorMessage)")
        #expect(state(world) == ["Active", "NotRun"])
    }

    @Test func jobsWhoseIdentifierWouldMeetAreToldApart() throws {
        let world = try created()
        let other =
            "/v1.0/servicePrincipals/bc0dc311-87df-48ac-91b1-259bd2c3a31c/synchronization/jobs"
        let answer = world.send("POST", other, ["templateId": "SfSandboxOutDelta"])
        #expect(
            answer.member("id").string
                == "SfSandboxOutDelta.0000000000000000000000000000c0de."
                + "f7808c5e-cb57-4e37-8094-406d302c0f8d")
    }

    @Test func aJobIsFoundUnderItsOwnServicePrincipalOnly() throws {
        let id = "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
        #expect(try TestWorld().send("GET", jobs + "/" + id).status == 404)
    }

    @Test func clientsMaySendAnnotationsAndWhatTheServiceOwns() throws {
        let answer = try TestWorld().send(
            "POST", jobs,
            [
                "@odata.type": "#microsoft.graph.synchronizationJob",
                "templateId": "SfSandboxOutDelta", "schedule": ["state": "Active"], "status": nil,
            ])
        #expect(answer.status == 201)
        #expect(answer.member("schedule", "state") == "Disabled")
    }

    @Test func aSchemaComesBackAsItWasPut() throws {
        let world = try created()
        let before = world.send("GET", job + "/schema").json
        var schema = try #require(before.object)
        schema["synchronizationRules"] = [
            [
                "name": "MINE", "priority": 7, "sourceDirectoryName": "Microsoft Entra ID",
                "targetDirectoryName": "salesforce.com",
            ]
        ]
        // The context that a client read is a member that it sends back.
        #expect(world.send("PUT", job + "/schema", .object(schema)).status == 204)
        let after = world.send("GET", job + "/schema")
        #expect(after.member("directories") == schema["directories"])
        #expect(after.member("synchronizationRules", 0, "priority") == 7)
        #expect(after.member("synchronizationRules", 0, "objectMappings") == [])
        #expect(after.member("id") == schema["id"])
        #expect(after.member("version") != schema["version"])
        #expect(world.send("DELETE", job + "/schema").status == 204)
        #expect(world.send("GET", job + "/schema").json == before)
    }

    /// A schema of two directories in their short forms, and one rule with one mapping.
    static func schema(_ mapping: JSONValue) -> JSONValue {
        func directory(_ name: JSONValue, _ attributes: [JSONValue]) -> JSONValue {
            ["name": name, "objects": [["name": "User", "attributes": .array(attributes)]]]
        }
        return [
            "directories": [
                directory(
                    "Microsoft Entra ID",
                    [
                        ["name": "mail", "type": "String"],
                        ["name": "extensionAttribute10", "type": "String"],
                    ]),
                directory(
                    "salesforce.com",
                    [
                        ["name": "Email", "type": "String"],
                        ["name": "officeCode", "type": "String"],
                    ]),
            ],
            "synchronizationRules": [
                [
                    "sourceDirectoryName": "Microsoft Entra ID",
                    "targetDirectoryName": "salesforce.com",
                    "objectMappings": [
                        [
                            "name": "m", "sourceObjectName": "User", "targetObjectName": "User",
                            "attributeMappings": [mapping],
                        ]
                    ],
                ]
            ],
        ]
    }

    @Test func whatIsParsedCanBeStored() throws {
        let world = try created()
        let closing = String(repeating: ")", count: 190)
        let text = String(repeating: "ToLower(", count: 190) + "[mail]" + closing
        let parsed = world.send(
            "POST", job + "/schema/parseExpression", ["expression": .string(text)]
        ).member("parsedExpression")
        let mapping: JSONValue = [
            "source": parsed, "targetAttributeName": "Email", "matchingPriority": 1,
        ]
        let put = world.send("PUT", job + "/schema", Self.schema(mapping))
        #expect(put.status == 204, "\(put.errorMessage)")
        let stored = world.send("GET", job + "/schema").member(
            "synchronizationRules", 0, "objectMappings", 0, "attributeMappings", 0)
        #expect("source".step(into: stored) == parsed)
    }

    @Test func aSchemaThatWouldGrowTooLargeIsRefused() throws {
        let world = try created()
        let attributes = JSONValue.array(Array(repeating: [:], count: 100_001))
        let answer = world.send(
            "PUT", job + "/schema",
            ["directories": [["objects": [["attributes": attributes]]]]])
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains("100000 elements"), "\(answer.errorMessage)")
    }

    @Test func directoriesWithoutAnIdentifierGetOne() throws {
        let world = try created()
        let body: JSONValue = ["directories": [["name": "A"], ["name": "B", "id": ""]]]
        #expect(world.send("PUT", job + "/schema", body).status == 204)
        let schema = world.send("GET", job + "/schema")
        let ids = [0, 1].compactMap { schema.member("directories", $0, "id").string }
        #expect(Set(ids).count == 2)
        for id in ids {
            #expect(world.send("GET", job + "/schema/directories/" + id).status == 200)
        }
    }

    @Test func theHowTosShortFormsAreCompleted() throws {
        let world = try created()
        let mapping: JSONValue = [
            "source": ["name": "extensionAttribute10", "type": "Attribute"],
            "targetAttributeName": "officeCode", "matchingPriority": 1,
        ]
        let answer = world.send("PUT", job + "/schema", Self.schema(mapping))
        #expect(answer.status == 204)
        let schema = world.send("GET", job + "/schema")
        let stored = schema.member(
            "synchronizationRules", 0, "objectMappings", 0, "attributeMappings", 0)
        #expect("source".step(into: stored).object?["expression"] == "[extensionAttribute10]")
        #expect("flowType".step(into: stored) == "Always")
        #expect(
            schema.member("synchronizationRules", 0, "objectMappings", 0, "flowTypes")
                == "Add,Update,Delete")
        #expect(
            schema.member("directories", 0, "objects", 0, "attributes", 0, "mutability")
                == "ReadWrite")
    }

    @Test func secretsKeepTheirOrderAndHideWhatIsSecret() throws {
        let world = try TestWorld()
        func put(_ pairs: [(String, String)]) {
            let value = pairs.map {
                JSONValue.object(JSONObject([("key", .string($0)), ("value", .string($1))]))
            }
            #expect(
                world.send("PUT", salesforce3 + "/secrets", ["value": .array(value)]).status == 204)
        }
        func read() -> [String] {
            (world.send("GET", salesforce3 + "/secrets").member("value").array ?? []).map {
                ("key".step(into: $0).string ?? "") + "=" + ("value".step(into: $0).string ?? "")
            }
        }
        put([("SecretToken", "s"), ("BaseAddress", "http://x"), ("SyncAll", "false")])
        #expect(read() == ["SecretToken=*", "BaseAddress=http://x", "SyncAll=false"])
        put([("SyncAll", "true"), ("SecretToken", "")])
        #expect(read() == ["BaseAddress=http://x", "SyncAll=true"])
        put([("BaseAddress", ""), ("SyncAll", "")])
        #expect(read() == [])
    }

    @Test func theSeedsOwnAddressIsTheOneThatWasAsked() throws {
        let answer = try TestWorld().send(
            "GET",
            "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/secrets",
            fields: [HTTPField("Host", "localhost:9000")])
        #expect(
            answer.member("value", 0, "value")
                == "http://localhost:9000/scim/60443998-8cf7-4e61-b05c-a53b658cb5e1")
    }

    @Test func anAnswerIsNeverOlderThanTheLastWrite() throws {
        let world = try created()
        for round in 0..<20 {
            let action = round % 2 == 0 ? "start" : "pause"
            #expect(world.send("POST", job + "/" + action).status == 204)
            #expect(state(world)[0] == (round % 2 == 0 ? "Active" : "Paused"))
            #expect(state(world)[0] == (round % 2 == 0 ? "Active" : "Paused"))
        }
    }
}
