// Filters over rows: what they find, and by which index.

import Model
import Testing

@testable import Storage

struct FilterSQLTests {
    private let world: TestDatabase

    init() throws {
        world = try TestDatabase()
        let bodies: [(UInt64, [(String, JSONValue)])] = [
            (
                1,
                [
                    ("displayName", "Ann Ash"), ("mail", "ANN@example.com"),
                    ("accountEnabled", true),
                    ("city", "Ghent"), ("otherMails", ["a@x.org", "b@y.org"]),
                    ("createdDateTime", "2024-01-01T00:00:00Z"),
                    ("employeeOrgData", ["costCenter": "C1"]), ("extension_a_size", 5),
                    ("identities", [["issuer": "x", "roles": ["r1", "r2"]]]),
                ]
            ),
            (
                2,
                [
                    ("displayName", "Bob"), ("mail", nil), ("accountEnabled", false),
                    ("otherMails", ["b@y.org"]), ("createdDateTime", "2024-01-01T00:00:00.5Z"),
                ]
            ),
            (3, [("displayName", "Änne"), ("accountEnabled", true), ("otherMails", [])]),
        ]
        for (number, members) in bodies {
            let name: [(String, JSONValue)] = [("userPrincipalName", .string("u\(number)@x.org"))]
            try world.database.users.insert(Sample.object(number, name + members))
        }
    }

    private func numbers(_ filter: FilterExpression) throws -> [UInt64] {
        try world.database.reader.list(.user, ListQuery(filter: filter, limit: 10))
            .map(\.object.id.low).sorted()
    }

    private static func operand(
        _ names: String..., kind: TypeProperty.Kind? = .string,
        function: FilterOperand.Function? = nil
    ) -> FilterOperand {
        FilterOperand(path: FilterPath(names: names, kind: kind), function: function)
    }
    private static let mails = FilterPath(names: ["otherMails"], kind: .string)
    private static let element = FilterOperand(
        path: FilterPath(lambda: 0, names: [], kind: .string))
    private static func time(_ text: String) -> FilterLiteral {
        .instant(Timestamp(parsing: text) ?? .never)
    }

    private static let found: [(filter: FilterExpression, numbers: [UInt64])] = [
        (.compare("mail", .equal, .string("ann@EXAMPLE.com")), [1]),
        (.compare("mail", .notEqual, .string("ann@example.com")), [2, 3]),
        (.not(.compare("mail", .equal, .string("ann@example.com"))), [2, 3]),
        (.compare("mail", .equal, .null), [2, 3]), (.compare("mail", .notEqual, .null), [1]),
        (.compare("city", .equal, .string("GHENT")), [1]),
        (.compare("city", .less, .string("H")), [1]),
        (.compare("createdDateTime", .greater, time("2024-01-01T00:00:00Z")), [2]),
        (.compare("createdDateTime", .lessOrEqual, time("2024-01-01T00:00:00.5Z")), [1, 2]),
        (.compare("accountEnabled", .equal, .boolean(false)), [2]),
        (.startsWith(property: "displayName", "än"), [3]),
        (.startsWith(property: "city", "gh"), [1]), (.startsWith(property: "city", ""), [1]),
        (.match(.endsWith, operand("displayName"), "ASH"), [1]),
        (.match(.endsWith, operand("displayName"), ""), [1, 2, 3]),
        (.match(.endsWith, operand("displayName"), "the ann ash"), []),
        (.match(.contains, operand("displayName"), "N"), [1, 3]),
        (.match(.word, operand("displayName"), "as"), [1]),
        (.match(.word, operand("displayName"), "sh"), []),
        (.oneOf(operand("displayName"), [.string("bob"), .string("x")]), [2]),
        (.oneOf(operand("mail"), [.null]), [2, 3]),
        (.oneOf(operand("mail"), [.string("ann@example.com"), .null]), [1, 2, 3]),
        (.compare(operand("employeeOrgData", "costCenter"), .equal, .string("c1")), [1]),
        (.compare(operand("extension_a_size", kind: nil), .greaterOrEqual, .integer(5)), [1]),
        (.compare(operand("extension_a_size", kind: nil), .greater, .integer(5)), []),
        (.any(mails, .compare(element, .equal, .string("B@Y.org"))), [1, 2]),
        (.any(mails, .match(.startsWith, element, "a@")), [1]), (.any(mails, nil), [1, 2]),
        (.not(.any(mails, nil)), [3]),
        (.all(mails, .compare(element, .equal, .string("b@y.org"))), [2, 3]),
        (
            .compare(operand("otherMails", function: .count), .greater, .integer(1)), [1]
        ),
        (.compare(operand("otherMails", function: .count), .equal, .integer(0)), [3]),
        (
            .or(
                .compare("displayName", .equal, .string("bob")),
                .and(
                    .compare("accountEnabled", .equal, .boolean(true)),
                    .compare("city", .equal, .string("ghent")))), [1, 2]
        ),
        (
            .any(
                FilterPath(names: ["identities"], kind: .structured("objectIdentity")),
                .any(
                    FilterPath(lambda: 0, names: ["roles"], kind: .string),
                    .compare(
                        FilterOperand(path: FilterPath(lambda: 1, names: [], kind: .string)),
                        .equal,
                        .string("R2")))), [1]
        ),
    ]

