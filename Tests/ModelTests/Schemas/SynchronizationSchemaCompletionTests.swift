// A schema as a client sends it, made into a schema as the service gives it.

import Model
import Testing

struct SynchronizationSchemaCompletionTests {
    private let catalog: TypeCatalog

    init() throws { catalog = try TypeCatalog(MetadataDocument.json()) }

    private func complete(_ text: String, lenient: Bool = false) throws -> SynchronizationSchema {
        try SynchronizationSchema(
            completing: try JSONValue(parsing: text), by: catalog, dropsUnknownMembers: lenient)
    }

    /// The source of the only attribute mapping of a schema that has but this source.
    private func completedSource(_ source: String) throws -> JSONValue? {
        let schema = try complete(
            #"{"synchronizationRules":[{"objectMappings":[{"attributeMappings":[{"source":"#
                + source + "}]}]}]}")
        let rule = schema.json["synchronizationRules"]?.array?.first?.object
        let mapping = rule?["objectMappings"]?.array?.first?.object
        return mapping?["attributeMappings"]?.array?.first?.object?["source"]
    }

    private static let sources: [(String, name: String, type: String, expression: String)] = [
        (#"{"type":"Attribute","name":"mail"}"#, "mail", "Attribute", "[mail]"),
        (#"{"name":"mail"}"#, "mail", "Attribute", "[mail]"),
        (#"{"type":"Attribute","name":"mail","expression":null}"#, "mail", "Attribute", "[mail]"),
        (
            #"{"type":"Attribute","name":"mail","expression":"ToLower([mail])"}"#, "mail",
            "Attribute", "ToLower([mail])"
        ),
        (#"{"type":"Constant","name":"a"}"#, "a", "Constant", #""a""#),
        (#"{"type":"Constant","name":""}"#, "", "Constant", #""""#),
        (#"{"type":"Constant","name":"a\"b\\c"}"#, #"a"b\c"#, "Constant", #""a\"b\\c""#),
    ]

    @Test(arguments: sources)
    func givesASourceTheExpressionOfItsName(
        given: String, name: String, type: String, expression: String
    ) throws {
        let expected: JSONValue = [
            "expression": .string(expression), "name": .string(name), "type": .string(type),
            "parameters": [],
        ]
        #expect(try completedSource(given) == expected)
    }

    @Test(arguments: [
        #"{"type":"Function","name":"Not"}"#, #"{"type":"Attribute"}"#, #"{"type":"Constant"}"#,
    ])
    func givesNoExpressionWhereTheNameMeansNone(given: String) throws {
        #expect(try completedSource(given)?.object?["expression"] == JSONValue.null)
    }

    @Test func givesParametersTheirExpressionsToo() throws {
        let source = try completedSource(
            #"""
            {"type":"Function","name":"Append","expression":"Append([a], \"b\")","parameters":[
              {"key":"source","value":{"name":"a"}},
              {"key":"suffix","value":{"type":"Constant","name":"b"}},
              {"key":"none","value":null},
              {"key":"inner","value":{"type":"Function","name":"Not","parameters":[
                {"key":"source","value":{"name":"c"}}]}}]}
            """#)
        let expected = try JSONValue(
            parsing: #"""
                {"expression":"Append([a], \"b\")","name":"Append","type":"Function","parameters":[
                  {"key":"source","value":
                    {"expression":"[a]","name":"a","type":"Attribute","parameters":[]}},
                  {"key":"suffix","value":
                    {"expression":"\"b\"","name":"b","type":"Constant","parameters":[]}},
                  {"key":"none","value":null},
                  {"key":"inner","value":
                    {"expression":null,"name":"Not","type":"Function","parameters":[
                      {"key":"source","value":
                        {"expression":"[c]","name":"c","type":"Attribute","parameters":[]}}]}}]}
                """#)
        #expect(source == expected)
    }

    @Test func aSourceThatIsNullStaysNull() throws {
        #expect(try completedSource("null") == JSONValue.null)
    }

    @Test func fillsInEveryDefaultInTheServicesOrder() throws {
        let schema = try complete(
            #"""
            {"directories":[{"name":"d","objects":[{"name":"o","attributes":[{"name":"a"}]}]}],
             "synchronizationRules":[{"name":"r","objectMappings":[
               {"name":"m","attributeMappings":[{"targetAttributeName":"t"}]}]}]}
            """#)
        let expected = try JSONValue(
            parsing: #"""
                {"version":null,"synchronizationRules":[
                  {"containerFilter":null,"editable":false,"groupFilter":null,"id":null,"name":"r",
                   "priority":0,"sourceDirectoryName":null,"targetDirectoryName":null,
                   "metadata":[],"objectMappings":[
                    {"enabled":false,"flowTypes":"Add,Update,Delete","name":"m","scope":null,
                     "sourceObjectName":null,"targetObjectName":null,"attributeMappings":[
                      {"defaultValue":null,"exportMissingReferences":false,
                       "flowBehavior":"FlowWhenChanged","flowType":"Always","matchingPriority":0,
                       "source":null,"targetAttributeName":"t"}],"metadata":[]}]}],
                 "directories":[
                  {"discoverabilities":"None","discoveryDateTime":null,"name":"d",
                   "readOnly":false,"version":null,"objects":[
                    {"name":"o","attributes":[
                      {"anchor":false,"caseExact":false,"defaultValue":null,
                       "flowNullValues":false,"multivalued":false,"mutability":"ReadWrite",
                       "name":"a","required":false,"type":"String","apiExpressions":[],
                       "metadata":[],"referencedObjects":[]}],
                     "metadata":[],"supportedApis":[]}]}]}
                """#)
        #expect(JSONValue.object(schema.json) == expected)
        #expect(try complete(expected.text) == schema, "completing twice changes it")
    }

    @Test func anEmptyDocumentIsASchemaWithoutRules() throws {
        let schema = try complete("{}")
        let expected: JSONValue = ["version": nil, "synchronizationRules": [], "directories": []]
        #expect(JSONValue.object(schema.json) == expected)
    }

    @Test func namesTheMemberThatDoesNotFit() throws {
        let text = #"{"synchronizationRules":[{"objectMappings":[{},{"enabeld":true}]}]}"#
        let error = BodyError(
            reason: .unknownProperty(type: "objectMapping"),
            path: "synchronizationRules[0].objectMappings[1].enabeld")
        #expect(throws: error) { try complete(text) }
        let lenient = try complete(text, lenient: true)
        let rule = lenient.json["synchronizationRules"]?.array?.first?.object
        #expect(rule?["objectMappings"]?.array?.last?.object?["enabeld"] == nil)
        #expect(rule?["objectMappings"]?.array?.count == 2)
    }
}
