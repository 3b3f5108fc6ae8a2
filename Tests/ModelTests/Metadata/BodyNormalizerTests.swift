// Bodies checked, completed and put in order, over a catalog with one of everything.

import Model
import Testing

struct BodyNormalizerTests {
    private let strict: BodyNormalizer
    private let lenient: BodyNormalizer

    init() throws {
        let catalog = try TypeCatalog(JSONValue(parsing: BodyNormalizerTests.catalog))
        strict = BodyNormalizer(catalog: catalog)
        lenient = BodyNormalizer(catalog: catalog, dropsUnknownMembers: true)
    }

    private static let catalog = #"""
        {"enums":[
          {"name":"color","flags":false,"members":["Red","Green"]},
          {"name":"sides","flags":true,"members":["None","Left","Right"]},
          {"name":"flows","flags":true,"members":["None","Add","Update","Delete"]},
          {"name":"synchronizationMetadata","flags":false,"members":["Known"]}],
         "types":[
          {"name":"entity","properties":[{"name":"id","type":"Edm.String","nullable":false}]},
          {"name":"thing","base":"entity","properties":[
            {"name":"tags","type":"Edm.String","collection":true},
            {"name":"name","type":"Edm.String"},
            {"name":"parts","type":"part","collection":true},
            {"name":"main","type":"part"},
            {"name":"color","type":"color","nullable":false},
            {"name":"sides","type":"sides"},
            {"name":"key","type":"synchronizationMetadata"},
            {"name":"owner","type":"thing","navigation":true},
            {"name":"others","type":"thing","collection":true,"navigation":true}]},
          {"name":"part","properties":[
            {"name":"on","type":"Edm.Boolean","nullable":false},
            {"name":"size","type":"Edm.Int32","nullable":false},
            {"name":"total","type":"Edm.Int64","nullable":false},
            {"name":"ratio","type":"Edm.Double","nullable":false},
            {"name":"guid","type":"Edm.Guid","nullable":false},
            {"name":"at","type":"Edm.DateTimeOffset","nullable":false},
            {"name":"for","type":"Edm.Duration","nullable":false},
            {"name":"raw","type":"Edm.Binary"},
            {"name":"far","type":"unserved"}]},
          {"name":"labelled","properties":[
            {"name":"label","type":"Edm.String","nullable":false}]},
          {"name":"bag","open":true,"properties":[{"name":"key","type":"Edm.String"}]},
          {"name":"box","base":"bag","properties":[{"name":"lid","type":"part"}]},
          {"name":"objectMapping","properties":[
            {"name":"flowTypes","type":"flows","nullable":false}]},
          {"name":"synchronizationSchema","base":"entity","properties":[
            {"name":"directories","type":"thing","collection":true,"navigation":true}]}]}
        """#

    // MARK: What is wrong, and where

    private static let wrong: [(type: String, body: String, BodyError.Reason, path: String)] = [
        ("thing", "[]", .notAnObject, ""), ("thing", "null", .notAnObject, ""),
        ("thing", "\"x\"", .notAnObject, ""),
        ("nothing", "{}", .unknownProperty(type: "nothing"), ""),
        ("thing", #"{"x":1}"#, .unknownProperty(type: "thing"), "x"),
        ("thing", #"{"Name":"x"}"#, .unknownProperty(type: "thing"), "Name"),
        ("thing", #"{"main":{"on":true,"x":1}}"#, .unknownProperty(type: "part"), "main.x"),
        ("thing", #"{"parts":[{},{"y":1}]}"#, .unknownProperty(type: "part"), "parts[1].y"),
        (
            "thing", #"{"owner":{"others":[{"main":{"x":1}}]}}"#,
            .unknownProperty(type: "part"), "owner.others[0].main.x"
        ),
        ("box", #"{"free":1,"lid":{"x":1}}"#, .unknownProperty(type: "part"), "lid.x"),

        (
            "thing", #"{"name":1}"#, .wrongType(expected: "Edm.String", found: "Number"),
            "name"
        ),
        (
            "thing", #"{"name":true}"#, .wrongType(expected: "Edm.String", found: "Boolean"),
            "name"
        ),
        (
            "thing", #"{"name":{}}"#, .wrongType(expected: "Edm.String", found: "Object"),
            "name"
        ),
        (
            "thing", #"{"tags":"a"}"#,
            .wrongType(expected: "Collection(Edm.String)", found: "String"), "tags"
        ),
        (
            "thing", #"{"tags":["a",2]}"#, .wrongType(expected: "Edm.String", found: "Number"),
            "tags[1]"
        ),
        (
            "thing", #"{"tags":[null]}"#, .wrongType(expected: "Edm.String", found: "Null"),
            "tags[0]"
        ),
        (
            "thing", #"{"parts":{}}"#,
            .wrongType(expected: "Collection(microsoft.graph.part)", found: "Object"), "parts"
        ),
        (
            "thing", #"{"parts":[[]]}"#,
            .wrongType(expected: "microsoft.graph.part", found: "Array"), "parts[0]"
        ),
        (
            "thing", #"{"main":"x"}"#,
            .wrongType(expected: "microsoft.graph.part", found: "String"), "main"
        ),
        (
            "thing", #"{"color":1}"#,
            .wrongType(expected: "microsoft.graph.color", found: "Number"), "color"
        ),
        (
            "thing", #"{"main":{"on":"true"}}"#,
            .wrongType(expected: "Edm.Boolean", found: "String"), "main.on"
        ),
        (
            "thing", #"{"main":{"size":1.0}}"#,
            .wrongType(expected: "Edm.Int32", found: "Number"), "main.size"
        ),
        (
            "thing", #"{"main":{"total":"1"}}"#,
            .wrongType(expected: "Edm.Int64", found: "String"), "main.total"
        ),
        (
            "thing", #"{"main":{"ratio":"1"}}"#,
            .wrongType(expected: "Edm.Double", found: "String"), "main.ratio"
        ),
        (
            "thing", #"{"main":{"at":1}}"#,
            .wrongType(expected: "Edm.DateTimeOffset", found: "Number"), "main.at"
        ),
        (
            "thing", #"{"main":{"raw":[]}}"#,
            .wrongType(expected: "Edm.Binary", found: "Array"), "main.raw"
        ),

        ("thing", #"{"color":null}"#, .nullNotAllowed(expected: "microsoft.graph.color"), "color"),
        (
            "thing", #"{"parts":[{"on":null}]}"#, .nullNotAllowed(expected: "Edm.Boolean"),
            "parts[0].on"
        ),
        ("thing", #"{"id":null}"#, .nullNotAllowed(expected: "Edm.String"), "id"),

        (
            "thing", #"{"color":"red"}"#, .unknownMember(value: "red", enumeration: "color"),
            "color"
        ),
        (
            "thing", #"{"color":"Red,Green"}"#,
            .unknownMember(value: "Red,Green", enumeration: "color"), "color"
        ),
        ("thing", #"{"sides":"Up"}"#, .unknownMember(value: "Up", enumeration: "sides"), "sides"),
        (
            "thing", #"{"sides":"Left,"}"#, .unknownMember(value: "Left,", enumeration: "sides"),
            "sides"
        ),

        (
            "thing", #"{"main":{"size":2147483648}}"#,
            .badValue(value: "2147483648", expected: "Edm.Int32"), "main.size"
        ),
        (
            "thing", #"{"main":{"guid":"x"}}"#, .badValue(value: "x", expected: "Edm.Guid"),
            "main.guid"
        ),
        (
            "thing", #"{"main":{"at":"2026-02-30T00:00:00Z"}}"#,
            .badValue(value: "2026-02-30T00:00:00Z", expected: "Edm.DateTimeOffset"), "main.at"
        ),
        (
            "thing", #"{"main":{"for":"40 minutes"}}"#,
            .badValue(value: "40 minutes", expected: "Edm.Duration"), "main.for"
        ),
    ]

    @Test(arguments: wrong)
    func refuses(type: String, body: String, reason: BodyError.Reason, path: String) throws {
        let json = try JSONValue(parsing: body)
        #expect(throws: BodyError(reason: reason, path: path)) {
            try strict.normalize(json, as: type)
        }
    }

    /// Names and null are what `--lenient` relaxes; types and values stay as they are.
    @Test(arguments: wrong)
    func relaxesNamesAndNullOnly(
        type: String, body: String, reason: BodyError.Reason, path: String
    ) throws {
        let json = try JSONValue(parsing: body)
        switch reason {
        case .unknownProperty where type != "nothing", .nullNotAllowed:
            #expect(throws: Never.self) { try lenient.normalize(json, as: type) }
        default:
            #expect(throws: BodyError(reason: reason, path: path)) {
                try lenient.normalize(json, as: type)
            }
        }
    }

    // MARK: What comes out

    private static let emptyThing =
        #"{"name":null,"main":null,"color":"Red","sides":null,"key":null,"tags":[],"parts":[]}"#
    private static let emptyPart = #"""
        {"on":false,"size":0,"total":0,"ratio":0,"guid":"00000000-0000-0000-0000-000000000000",
         "at":"0001-01-01T00:00:00Z","for":"PT0S","raw":null,"far":null}
        """#

    private static let complete: [(type: String, body: String, result: String)] = [
        ("thing", "{}", emptyThing),
        ("part", "{}", emptyPart),
        ("objectMapping", "{}", #"{"flowTypes":"Add,Update,Delete"}"#),
        ("objectMapping", #"{"flowTypes":"None"}"#, #"{"flowTypes":"None"}"#),
        // The one navigation property that is always shown.
        ("synchronizationSchema", "{}", #"{"directories":[]}"#),
        ("synchronizationSchema", #"{"directories":null}"#, #"{"directories":[]}"#),
        // The identifier first, then single values, then collections.
        (
            "thing", #"{"tags":["b","a"],"parts":[],"key":null,"color":"Green","id":"7"}"#,
            #"{"id":"7","name":null,"main":null,"color":"Green","sides":null,"key":null,"#
                + #""tags":["b","a"],"parts":[]}"#
        ),
        // Navigation properties stay out until they are given.
        (
            "objectMapping",
            ##"{"@odata.type":"#microsoft.graph.objectMapping","flowTypes":"Add"}"##,
            #"{"flowTypes":"Add"}"#
        ),
        (
            "objectMapping", ##"{"flowTypes@odata.type":"#x","flowTypes":" Add , Delete "}"##,
            #"{"flowTypes":" Add , Delete "}"#
        ),
        // Open types keep what they are not asked about, in the order given, annotations too.
        (
            "bag", #"{"z":{"y":[1]},"@odata.type":"x","key":"k","a":null}"#,
            #"{"key":"k","z":{"y":[1]},"@odata.type":"x","a":null}"#
        ),
        ("box", #"{"z":1,"lid":null}"#, #"{"key":null,"lid":null,"z":1}"#),
    ]

    @Test(arguments: complete)
    func completes(type: String, body: String, result: String) throws {
        let json = try JSONValue(parsing: body)
        let expected = try JSONValue(parsing: result)
        for normalizer in [strict, lenient] {
            #expect(.object(try normalizer.normalize(json, as: type)) == expected)
        }
        #expect(.object(try strict.normalize(expected, as: type)) == expected, "not complete")
    }

    @Test func completesWhatLiesDeeper() throws {
        let part = try JSONValue(parsing: BodyNormalizerTests.emptyPart)
        let body = JSONObject([("parts", [[:], part]), ("main", [:]), ("owner", [:])])
        let result = try strict.normalize(.object(body), as: "thing")
        #expect(result["parts"] == [part, part])
        #expect(result["main"] == part)
        #expect(result["owner"] == (try JSONValue(parsing: BodyNormalizerTests.emptyThing)))
        #expect(
            result.names == [
                "name", "main", "color", "sides", "key", "owner", "tags", "parts",
            ])
    }

    @Test(arguments: [
        #"{"size":2147483647}"#, #"{"size":-2147483648}"#, #"{"total":9223372036854775807}"#,
        #"{"ratio":1}"#, #"{"ratio":0.5}"#, #"{"guid":"60443998-8CF7-4E61-B05C-A53B658CB5E1"}"#,
        #"{"at":"2026-11-23T13:05:07.1+01:00"}"#, #"{"for":"P1W"}"#, #"{"raw":"AA=="}"#,
        #"{"far":[1,{"x":2}]}"#, #"{"far":"x"}"#,
    ])
    func keepsValuesAsTheyWereWritten(body: String) throws {
        let json = try JSONValue(parsing: body)
        let given = try #require(json.object?.members.first)
        #expect(try strict.normalize(json, as: "part")[given.name] == given.value)
    }

    /// What is filled in for a text that can't be null has to be taken when it comes back.
    @Test func aMissingTextIsRefusedOrFilledInWithOne() throws {
        do throws(BodyError) {
            let result = try strict.normalize([:], as: "labelled")
            #expect(result["label"]?.string != nil)
        } catch {
            #expect(error.path == "label")
        }
    }

    @Test(arguments: ["Known", "AzureIngestionAttributeOptimization", ""])
    func anOpenEnumerationTakesEveryText(key: String) throws {
        let json: JSONValue = ["key": .string(key)]
        #expect(try strict.normalize(json, as: "thing")["key"] == .string(key))
    }

    @Test func anOpenEnumerationTakesTextOnly() {
        let reason = BodyError.Reason.wrongType(
            expected: "microsoft.graph.synchronizationMetadata", found: "Number")
        #expect(throws: BodyError(reason: reason, path: "key")) {
            try strict.normalize(["key": 1], as: "thing")
        }
    }

    @Test func lenientDropsUnknownMembersAndReadsNullAsLeftOut() throws {
        let json = try JSONValue(
            parsing: #"{"x":1,"color":null,"main":{"y":2,"size":null,"raw":"l"}}"#)
        let result = try lenient.normalize(json, as: "thing")
        var part = try #require(try JSONValue(parsing: BodyNormalizerTests.emptyPart).object)
        part["raw"] = "l"
        #expect(result["x"] == nil)
        #expect(result["color"] == "Red")
        #expect(result["main"] == .object(part))
    }
}