    @Test(arguments: found.indices)
    func finds(index: Int) throws {
        let (filter, numbers) = FilterSQLTests.found[index]
        #expect(try self.numbers(filter) == numbers, "\(filter)")
        #expect(
            try world.database.reader.count(.user, filter) == Int64(numbers.count), "\(filter)")
    }

    @Test func theRecycleBinIsAListOfItsOwn() throws {
        try world.database.connection.run(
            "UPDATE users SET deleted = 638396640000000000 WHERE id = ?1",
            .text(Sample.id(2).description))
        let all = FilterExpression.compare("displayName", .notEqual, .null)
        #expect(try numbers(all) == [1, 3])
        let deleted = try world.database.reader.list(.user, ListQuery(limit: 5), scope: .deleted)
        #expect(deleted.map(\.object.id.low) == [2])
        #expect(deleted.first?.object.json["deletedDateTime"] == "2024-01-01T00:00:00Z")
        #expect(try world.database.reader.count(.user, nil) == 2)
        #expect(try world.database.reader.count(.user, nil, scope: .deleted) == 1)
        #expect(try world.database.reader.find(id: Sample.id(2)) == nil)
        #expect(try world.database.reader.find(id: Sample.id(2), scope: .deleted) != nil)
    }

    // MARK: Cost

    private func plan(_ query: ListQuery, _ table: QueryTable = .users) throws -> String {
        var steps: [String] = []
        for statement in ListSQL(query, table).statements {
            let limited = statement + SQLFragment(" LIMIT ?", .integer(100))
            steps += try world.database.connection.rows(
                "EXPLAIN QUERY PLAN " + limited.sql, limited.values
            ) { (row) throws(StorageError) in row.text(3) ?? "" }
        }
        return steps.joined(separator: "\n")
    }

    private static let planned: [(filter: FilterExpression?, order: SortOrder?, index: String)] = [
        (nil, nil, "users"),
        (.compare("userPrincipalName", .equal, .string("a")), nil, "sqlite_autoindex_users_2"),
        (.compare("id", .equal, .string("a")), nil, "sqlite_autoindex_users_1"),
        (.oneOf(operand("id"), [.string("a"), .string("b")]), nil, "sqlite_autoindex_users_1"),
        (.compare("mail", .equal, .string("a")), nil, "users_mail"),
        (.compare("department", .equal, .string("a")), nil, "users_department"),
        (.compare("accountEnabled", .equal, .boolean(false)), nil, "users_account_enabled"),
        (.startsWith(property: "displayName", "a"), nil, "users_display_name"),
        (.startsWith(property: "surname", "a"), nil, "users_surname"),
        (.compare("createdDateTime", .greaterOrEqual, .instant(.never)), nil, "users_created"),
        (nil, SortOrder(property: "displayName"), "users_display_name"),
        (
            nil, SortOrder(property: "displayName", isDescending: true), "users_display_name"
        ),
        (nil, SortOrder(property: "createdDateTime", isDescending: true), "users_created"),
        (
            .startsWith(property: "displayName", "a"), SortOrder(property: "displayName"),
            "users_display_name"
        ),
        (
            .or(
                .compare("userPrincipalName", .equal, .string("a")),
                .compare("mail", .equal, .string("a"))), nil, "MULTI-INDEX OR"
        ),
    ]

    /// No page of these goes through the table, and none is sorted: a deep one costs what the first
    /// does.
    @Test(arguments: planned.indices)
    func pagesComeFromAnIndex(index: Int) throws {
        let (filter, order, name) = FilterSQLTests.planned[index]
        let key: PagePlace.Key =
            switch order?.property ?? filter.flatMap(FilterSQL(table: .users).rangeProperty) {
            case "createdDateTime"?: .integer(7)
            case nil: .none
            default: .text("b")
            }
        for after in [nil, PagePlace(key: key, sequence: 7)] {
            let plan = try plan(ListQuery(filter: filter, order: order, after: after, limit: 100))
            #expect(plan.contains(name), "\(plan)")
            // A list without anything begins with the table's first row.
            let isWhole = after == nil && filter == nil
            #expect(isWhole || !plan.contains("SCAN"), "\(plan)")
            let isSorted = plan.contains("TEMP B-TREE")
            #expect(!isSorted || name == "MULTI-INDEX OR" || name.contains("users_1"), "\(plan)")
        }
    }

    // MARK: Pages

    @Test(arguments: [false, true])
    func pagesInOrderLeadThroughNullsAndTies(isDescending: Bool) throws {
        let database = try TestDatabase().database
        let names: [JSONValue] = ["b", nil, "a", "b", nil, "c", "a", "b"]
        for (index, name) in names.enumerated() {
            try database.groups.insert(Sample.object(UInt64(index), [("displayName", name)]))
        }
        var query = ListQuery(
            order: SortOrder(property: "displayName", isDescending: isDescending), limit: 3)
        var found: [UInt64] = []
        while let last = try database.reader.list(.group, query).last {
            found += try database.reader.list(.group, query).map(\.object.id.low)
            query.after = last.place
        }
        let ascending: [UInt64] = [1, 4, 2, 6, 0, 3, 7, 5]
        #expect(found == (isDescending ? ascending.reversed() : ascending))
    }
}
