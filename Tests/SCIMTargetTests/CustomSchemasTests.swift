// What the target announces of a job's own extensions.

import HTTP
import Model
import Support
import Testing

/// `/Schemas` and `/ResourceTypes` after a job's schema was saved with attributes of its own.
struct CustomSchemasTests {
    private static let custom = "urn:ietf:params:scim:schemas:extension:custom:2.0:User"
    private static let group = "urn:contoso:team"

    private let client: TargetClient
    private let schema: String

    init() throws {
        client = try TargetClient()
        let synchronization =
            "/v1.0/servicePrincipals/\(TargetClient.servicePrincipal)/synchronization"
        let jobs = client.world.send("GET", synchronization + "/jobs")
        schema = synchronization + "/jobs/\(jobs.member("value", 0, "id").string ?? "")/schema"
    }

    /// Saves the job's schema with more definitions and one more mapping of users.
    private func save(user: [JSONValue], group: [JSONValue] = [], mapped: String) {
        var json = client.world.send("GET", schema).json
        json = JSONEdit.each(json, ["directories", "objects"]) { object in
            var object = object
            let name = object["name"]?.string ?? ""
            guard name.contains(":") else { return object }
            object["attributes"] = .array(
                (object["attributes"]?.array ?? []) + (name.hasSuffix("Group") ? group : user))
            return object
        }
        json = JSONEdit.each(json, ["synchronizationRules", "objectMappings"]) { mapping in
            var mapping = mapping
            guard mapping["sourceObjectName"] == "User" else { return mapping }
            mapping["attributeMappings"] = .array(
                (mapping["attributeMappings"]?.array ?? []) + [
                    [
                        "targetAttributeName": .string(mapped), "matchingPriority": 0,
                        "flowType": "Always", "flowBehavior": "FlowWhenChanged",
                        "source": [
                            "type": "Attribute", "name": "department",
                            "expression": "[department]", "parameters": [],
                        ],
                    ]
                ])
            return mapping
        }
        let saved = client.world.send("PUT", schema, json)
        #expect(saved.status == 204, "\(saved.json.text)")
    }

    private static func definition(_ name: String, _ more: [(String, JSONValue)]) -> JSONValue {
        .object(
            JSONObject(
                [
                    ("name", .string(name)), ("type", "String"), ("multivalued", false),
                    ("caseExact", false), ("mutability", "ReadWrite"), ("required", false),
                ].filter { member in !more.contains { $0.0 == member.0 } } + more))
    }

    @Test func anExtensionOfTheJobsSchemaIsAnnounced() throws {
        #expect(client.send("GET", "/Schemas").member("totalResults") == 3)
        save(
            user: [
                Self.definition(
                    Self.custom + ":level",
                    [("type", "Integer"), ("required", true), ("mutability", "Immutable")]),
                Self.definition(
                    Self.custom + ":labels", [("multivalued", true), ("caseExact", true)]),
                Self.definition(Self.custom + ":badge.until", [("type", "DateTime")]),
                Self.definition(Self.custom + ":badge.lost", [("type", "Boolean")]),
                Self.definition(Self.custom + ":tag", []),
            ], group: [Self.definition(Self.group + ":kind", [("mutability", "WriteOnly")])],
            mapped: Self.custom + ":tag")

        let list = client.send("GET", "/Schemas")
        #expect(list.member("totalResults") == 5)
        let user = client.send("GET", "/Schemas/" + Self.custom)
        #expect(user.status == 200)
        #expect(user.member("name") == "CustomUser")
        #expect(user.member("schemas") == ["urn:ietf:params:scim:schemas:core:2.0:Schema"])
        let location = user.member("meta", "location").string ?? ""
        #expect(location.hasSuffix("/Schemas/" + Self.custom))
        let attributes = try #require(user.member("attributes").array).compactMap(\.object)
        #expect(
            attributes.compactMap { $0["name"]?.string } == ["level", "labels", "badge", "tag"])
        let told = attributes.map { attribute in
            [
                "type", "multiValued", "caseExact", "mutability", "required", "returned",
                "uniqueness",
            ].map { attribute[$0]?.string ?? attribute[$0]?.text ?? "-" }.joined(separator: " ")
        }
        #expect(
            told == [
                "integer false false immutable true default none",
                "string true true readWrite false default none",
                "complex false false readWrite false default none",
                "string false false readWrite false default none",
            ])
        let parts = (attributes[2]["subAttributes"]?.array ?? []).compactMap(\.object)
        #expect(parts.map { $0["name"] } == ["until", "lost"])
        #expect(parts.map { $0["type"] } == ["dateTime", "boolean"])
        let group = client.send("GET", "/Schemas/" + Self.group)
        #expect(group.member("attributes", 0, "name") == "kind")
        #expect(group.member("attributes", 0, "mutability") == "writeOnly")

        func extensions(_ type: String) -> [JSONValue] {
            (client.send("GET", "/ResourceTypes/" + type).member("schemaExtensions").array ?? [])
                .map { $0.object?["schema"] ?? .null }
        }
        #expect(
            extensions("User") == [.string(TargetClient.enterprise), .string(Self.custom)])
        #expect(extensions("Group") == [.string(Self.group)])
    }

    @Test func aPathWithAConditionIsAComplexAttributeOfSeveralElements() {
        let name = Self.custom + #":sites[kind eq "main"].code"#
        save(user: [Self.definition(name, [("caseExact", true)])], mapped: name)
        let site = client.send("GET", "/Schemas/" + Self.custom).member("attributes", 0).object
        #expect(site?["name"] == "sites")
        #expect(site?["type"] == "complex")
        #expect(site?["multiValued"] == true)
        let parts = (site?["subAttributes"]?.array ?? []).compactMap(\.object)
        #expect(parts.map { $0["name"] } == ["code", "kind"])
        #expect(parts.map { $0["type"] } == ["string", "string"])
        #expect(parts.map { $0["caseExact"] } == [true, false])
    }

    @Test func namesThatNoExtensionHasChangeNothing() {
        save(
            user: [
                Self.definition("nickName2", []),
                Self.definition(TargetClient.enterprise + ":division2", []),
            ], mapped: TargetClient.enterprise + ":division2")
        #expect(client.send("GET", "/Schemas").member("totalResults") == 3)
        let types = client.send("GET", "/ResourceTypes").member("Resources")
        #expect(types.array?[0].object?["schemaExtensions"]?.array?.count == 1)
        #expect(types.array?[1].object?["schemaExtensions"] == nil)
    }
}

/// Changes of objects deep in a document.
private enum JSONEdit {
    /// Changes every object at the end of a way through lists.
    static func each(
        _ value: JSONValue, _ way: [String], _ change: (JSONObject) -> JSONObject
    ) -> JSONValue {
        guard var members = value.object, let name = way.first else { return value }
        let rest = Array(way.dropFirst())
        members[name] = .array(
            (members[name]?.array ?? []).map { element in
                guard rest.isEmpty else { return each(element, rest, change) }
                return element.object.map { .object(change($0)) } ?? element
            })
        return .object(members)
    }
}
