// Whole answers, compared with files.

import Foundation
public import HTTP
public import Model
public import Testing

/// One exchange as a file of `Fixtures/Wire` holds it: the request line, its body, the whole answer.
public enum WireFixture {
    /// Header fields that differ from run to run, or that the transport makes.
    private static let leftOut: Set<String> = ["request-id", "client-request-id", "date"]

    /// Holds an answer against `Fixtures/Wire/<name>.json`; `RECORD=1` writes the file instead.
    ///
    /// - Throws: when the file can't be read or written.
    public static func check(
        _ name: String, _ method: String, _ target: String, _ body: JSONValue?,
        _ response: HTTPResponse, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var answer = response.json
        if var error = answer.object, var members = error["error"]?.object,
            var inner = members["innerError"]?.object
        {
            // Identifiers are compared with the header, not with the file.
            #expect(inner["request-id"]?.string == response.value(of: "request-id"))
            inner["request-id"] = nil
            inner["client-request-id"] = nil
            members["innerError"] = .object(inner)
            error["error"] = .object(members)
            answer = .object(error)
        }
        // A delta link holds the number of the latest change, which any new seed moves.
        if var page = answer.object, let link = page["@odata.deltaLink"]?.string,
            let token = link.range(of: "$deltatoken=")
        {
            page["@odata.deltaLink"] = .string(String(link[..<token.upperBound]))
            answer = .object(page)
        }
        let fields = response.fields.filter { !leftOut.contains($0.name.lowercased()) }
        let exchange: JSONValue = [
            "request": .string(method + " " + target), "requestBody": body ?? .null,
            "status": .integer(Int64(response.status)),
            "headers": .object(JSONObject(fields.map { ($0.name, .string($0.value)) })),
            "body": answer,
        ]
        let url = Fixture.url("Wire/\(name).json")
        if Fixture.isRecording {
            try Data((exchange.prettyText + "\n").utf8).write(to: url)
            return
        }
        let expected = try JSONValue(parsing: Fixture.bytes("Wire/\(name).json"))
        #expect(exchange.prettyText == expected.prettyText, sourceLocation: sourceLocation)
    }
}
