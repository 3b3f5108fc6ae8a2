// What a schema write takes, keeps and refuses, for jobs and templates.

import Emulator
import HTTP
import Model
import Support
import Testing

struct SchemaWriteTests {
    private static let owners = [
        "SfSandboxOutDelta": "60443998-8cf7-4e61-b05c-a53b658cb5e1",
        "scim": "a385dff5-08ad-40df-bb25-c35f5868fbe3",
        "DropboxSCIMOutDelta": "9da01153-cde8-4caa-96e1-0e6370090080",
        "ServiceNowOutDelta": "06bd3b11-3e61-4883-a136-d49e4a44d0cd",
        "Workday2AAD": "4d7679a5-f0be-4792-a7aa-72b290c707d6",
        "AD2AADProvisioning": "bf6f8f34-04fb-423b-92b9-234d07390b1c",
        "API2AAD": "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4",
    ]
    private static func root(_ template: String) -> String {
        "/v1.0/servicePrincipals/\(owners[template] ?? "")/synchronization"
    }
    private let root = root("SfSandboxOutDelta")
    private var job: String { root + "/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa" }
    private var template: String { root + "/templates/SfSandboxOutDelta" }
    private let empty: JSONValue = ["directories": [], "synchronizationRules": []]

    @Test(arguments: owners.keys.sorted())
    func everyTemplatesSchemaCanBePutBack(id: String) throws {
        let world = try TestWorld()
        let jobs = Self.root(id) + "/jobs"
        let job = try #require(world.send("GET", jobs).member("value", 0, "id").string)
        for owner in ["\(jobs)/\(job)", "\(Self.root(id))/templates/\(id)"] {
            var before = try #require(world.send("GET", owner + "/schema").json.object)
            let put = world.send("PUT", owner + "/schema", .object(before))
            #expect(put.status == 204, "\(put.errorMessage)")
            var after = try #require(world.send("GET", owner + "/schema").json.object)
            #expect(after["version"] != before["version"])
            before["version"] = nil
            after["version"] = nil
            #expect(after == before)
        }
    }

    @Test func aVersionIsGivenOnce() throws {
        let world = try TestWorld()
        for owner in [job, template] {
            let original = world.send("GET", owner + "/schema").member("version")
            var seen = [original]
            for _ in 1...3 {
                #expect(world.send("PUT", owner + "/schema", empty).status == 204)
                let version = world.send("GET", owner + "/schema").member("version")
                #expect(!seen.contains(version))
                seen.append(version)
                #expect(world.send("DELETE", owner + "/schema").status == 204)
                #expect(world.send("GET", owner + "/schema").member("version") == original)
            }
        }
    }

    @Test func aSchemaThatNoCycleCouldCarryOutIsRefusedWithItsPlaces() throws {
        let world = try TestWorld()
        let before = world.send("GET", job + "/schema").json
        let body: JSONValue = [
            "directories": [
                [
                    "name": "A",
                    "objects": [
                        [
                            "name": "User",
                            "attributes": [
                                ["name": "a", "anchor": true], ["name": "b", "anchor": true],
                            ],
                        ]
                    ],
                ]
            ],
            "synchronizationRules": [["sourceDirectoryName": "A", "targetDirectoryName": "B"]],
        ]
        let answer = world.send("PUT", job + "/schema", body)
        #expect(answer.status == 400)
        #expect(
            answer.errorMessage == "The synchronization schema is not valid: the object has 2 "
                + "anchors; one is allowed. Path 'directories[0].objects[0]'.")
        let places = answer.member("error", "details").array?.map {
            "target".step(into: $0).string
        }
        #expect(
            places == ["directories[0].objects[0]", "synchronizationRules[0].targetDirectoryName"])
        #expect(world.send("GET", job + "/schema").json == before)
    }

    @Test func aTemplatesSchemaIsThatOfItsJobsWithoutTheirOwn() throws {
        let world = try TestWorld()
        let key = ServicePrincipalKey.id(
            try #require(GUID(parsing: "60443998-8cf7-4e61-b05c-a53b658cb5e1")))
        let id = "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
        world.send("POST", "/_emulator/clock", ["advance": "PT20M"])
        #expect(try world.tenant().job(id, of: key).watermark != nil)
        #expect(world.send("PUT", template + "/schema", empty).status == 204)
        #expect(world.send("GET", job + "/schema").member("directories") == [])
        #expect(try world.tenant().job(id, of: key).watermark == nil)
        #expect(world.send("GET", job + "/schema").member("id").string == id)
        // Another application's template of the same identifier is not touched.
        let other =
            "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization"
        #expect(
            world.send("GET", other + "/templates/SfSandboxOutDelta/schema/directories/$count")
                .body == Array("2".utf8))
        #expect(world.send("DELETE", template + "/schema").status == 204)
        #expect(world.send("GET", job + "/schema").member("directories") != [])
    }

    // MARK: One directory

    private let badges: JSONValue = ["name": "Badges", "objects": [["name": "Badge"]]]

    @Test func aDirectoryIsAddedChangedAndRemoved() throws {
        let world = try TestWorld()
        for owner in [job, template] {
            let directories = owner + "/schema/directories"
            let added = world.send("POST", directories, badges)
            #expect(added.status == 201)
            let one = directories + "/" + (added.member("id").string ?? "")
            #expect(world.send("PATCH", one, ["version": "7"]).status == 204)
            #expect(world.send("GET", one).member("version") == "7")
            #expect(world.send("GET", one).member("objects", 0, "name") == "Badge")
            #expect(world.send("GET", directories + "/$count").body == Array("3".utf8))
            #expect(world.send("DELETE", one).status == 204)
            #expect(world.send("GET", one).status == 404)
        }
    }

    @Test func aDirectoryThatWouldNotFitIsRefused() throws {
        let world = try TestWorld()
        let directories = job + "/schema/directories"
        let entra = directories + "/66e4a8cc-1b7b-435e-95f8-f06cea133828"
        let again = world.send("POST", directories, ["name": "Microsoft Entra ID"])
        #expect(again.status == 400)
        #expect(again.json.text.contains("another directory is named 'Microsoft Entra ID'"))
        let named = world.send("DELETE", entra)
        #expect(named.status == 400)
        #expect(named.json.text.contains("the schema has no directory 'Microsoft Entra ID'"))
        #expect(world.send("PATCH", entra, ["id": "other"]).errorMessage.contains("read-only"))
        #expect(world.send("PATCH", entra, ["colour": "red"]).errorMessage.contains("'colour'"))
        let locked: JSONValue = ["id": "locked", "name": "Locked", "readOnly": true]
        #expect(world.send("POST", directories, locked).status == 201)
        #expect(world.send("DELETE", directories + "/locked").errorMessage.contains("readOnly"))
        #expect(world.send("PATCH", directories + "/none", [:]).status == 404)
        #expect(world.send("DELETE", directories + "/none").status == 404)
    }
}
