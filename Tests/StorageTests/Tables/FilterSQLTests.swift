// Filters as SQL: the text, the bound values and what is refused.

import Model
import Testing

@testable import Storage

struct FilterSQLTests {
    private static let columns = [
        FilterColumn(property: "displayName", column: "display_name"),
        FilterColumn(
            property: "accountEnabled", column: "account_enabled", kind: .boolean),
    ]

    private static let translated: [(filter: FilterExpression, sql: String, values: [SQLValue])] = [
        (
            .equal(property: "displayName", .string("AbC")), "display_name = ?", [.text("abc")]
        ),
        (.equal(property: "displayName", .null), "display_name IS NULL", []),
        (
            .equal(property: "accountEnabled", .boolean(true)), "account_enabled = ?",
            [.integer(1)]
        ),
        (
            .equal(property: "accountEnabled", .boolean(false)), "account_enabled = ?",
            [.integer(0)]
        ),
        (
            .and(
                .equal(property: "displayName", .string("a")),
                .and(
                    .equal(property: "accountEnabled", .null),
                    .equal(property: "displayName", .string("b")))),
            "display_name = ? AND account_enabled IS NULL AND display_name = ?",
            [.text("a"), .text("b")]
        ),
    ]

    @Test(arguments: translated)
    func translates(filter: FilterExpression, sql: String, values: [SQLValue]) throws {
        let translated = try FilterSQL(filter, FilterSQLTests.columns)
        #expect(translated.sql.text == sql)
        #expect(translated.values == values)
    }

    @Test(arguments: ["'; DROP TABLE users; --", "?1", "%", "\" OR 1=1"])
    func literalsNeverGetIntoTheText(literal: String) throws {
        for filter in [
            FilterExpression.equal(property: "displayName", .string(literal)),
            .startsWith(property: "displayName", literal),
        ] {
            let translated = try FilterSQL(filter, FilterSQLTests.columns)
            let plain = try FilterSQL(
                filter == .startsWith(property: "displayName", literal)
                    ? .startsWith(property: "displayName", "x")
                    : .equal(property: "displayName", .string("x")), FilterSQLTests.columns)
            #expect(translated.sql == plain.sql)
            #expect(translated.values.first == .text(literal.lowercased()))
        }
    }

    @Test(arguments: ["mail", "displayname", "", "display_name", "1=1"])
    func refusesAPropertyWithoutAColumn(property: String) {
        let filters: [FilterExpression] = [
            .equal(property: property, .null), .startsWith(property: property, "a"),
            .and(
                .equal(property: "displayName", .null), .equal(property: property, .string("a"))),
        ]
        for filter in filters {
            #expect(throws: FilterError.notFilterable(property: property)) {
                try FilterSQL(filter, FilterSQLTests.columns)
            }
        }
    }
}
