// Service principals: there and back, filtered and in pages.

import Model
import Testing

@testable import Storage

struct ServicePrincipalTableTests {
    private let world: TestDatabase
    private var table: ServicePrincipalTable { world.database.servicePrincipals }

    init() throws { world = try TestDatabase() }

    private func insert(_ number: UInt64, _ members: [(String, JSONValue)] = []) throws {
        try table.insert(Sample.servicePrincipal(number, members))
    }

    /// The numbers of the objects that a filter selects.
    private func numbers(_ filter: FilterExpression?) throws -> [UInt64] {
        try list(ListQuery(filter: filter, limit: 100)).map(\.object.id.low)
    }

    private func list(_ query: ListQuery) throws -> [ListedObject] {
        try world.database.reader.list(.servicePrincipal, query)
    }

    // MARK: Rows

    @Test func objectsComeBackAsTheyWereWritten() throws {
        let object = try Sample.servicePrincipal(
            1,
            [
                ("displayName", "Salesforce \u{1F600} \u{0} \"x\""), ("accountEnabled", false),
                ("applicationTemplateId", nil), ("tags", ["a", "b"]), ("z", ["y": [.number(1.5)]]),
            ])
        try table.insert(object)
        #expect(try table.load(id: object.id) == object)
        #expect(try table.load(appID: Sample.id(1_001)) == object)
        #expect(try table.load(id: Sample.id(1_001)) == nil)
        #expect(try table.load(appID: object.id) == nil)
        #expect(try table.count() == 1)
    }

    @Test func anIdentifierIsTakenOnce() throws {
        try insert(1)
        let sameID = try Sample.object(1, [("appId", .string(Sample.id(9).description))])
        let sameApp = try Sample.object(2, [("appId", .string(Sample.id(1_001).description))])
        let noApp = try Sample.object(3)
        for object in [sameID, sameApp, noApp] {
            let error = #expect(throws: StorageError.self) { try table.insert(object) }
            guard case .statement(let code, _, _)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(code & 0xFF == 19)
        }
        #expect(try table.count() == 1)
    }

