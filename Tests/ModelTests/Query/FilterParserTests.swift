// $filter texts: what they mean, what is wrong with them.

import Foundation
import Model
import Testing

struct FilterParserTests {
    private let catalog: TypeCatalog
    private let user: StructuredType

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/Metadata")
        func json(_ name: String) throws -> JSONValue {
            try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: name))))
        }
        catalog = try TypeCatalog(json("types.json"), json("directory-types.json"))
        user = try #require(catalog.type("user"))
    }

    private func parse(_ text: String) throws(FilterSyntaxError) -> FilterExpression {
        try FilterParser.parse(text, over: user, of: catalog)
    }

    private static func path(
        _ names: String..., lambda: Int? = nil, kind: TypeProperty.Kind? = .string
    ) -> FilterPath { FilterPath(lambda: lambda, names: names, kind: kind) }

    private static let name = FilterOperand("displayName")
    private static let enabled = FilterOperand("accountEnabled", .boolean)
    private static let created = FilterOperand("createdDateTime", .dateTimeOffset)

    private static let meanings: [(text: String, filter: FilterExpression)] = [
        ("displayName eq 'a'", .compare(name, .equal, .string("a"))),
        ("DISPLAYNAME EQ 'it''s'", .compare(name, .equal, .string("it's"))),
        ("displayName ne null", .compare(name, .notEqual, .null)),
        ("accountEnabled", .compare(enabled, .equal, .boolean(true))),
        ("not accountEnabled", .not(.compare(enabled, .equal, .boolean(true)))),
        (
            "accountEnabled eq false and not (displayName eq 'a')",
            .and(
                .compare(enabled, .equal, .boolean(false)),
                .not(.compare(name, .equal, .string("a"))))
        ),
        (
            "displayName eq 'a' or displayName eq 'b' and accountEnabled eq true",
            .or(
                .compare(name, .equal, .string("a")),
                .and(
                    .compare(name, .equal, .string("b")),
                    .compare(enabled, .equal, .boolean(true))))
        ),
        (
            "(displayName eq 'a' or displayName eq 'b') and accountEnabled eq true",
            .and(
                .or(
                    .compare(name, .equal, .string("a")), .compare(name, .equal, .string("b"))),
                .compare(enabled, .equal, .boolean(true)))
        ),
        ("displayName in ('a','b', null)", .oneOf(name, [.string("a"), .string("b"), .null])),
        ("startswith(displayName,'a')", .match(.startsWith, name, "a")),
        ("startsWith( displayName , 'a' ) eq true", .match(.startsWith, name, "a")),
        ("endsWith(displayName,'a') eq false", .not(.match(.endsWith, name, "a"))),
        (
            "contains(tolower(displayName),'a')",
            .match(.contains, FilterOperand(path: name.path, function: .lower), "a")
        ),
        (
            "toupper(displayName) eq 'A'",
            .compare(FilterOperand(path: name.path, function: .upper), .equal, .string("A"))
        ),
        (
            "createdDateTime ge 2024-01-01",
            .compare(
                created, .greaterOrEqual,
                .instant(Timestamp(parsing: "2024-01-01T00:00:00Z") ?? .never))
        ),
        (
            "createdDateTime lt 2024-01-01T01:00:00+01:00",
            .compare(
                created, .less, .instant(Timestamp(parsing: "2024-01-01T00:00:00Z") ?? .never))
        ),
        (
            "employeeOrgData/costCenter eq 'x'",
            .compare(
                FilterOperand(path: path("employeeOrgData", "costCenter")), .equal, .string("x"))
        ),
        (
            "proxyAddresses/any(p:endsWith(p,'x'))",
            .any(
                path("proxyAddresses"),
                .match(.endsWith, FilterOperand(path: path(lambda: 0)), "x"))
        ),
        (
            "assignedLicenses/any(l:l/skuId eq 11111111-2222-3333-4444-555555555555)",
            .any(
                path("assignedLicenses", kind: .structured("assignedLicense")),
                .compare(
                    FilterOperand(path: path("skuId", lambda: 0, kind: .guid)), .equal,
                    .guid(GUID(high: 0x1111_1111_2222_3333, low: 0x4444_5555_5555_5555))))
        ),
        ("otherMails/any()", .any(path("otherMails"), nil)),
        (
            "otherMails/all(m:m ne 'x')",
            .all(
                path("otherMails"),
                .compare(FilterOperand(path: path(lambda: 0)), .notEqual, .string("x")))
        ),
        (
            "assignedLicenses/$count eq 0",
            .compare(
                FilterOperand(
                    path: path("assignedLicenses", kind: .structured("assignedLicense")),
                    function: .count), .equal, .integer(0))
        ),
        (
            "extension_abc_size gt 5",
            .compare(
                FilterOperand(path: path("extension_abc_size", kind: nil)), .greater, .integer(5))
        ),
    ]

    @Test(arguments: meanings.indices)
    func means(index: Int) throws {
        let (text, filter) = FilterParserTests.meanings[index]
        #expect(try parse(text) == filter, "\(text)")
    }

    private static let mistakes: [(text: String, error: FilterSyntaxError)] = [
        ("", .unexpectedToken(1)), ("displayName eq", .unexpectedToken(3)),
        ("displayName", .noCondition), ("displayName eq 'a", .unterminatedString),
        ("displayName eq 'a' and", .unexpectedToken(5)),
        ("(displayName eq 'a'", .unexpectedToken(5)),
        ("displayName eq 'a')", .unexpectedToken(4)),
        ("displayName like 'a'", .unknownOperator("like")),
        ("displayName eq 'a' xor accountEnabled", .unknownOperator("xor")),
        ("nope eq 'a'", .unknownProperty(name: "nope", type: "user")),
        (
            "employeeOrgData/nope eq 'a'",
            .unknownProperty(name: "nope", type: "employeeOrgData")
        ),
        ("displayName/x eq 'a'", .unknownProperty(name: "x", type: "Edm.String")),
        ("substringof('a',displayName)", .unknownFunction("substringof")),
        ("length(displayName) eq 5", .unknownFunction("length")),
        (
            "accountEnabled eq 'x'",
            .incompatibleTypes(left: "Edm.Boolean", right: "Edm.String", comparison: .equal)
        ),
        (
            "displayName gt 7",
            .incompatibleTypes(left: "Edm.String", right: "Edm.Int32", comparison: .greater)
        ),
        (
            "createdDateTime le '2024-01-01'",
            .incompatibleTypes(
                left: "Edm.DateTimeOffset", right: "Edm.String", comparison: .lessOrEqual)
        ),
        ("createdDateTime eq 2024-13-01", .badLiteral("2024-13-01")),
        ("otherMails eq 'a'", .collection(property: "otherMails")),
        ("displayName/any(x:x eq 'a')", .noCollection(property: "displayName")),
        ("otherMails/any(x eq 'a')", .unexpectedToken(3)),
        ("otherMails/any(x:y eq 'a')", .unknownProperty(name: "y", type: "user")),
        (
            "startswith(accountEnabled,'x')",
            .wrongArgument(
                function: "startswith", property: "accountEnabled", type: "Edm.Boolean")
        ),
        ("startswith(displayName)", .unexpectedToken(4)),
        ("extension_a\"b eq 'x'", .unknownProperty(name: "extension_a\"b", type: "user")),
        (String(repeating: "(", count: 30_000), .tooDeep),
        (String(repeating: "not ", count: 30_000) + "accountEnabled", .tooDeep),
        (
            Array(repeating: "accountEnabled", count: 5_000).joined(separator: " and "),
            .tooManyTerms
        ),
        ("displayName in ('" + String(repeating: "a','", count: 5_000) + "')", .tooManyTerms),
    ]

    @Test(arguments: mistakes.indices)
    func refuses(index: Int) throws {
        let (text, error) = FilterParserTests.mistakes[index]
        #expect(throws: error, "\(text.prefix(80))") { try parse(text) }
    }

    @Test func enumerationsAreReadWithoutCase() throws {
        let log = try #require(catalog.type("provisioningObjectSummary"))
        let filter = try FilterParser.parse(
            "provisioningAction eq 'Create'", over: log, of: catalog)
        #expect(
            filter
                == .compare(
                    FilterOperand("provisioningAction", .enumeration("provisioningAction")),
                    .equal, .string("create")))
        #expect(throws: FilterSyntaxError.badLiteral("explode")) {
            try FilterParser.parse("provisioningAction eq 'explode'", over: log, of: catalog)
        }
    }

    @Test(arguments: [
        ("\"displayName:ann\"", 1), ("\"displayName:ann\" AND \"mail:x\"", 2),
        ("\"displayName:a\" OR (\"displayName:b\" AND \"displayName:c d\")", 3),
    ])
    func searchesForWords(text: String, words: Int) throws {
        let filter = try SearchParser.parse(text, over: user)
        #expect("\(filter)".components(separatedBy: ".word").count - 1 == words)
    }

    @Test(arguments: [
        "", "displayName:ann", "\"ann\"", "\"displayName:ann", "\"nope:ann\"", "\"city:ann\"",
        "\"displayName:a\" \"displayName:b\"", "\"displayName:a\" AND",
        String(repeating: "(", count: 30_000),
    ])
    func refusesWhatIsNoSearch(text: String) {
        #expect(throws: FilterSyntaxError.self) { try SearchParser.parse(text, over: user) }
    }
}
