// Bodies that change an object: checked without being completed.

import Model
import Testing

struct BodyNormalizerChangesTests {
    private func normalizer(lenient: Bool = false) throws -> BodyNormalizer {
        let document: JSONValue = [
            "enums": [["name": "color", "members": ["Red", "Green"]]],
            "types": [
                [
                    "name": "thing", "open": true,
                    "properties": [
                        ["name": "title", "type": "Edm.String"],
                        ["name": "isBig", "type": "Edm.Boolean", "nullable": false],
                        ["name": "color", "type": "color"], ["name": "part", "type": "part"],
                        ["name": "parts", "type": "part", "collection": true],
                    ],
                ],
                [
                    "name": "part",
                    "properties": [
                        ["name": "size", "type": "Edm.Int32"],
                        ["name": "born", "type": "Edm.DateTimeOffset"],
                    ],
                ],
            ],
        ]
        return BodyNormalizer(
            catalog: try TypeCatalog(document), dropsUnknownMembers: lenient)
    }

    @Test func whatIsLeftOutStaysOut() throws {
        let body = JSONObject([
            ("@odata.type", "#thing"), ("part", ["size": 1]), ("title", .null),
        ])
        let changes = try normalizer().changes(body, as: "thing")
        #expect(changes == JSONObject([("part", ["size": 1]), ("title", .null)]))
    }

    @Test func elementsOfCollectionsAreWhole() throws {
        let changes = try normalizer().changes(
            JSONObject([("parts", [["size": 1]])]), as: "thing")
        #expect(changes["parts"] == [["size": 1, "born": .null]])
    }

    @Test(arguments: [
        (JSONObject([("isBig", .null)]), BodyError.Reason.nullNotAllowed(expected: "Edm.Boolean")),
        (JSONObject([("title", 1)]), .wrongType(expected: "Edm.String", found: "Number")),
        (JSONObject([("color", "Blue")]), .unknownMember(value: "Blue", enumeration: "color")),
        (JSONObject([("shape", "x")]), .unknownProperty(type: "thing")),
        (JSONObject([("part", 1)]), .wrongType(expected: "microsoft.graph.part", found: "Number")),
        (
            JSONObject([("part", ["born": "soon"])]),
            .badValue(value: "soon", expected: "Edm.DateTimeOffset")
        ),
        (
            JSONObject([("parts", .null)]),
            .nullNotAllowed(expected: "Collection(microsoft.graph.part)")
        ),
    ])
    func namesWhatDoesNotFit(body: JSONObject, reason: BodyError.Reason) throws {
        let normalizer = try normalizer()
        do {
            _ = try normalizer.changes(body, as: "thing")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.reason == reason)
        }
    }

    @Test func membersThatTheCallerVouchesForAreKept() throws {
        let body = JSONObject([("extension_x", 1), ("shape", 2)])
        let changes = try normalizer(lenient: true)
            .changes(body, as: "thing", welcoming: { $0.hasPrefix("extension_") })
        #expect(changes == JSONObject([("extension_x", 1)]))
    }
}