    @Test func aBodyThatCannotBeReadNamesItsTable() throws {
        for (id, body) in [("1", "{}"), ("2", "[]"), ("3", "{\"id\":\"x\"}")] {
            try world.database.connection.run(
                "INSERT INTO service_principals (id, app_id, body) VALUES (?1, ?1, ?2)",
                .text(Sample.id(UInt64(id) ?? 0).description), .text(body))
            let error = StorageError.unreadableRow(table: "service_principals", key: body)
            #expect(throws: error) { try table.load(id: Sample.id(UInt64(id) ?? 0)) }
        }
        #expect(
            throws: StorageError.unreadableRow(table: "service_principals", key: "{}")
        ) {
            try list(ListQuery(limit: 10))
        }
    }

    // MARK: Filters

    @Test func filtersByEachOfItsColumns() throws {
        try insert(1, [("displayName", "A"), ("accountEnabled", true)])
        try insert(
            2,
            [
                ("displayName", "B"), ("accountEnabled", false),
                ("servicePrincipalType", "Application"),
                ("applicationTemplateId", .string(Sample.id(7).description.uppercased())),
            ])
        try insert(3)
        let expected: [(String, FilterLiteral, [UInt64])] = [
            ("id", .string(Sample.id(2).description), [2]),
            ("id", .string(Sample.id(2).description.uppercased()), [2]),
            ("appId", .string(Sample.id(1_003).description), [3]),
            ("displayName", .string("a"), [1]), ("displayName", .string("C"), []),
            ("displayName", .null, [3]), ("servicePrincipalType", .string("APPLICATION"), [2]),
            ("servicePrincipalType", .null, [1, 3]), ("accountEnabled", .boolean(true), [1, 3]),
            ("accountEnabled", .boolean(false), [2]), ("accountEnabled", .null, []),
            ("applicationTemplateId", .string(Sample.id(7).description), [2]),
        ]
        for (property, literal, numbers) in expected {
            let found = try self.numbers(.equal(property: property, literal))
            #expect(found == numbers, "\(property) eq \(literal)")
        }
        #expect(try numbers(nil) == [1, 2, 3])
    }

    @Test func joinsConditions() throws {
        try insert(1, [("displayName", "Alpha"), ("accountEnabled", true)])
        try insert(2, [("displayName", "Alpine"), ("accountEnabled", false)])
        try insert(3, [("displayName", "Beta"), ("accountEnabled", true)])
        let startsWithAl = FilterExpression.startsWith(property: "displayName", "al")
        let isEnabled = FilterExpression.equal(property: "accountEnabled", .boolean(true))
        #expect(try numbers(startsWithAl) == [1, 2])
        #expect(try numbers(.and(startsWithAl, isEnabled)) == [1])
        #expect(
            try numbers(
                .and(
                    .and(isEnabled, isEnabled),
                    .equal(property: "displayName", .string("BETA")))) == [3])
        #expect(try numbers(.and(startsWithAl, .equal(property: "id", .string("x")))) == [])
    }

    private static let folded: [(name: String, asked: String, isFound: Bool)] = [
        ("Straße", "STRAßE", true), ("ÀÉÎ", "àéî", true), ("ΑΒΓ", "αβγ", true),
        ("Жук", "ЖУК", true), ("a", "b", false), ("a", "a ", false), ("", "", true),
        ("O'Brien", "o'brien", true), ("50%", "50%", true), ("50%", "50_", false),
    ]

    @Test(arguments: folded)
    func comparesWithoutCase(name: String, asked: String, isFound: Bool) throws {
        try insert(1, [("displayName", .string(name))])
        let equal = FilterExpression.equal(property: "displayName", .string(asked))
        #expect(try numbers(equal) == (isFound ? [1] : []))
        let prefix = FilterExpression.startsWith(property: "displayName", asked)
        #expect(try numbers(prefix) == (isFound ? [1] : []))
    }

    private static let prefixes: [(prefix: String, found: [String])] = [
        ("", ["", "%x", "_x", "'x", "\\x", "ax", "AX", "b", "\u{FFFF}x", "\u{1F600}x"]),
        ("%", ["%x"]), ("_", ["_x"]), ("'", ["'x"]), ("''", []), ("\\", ["\\x"]), ("\\x", ["\\x"]),
        ("a", ["ax", "AX"]), ("A", ["ax", "AX"]), ("ax", ["ax", "AX"]), ("axx", []),
        ("_x", ["_x"]), ("*", []), ("[a-z]", []), ("\u{FFFF}", ["\u{FFFF}x"]),
        ("\u{1F600}", ["\u{1F600}x"]),
    ]

    @Test(arguments: prefixes)
    func findsWhatBeginsWith(prefix: String, found: [String]) throws {
        let names = ServicePrincipalTableTests.prefixes[0].found
        for (index, name) in names.enumerated() {
            try insert(UInt64(index + 1), [("displayName", .string(name))])
        }
        try insert(99)
        let numbers = try numbers(.startsWith(property: "displayName", prefix))
        #expect(Set(numbers.map { names[Int($0) - 1] }) == Set(found))
    }

    @Test(arguments: ["\u{10FFFF}", "\u{10FFFF}x", "\u{10FFFF}\u{10FFFF}"])
    func findsTheGreatestCharacterAfterAPrefix(rest: String) throws {
        try insert(1, [("displayName", .string("ab" + rest))])
        try insert(2, [("displayName", "ac")])
        #expect(try numbers(.startsWith(property: "displayName", "ab")) == [1])
        #expect(try numbers(.startsWith(property: "displayName", "ab\u{10FFFF}")) == [1])
    }

    // MARK: Pages

    @Test func pagesFollowOneAnotherInTheOrderMade() throws {
        for number in [5, 3, 9, 1, 7, 2, 8] as [UInt64] { try insert(number) }
        var query = ListQuery(limit: 3)
        var pages: [[UInt64]] = []
        while true {
            let page = try list(query)
            guard let last = page.last else { break }
            pages.append(page.map(\.object.id.low))
            #expect(page.map(\.place.sequence) == page.map(\.place.sequence).sorted())
            query.after = last.place
        }
        #expect(pages == [[5, 3, 9], [1, 7, 2], [8]])
    }

    @Test func pagesOfAFilterSkipWhatItLeavesOut() throws {
        for number in 1...10 as ClosedRange<UInt64> {
            try insert(number, [("displayName", .string(number % 2 == 0 ? "even" : "odd"))])
        }
        let filter = FilterExpression.equal(property: "displayName", .string("EVEN"))
        let first = try list(ListQuery(filter: filter, limit: 3))
        #expect(first.map(\.object.id.low) == [2, 4, 6])
        let after = try #require(first.last).place
        let second = try list(ListQuery(filter: filter, after: after, limit: 3))
        #expect(second.map(\.object.id.low) == [8, 10])
    }

    @Test func aPageBeyondTheEndAndAPageOfNothingAreEmpty() throws {
        try insert(1)
        #expect(try list(ListQuery(after: PagePlace(sequence: .max), limit: 10)).isEmpty)
        #expect(try list(ListQuery(limit: 0)).isEmpty)
    }

    // MARK: Limits

    /// Clients choose the filters, so that the number of different statements is theirs to choose;
    /// how many are kept must not be (`sqlite_stmt` lists them).
    @Test func keepsABoundedNumberOfStatements() throws {
        let terms: [FilterExpression] = ["id", "appId", "displayName", "servicePrincipalType"]
            .flatMap { property -> [FilterExpression] in
                [
                    .equal(property: property, .null), .startsWith(property: property, "a"),
                    .equal(property: property, .string("a")),
                ]
            }
        for first in terms {
            for second in terms {
                for third in terms {
                    _ = try numbers(.and(.and(first, second), third))
                }
            }
        }
        let kept = try world.database.connection.count("SELECT count(*) FROM sqlite_stmt")
        #expect(kept <= 1_000, "of \(terms.count * terms.count * terms.count) different filters")
    }
}
