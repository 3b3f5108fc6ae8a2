// Extension properties: declared, used and taken back; and the how-to pages that map attributes.

import Emulator
import HTTP
import Model
import Support
import Testing

struct ExtensionWriteTests {
    private let application = "/v1.0/applications/d95a09d7-f224-4d4f-9302-5f6fd46329e6"
    private let name = "extension_f7808c5ecb574e378094406d302c0f8d_jobGroup"

    private static let declaration = JSONObject([
        ("name", "jobGroup"), ("dataType", "String"), ("targetObjects", ["User"]),
    ])

    @Test(arguments: [
        RefusedWrite([("name", "job group")], "Extension property name 'job group' is invalid"),
        RefusedWrite([("name", "1st")], "Extension property name '1st' is invalid"),
        RefusedWrite([("name", "(none)")], "A value is required for property 'name'"),
        RefusedWrite([("dataType", "Text")], "Invalid value specified for property 'dataType'"),
        RefusedWrite(
            [("targetObjects", ["user"])],
            "Invalid value specified for property 'targetObjects'"),
        RefusedWrite(
            [("targetObjects", [])], "Invalid value specified for property 'targetObjects'"),
        RefusedWrite(
            [("appDisplayName", "x")], "Property 'appDisplayName' is read-only"),
        RefusedWrite([("color", "red")], "The property 'color' does not exist on type"),
    ])
    func refusesWhatIsNoDeclaration(_ refusal: RefusedWrite) throws {
        let body = Self.declaration.changed(refusal.changes)
        let response = try TestWorld().send(
            "POST", application + "/extensionProperties", .object(body))
        #expect(response.status == 400)
        #expect(
            response.errorMessage.hasPrefix(refusal.message), "\(response.errorMessage)")
    }

    private static let values: [(String, Bool, JSONValue, JSONValue)] = [
        ("String", false, "x", 1),
        ("String", false, "x", .string(String(repeating: "x", count: 257))),
        ("Boolean", false, true, "true"), ("Integer", false, 1, 3_000_000_000),
        ("LargeInteger", false, 3_000_000_000, .number(1.5)),
        ("DateTime", false, "2026-01-01T00:00:00Z", "soon"), ("String", true, ["a", "b"], "a"),
    ]

    @Test(arguments: values)
    func valuesAreOfTheDeclaredType(
        type: String, isMultiValued: Bool, fits: JSONValue, doesNot: JSONValue
    ) throws {
        let world = try TestWorld()
        var body = Self.declaration
        body["dataType"] = .string(type)
        body["isMultiValued"] = .bool(isMultiValued)
        let made = world.send("POST", application + "/extensionProperties", .object(body))
        #expect(made.status == 201)
        let user = "/v1.0/users/ingrid.halvorsen@contoso.com"
        let refused = world.send("PATCH", user, .object(JSONObject([(name, doesNot)])))
        #expect(refused.status == 400)
        #expect(refused.errorMessage.contains(name))
        #expect(world.send("PATCH", user, .object(JSONObject([(name, fits)]))).status == 204)
        let stored = try world.tenant().directoryObject(
            .user, .userPrincipalName("ingrid.halvorsen@contoso.com"))
        #expect(stored.json[name] == fits)
    }

    @Test func aDeclarationIsForItsKindsOfObjectsAndUntilItIsTakenBack() throws {
        let world = try TestWorld()
        let target = application + "/extensionProperties"
        let made = world.send("POST", target, .object(Self.declaration))
        let id = try #require(made.member("id").string)
        let twice = world.send("POST", target, .object(Self.declaration))
        #expect(
            twice.errorMessage == "An extension property exists with the name \(name).")
        let value = JSONValue.object(JSONObject([(name, "x")]))
        let group = world.send(
            "PATCH", "/v1.0/groups/2da1f3ce-b9b2-422e-b970-81a86acac9a4", value)
        #expect(
            group.errorMessage == "The following extension properties are not available: \(name).")
        #expect(world.send("DELETE", target + "/" + id).status == 204)
        #expect(world.send("DELETE", target + "/" + id).status == 404)
        let user = world.send("PATCH", "/v1.0/users/ingrid.halvorsen@contoso.com", value)
        #expect(user.status == 400)
    }

    /// The steps of both how-to pages: find the service principal, its job and its schema, add an
    /// attribute and a mapping with the documented members only, put the whole back.
    private func map(
        _ attribute: JSONValue, in directory: String, _ object: String, _ mapping: JSONValue,
        _ world: TestWorld
    ) throws -> HTTPResponse {
        let found = world.send(
            "GET",
            "/v1.0/servicePrincipals?$select=id,appId,displayName"
                + "&$filter=startswith(displayName,%20'CRM%20Sandbox')")
        let principal = try #require(found.member("value", 0, "id").string)
        let jobs = "/v1.0/servicePrincipals/\(principal)/synchronization/jobs"
        let job = try #require(world.send("GET", jobs).member("value", 0, "id").string)
        let target = jobs + "/" + job + "/schema"
        let schema = try #require(world.send("GET", target).json.object)
        var changed = schema
        changed["directories"] = try Self.adding(
            attribute, toObject: object, ofDirectory: directory, schema)
        changed["synchronizationRules"] = try Self.adding(mapping, schema)
        #expect(world.send("PUT", target, .object(changed)).status == 204)
        return world.send("GET", target)
    }

    private static func adding(
        _ attribute: JSONValue, toObject object: String, ofDirectory name: String,
        _ schema: JSONObject
    ) throws -> JSONValue {
        var directories = try #require(schema["directories"]?.array).compactMap(\.object)
        let place = try #require(directories.firstIndex { $0["name"]?.string == name })
        var objects = try #require(directories[place]["objects"]?.array).compactMap(\.object)
        let inside = try #require(objects.firstIndex { $0["name"]?.string == object })
        let known = objects[inside]["attributes"]?.array ?? []
        objects[inside]["attributes"] = .array(known + [attribute])
        directories[place]["objects"] = .array(objects.map { .object($0) })
        return .array(directories.map { .object($0) })
    }

    private static func adding(_ mapping: JSONValue, _ schema: JSONObject) throws -> JSONValue {
        var rules = try #require(schema["synchronizationRules"]?.array).compactMap(\.object)
        var mappings = try #require(rules[0]["objectMappings"]?.array).compactMap(\.object)
        let users = try #require(
            mappings.firstIndex { $0["sourceObjectName"]?.string == "User" })
        let known = mappings[users]["attributeMappings"]?.array ?? []
        mappings[users]["attributeMappings"] = .array(known + [mapping])
        rules[0]["objectMappings"] = .array(mappings.map { .object($0) })
        return .array(rules.map { .object($0) })
    }

    private static func mapping(
        to target: String, in schema: HTTPResponse
    ) -> JSONObject? {
        let mappings = schema.member("synchronizationRules", 0, "objectMappings").array ?? []
        return mappings.flatMap { "attributeMappings".step(into: $0).array ?? [] }
            .compactMap(\.object).last { $0["targetAttributeName"]?.string == target }
    }

    @Test func theHowToOfDirectoryExtensionAttributesCanBeFollowed() throws {
        let world = try TestWorld()
        let made = world.send(
            "POST", application + "/extensionProperties", .object(Self.declaration))
        #expect(made.member("name") == .string(name))
        let schema = try map(
            ["name": .string(name), "type": "String"], in: Self.sourceDirectory(world), "User",
            [
                "source": ["name": .string(name), "type": "Attribute"],
                "targetAttributeName": "Title",
            ], world)
        let mapping = try #require(Self.mapping(to: "Title", in: schema))
        #expect(mapping["source"]?.object?["name"] == .string(name))
        #expect(mapping["source"]?.object?["parameters"] == [])
        #expect(mapping["flowType"] == "Always")
        #expect(mapping["matchingPriority"] == 0)
    }

    @Test func theHowToOfCustomTargetAttributesCanBeFollowed() throws {
        let world = try TestWorld()
        let schema = try map(
            ["name": "OfficeCode__c", "type": "String"], in: Self.targetDirectory(world), "User",
            [
                "source": ["name": "physicalDeliveryOfficeName", "type": "Attribute"],
                "targetAttributeName": "OfficeCode__c",
            ], world)
        let mapping = try #require(Self.mapping(to: "OfficeCode__c", in: schema))
        #expect(mapping["source"]?.object?["name"] == "physicalDeliveryOfficeName")
        let attributes = (schema.member("directories").array ?? []).flatMap { directory in
            ("objects".step(into: directory).array ?? []).flatMap {
                "attributes".step(into: $0).array ?? []
            }
        }
        let added = try #require(
            attributes.compactMap(\.object).first { $0["name"]?.string == "OfficeCode__c" })
        #expect(added["mutability"] == "ReadWrite")
        #expect(added["multivalued"] == false)
    }

    private static func sourceDirectory(_ world: TestWorld) throws -> String {
        try ruleMember("sourceDirectoryName", world)
    }

    private static func targetDirectory(_ world: TestWorld) throws -> String {
        try ruleMember("targetDirectoryName", world)
    }

    private static func ruleMember(_ name: String, _ world: TestWorld) throws -> String {
        let schema = world.send(
            "GET",
            "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
                + "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa/schema")
        return try #require(schema.member("synchronizationRules", 0, name).string)
    }
}
