// What a bulk upload may hold, member by member.

import Model
import Testing

struct BulkRequestTests {
    private static func text(
        _ operations: String, _ more: String = "",
        _ schema: String = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
    ) -> String {
        "{\"schemas\":[\"\(schema)\"],\"Operations\":[\(operations)]\(more)}"
    }

    private static func operation(
        _ id: String = "\"1\"", method: String = "\"POST\"", path: String = "\"/Users\"",
        data: String = #"{"schemas":["urn:x"]}"#
    ) -> String {
        "{\"method\":\(method),\"bulkId\":\(id),\"path\":\(path),\"data\":\(data)}"
    }

    private func read(_ text: String) throws -> BulkRequest {
        try BulkRequest(try JSONValue(parsing: text))
    }

    @Test func readsTheRecordsInOrder() throws {
        let request = try read(
            Self.text(Self.operation("\"b\"") + "," + Self.operation("\"a\"")))
        #expect(request.operations.map(\.bulkID) == ["b", "a"])
        #expect(request.operations.first?.data["schemas"] == ["urn:x"])
    }

    @Test func namesAreReadWithoutCase() throws {
        let text = Self.text(Self.operation()).replacing("Operations", with: "operations")
            .replacing("bulkId", with: "BULKID")
        #expect(try read(text).operations.count == 1)
    }

    @Test func takesFiftyAndNoMore() throws {
        let many = (1...51).map { Self.operation("\"\($0)\"") }
        #expect(
            try read(Self.text(many.dropLast().joined(separator: ","))).operations.count == 50)
        #expect(throws: BulkRequestError.self) {
            try read(Self.text(many.joined(separator: ",")))
        }
    }

    @Test(arguments: [
        ("7", ""), (text("", "", "urn:y"), "schemas"), (text(""), "Operations"),
        (#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}"#, "Operations"),
        (text("7"), "Operations[0]"),
        (text(operation(method: "\"PUT\"")), "Operations[0].method"),
        (text(operation(path: "\"/Groups\"")), "Operations[0].path"),
        (text(operation("null")), "Operations[0].bulkId"),
        (text(operation("\"\"")), "Operations[0].bulkId"),
        (text(operation() + "," + operation()), "Operations[1].bulkId"),
        (text(operation(data: "[]")), "Operations[0].data"),
        (text(operation(data: "{}")), "Operations[0].data.schemas"),
        (text(operation(data: #"{"schemas":[7]}"#)), "Operations[0].data.schemas"),
        (text(operation(), ",\"failOnErrors\":-1"), "failOnErrors"),
        (text(operation(), ",\"failOnErrors\":\"1\""), "failOnErrors"),
    ])
    func namesTheMemberThatDoesNotFit(text: String, path: String) throws {
        let error = try #require(throws: BulkRequestError.self) { try read(text) }
        #expect(error.path == path)
    }
}
