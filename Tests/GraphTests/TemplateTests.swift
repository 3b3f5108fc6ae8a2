// Templates as the owner of an application changes and makes them; a synchronization as a whole.

import HTTP
import Model
import Support
import Testing

struct TemplateTests {
    private let root =
        "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization"
    private let byApplication =
        "/v1.0/applications/c7ef0410-b397-4bfa-a65b-4ff1c25fd2b8/synchronization"

    private func ids(_ world: TestWorld) -> [String?] {
        (world.send("GET", root + "/templates").member("value").array ?? [])
            .map { "id".step(into: $0).string }
    }

    @Test func aWrittenTemplateLosesWhatIsLeftOut() throws {
        let world = try TestWorld()
        let template = byApplication + "/templates/SfSandboxOutDelta"
        let schema = world.send("GET", template + "/schema").json
        #expect(world.send("PUT", template, ["factoryTag": "CustomSCIM"]).status == 204)
        let after = world.send("GET", root + "/templates/SfSandboxOutDelta")
        #expect(after.member("factoryTag") == "CustomSCIM")
        #expect(after.member("metadata") == [])
        #expect(after.member("default") == false)
        #expect(world.send("GET", template + "/schema").json == schema)
    }

    @Test func aTemplateOfOnesOwnMakesJobs() throws {
        let world = try TestWorld()
        let body: JSONValue = ["id": "Slack", "factoryTag": "scim"]
        #expect(world.send("POST", root + "/templates", body).status == 201)
        #expect(world.send("POST", root + "/templates", body).status == 400)
        #expect(ids(world) == ["SfSandboxOutDelta", "Slack"])
        let job = world.send("POST", root + "/jobs", ["templateId": "Slack"])
        #expect(job.status == 201)
        #expect(
            job.member("id").string
                == "Slack.0000000000000000000000000000c0de.219561ee-1480-4c67-9aa6-63d861fae3ef")
        // Its schema is that of the connector that its factory tag names.
        let schema = root + "/templates/Slack/schema"
        #expect(
            world.send("GET", schema).member("id").string
                == "Slack.00000000000000000000000000000000")
        let rules = world.send("GET", schema).member("synchronizationRules")
        #expect(rules.array?.isEmpty == false)
        let empty: JSONValue = ["directories": [], "synchronizationRules": []]
        #expect(world.send("PUT", schema, empty).status == 204)
        #expect(world.send("DELETE", schema).status == 204)
        #expect(world.send("GET", schema).member("synchronizationRules") == rules)
    }

    @Test func aDeletedTemplateIsOfferedNoMoreButItsJobsGoOn() throws {
        let world = try TestWorld()
        let made = world.send("POST", root + "/jobs", ["templateId": "SfSandboxOutDelta"])
        let job = root + "/jobs/" + (made.member("id").string ?? "")
        let schema = world.send("GET", job + "/schema").json
        #expect(world.send("DELETE", root + "/templates/SfSandboxOutDelta").status == 204)
        #expect(ids(world).isEmpty)
        #expect(world.send("DELETE", root + "/templates/SfSandboxOutDelta").status == 404)
        #expect(world.send("GET", job + "/schema").json == schema)
    }

    @Test(arguments: [
        (#"{"factoryTag":"scim"}"#, "property 'id'"), (#"{"id":"a/b"}"#, "the literal 'a/b'"),
        (#"{"id":"Slack","colour":1}"#, "property 'colour'"),
        (#"{"id":"Slack","schema":{"colour":1}}"#, "Path 'schema.colour'"),
        (#"{"id":"Slack","schema":7}"#, "Path 'schema'"),
        (#"{"id":"Slack","applicationId":"7"}"#, "the literal '7'"),
    ])
    func refusesANewTemplate(body: String, message: String) throws {
        let answer = try TestWorld().send(
            "POST", root + "/templates", try JSONValue(parsing: body))
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains(message), "\(answer.errorMessage)")
    }

    @Test func aTemplatesIdentifierStays() throws {
        let answer = try TestWorld().send(
            "PUT", root + "/templates/SfSandboxOutDelta", ["id": "Slack"])
        #expect(answer.errorMessage.contains("'id'"))
    }

    // MARK: The synchronization

    @Test func aWrittenSynchronizationReplacesItsSecrets() throws {
        let world = try TestWorld()
        let first: JSONValue = [
            "value": [
                ["key": "BaseAddress", "value": "http://127.0.0.1:9"],
                ["key": "SecretToken", "value": "kept"],
            ]
        ]
        #expect(world.send("PUT", root + "/secrets", first).status == 204)
        let whole: JSONValue = [
            "secrets": [
                ["key": "SecretToken", "value": "*"], ["key": "SyncAll", "value": "true"],
            ]
        ]
        #expect(world.send("PUT", root, whole).status == 204)
        let list = world.send("GET", root + "/secrets").member("value")
        #expect(
            list == [
                ["key": "SecretToken", "value": "*"], ["key": "SyncAll", "value": "true"],
            ])
        #expect(world.send("PUT", root, ["jobs": [[:]]]).errorMessage.contains("'jobs'"))
        let wrong: JSONValue = ["secrets": [["key": "secretToken", "value": "x"]]]
        #expect(world.send("PUT", root, wrong).status == 500)
    }

    @Test func aDeletedSynchronizationLeavesNothing() throws {
        let world = try TestWorld()
        world.send("POST", root + "/jobs", ["templateId": "SfSandboxOutDelta"])
        world.send("PUT", root + "/secrets", ["value": [["key": "SyncAll", "value": "true"]]])
        world.send("DELETE", root + "/templates/SfSandboxOutDelta")
        #expect(world.send("DELETE", root).status == 204)
        #expect(world.send("GET", root + "/jobs").member("value") == [])
        #expect(world.send("GET", root + "/secrets").member("value") == [])
        #expect(ids(world) == ["SfSandboxOutDelta"])
    }

    @Test func pingIsOfBetaOnly() throws {
        let world = try TestWorld()
        #expect(world.send("GET", "/beta" + root.dropFirst(5) + "/Ping()").status == 200)
        #expect(
            world.send("GET", root + "/Ping").errorMessage
                == "Resource not found for the segment 'Ping'.")
    }

    @Test func noETagIsGivenAndIfMatchMeansNothing() throws {
        let world = try TestWorld()
        let read = world.send("GET", root + "/templates/SfSandboxOutDelta/schema")
        #expect(read.value(of: "ETag") == nil)
        let put = world.send(
            "PUT", root + "/templates/SfSandboxOutDelta/schema", read.json,
            fields: [.init("If-Match", "\"old\"")])
        #expect(put.status == 204)
    }
}
