// Schemas as values: identifiers, versions and the mappings that run.

import Model
import Testing

struct SynchronizationSchemaTests {
    private static func schema(_ text: String) throws -> SynchronizationSchema {
        SynchronizationSchema(normalized: try #require(try JSONValue(parsing: text).object))
    }

    @Test(arguments: [
        ("v1.2", "v1.3"), ("v1.9", "v1.10"), ("v1.09", "v1.10"), ("6.0", "6.1"), ("6", "7"),
        ("", "1"), ("v", "v1"), ("v1.", "v1.1"), ("v1.2-beta", "v1.2-beta1"),
        ("1\u{0662}", "1\u{0662}1"), ("v1.9223372036854775806", "v1.9223372036854775807"),
    ])
    func countsVersionsUp(previous: String, next: String) throws {
        let schema = try SynchronizationSchemaTests.schema(#"{"id":"a","version":"mine"}"#)
        let versioned = schema.version(after: previous)
        #expect(versioned.version == next)
        #expect(versioned.json["id"] == "a")
        #expect(schema.version == "mine")
    }

    /// A version is text: a number in it that no integer holds is counted up all the same, or
    /// kept apart from the one before in another way, but it never stays and never falls back.
    @Test(arguments: ["v99999999999999999999", "v1.18446744073709551616"])
    func countsBeyondTheLargestInteger(previous: String) throws {
        let schema = try SynchronizationSchemaTests.schema("{}")
        let next = schema.version(after: previous).version
        #expect(next != previous)
        #expect(next.utf8.count >= previous.utf8.count, "\(next) looks older than \(previous)")
    }

    @Test func survivesTheLargestInteger() async {
        await #expect(processExitsWith: .success) {
            let schema = SynchronizationSchema(normalized: JSONObject())
            _ = schema.version(after: "v9223372036854775807")
        }
    }

    @Test func theIdentifierComesFirst() throws {
        let schema = try SynchronizationSchemaTests.schema(
            #"{"version":"1","id":"old","synchronizationRules":[]}"#)
        let identified = schema.identified("new")
        #expect(
            JSONValue.object(identified.json).text
                == #"{"id":"new","version":"1","synchronizationRules":[]}"#)
        #expect(identified.identified("new") == identified)
    }

    @Test func hasNoVersionWhenItHasNone() throws {
        #expect(try SynchronizationSchemaTests.schema("{}").version == "")
        #expect(try SynchronizationSchemaTests.schema(#"{"version":null}"#).version == "")
    }

    @Test func listsTheMappingsThatRun() throws {
        let schema = try SynchronizationSchemaTests.schema(
            #"""
            {"synchronizationRules":[
              {"sourceDirectoryName":"A","objectMappings":[
                {"enabled":true,"sourceObjectName":"User","scope":null},
                {"enabled":false,"sourceObjectName":"Group","scope":null},
                {"enabled":true,"sourceObjectName":"Group","scope":{"groups":[]}},
                {"enabled":true,"sourceObjectName":null}]},
              {"sourceDirectoryName":null,"objectMappings":[
                {"enabled":true,"sourceObjectName":"User"}]},
              {"sourceDirectoryName":"B","objectMappings":[
                {"enabled":true,"sourceObjectName":"worker"}]}]}
            """#)
        let mappings = schema.enabledMappings
        #expect(mappings.map(\.sourceDirectory) == ["A", "A", "B"])
        #expect(mappings.map(\.sourceObject) == ["User", "Group", "worker"])
        #expect(mappings.map(\.hasScope) == [false, true, false])
    }

    @Test(arguments: ["{}", #"{"synchronizationRules":null}"#, #"{"synchronizationRules":[1]}"#])
    func hasNoMappingsWithoutRules(text: String) throws {
        #expect(try SynchronizationSchemaTests.schema(text).enabledMappings.isEmpty)
    }
}
