// One request of a batch, and how it is read out of the batch's body.

import HTTP
import Model

/// A request inside `POST /$batch`.
///
/// Shape: `{"id":"1","method":"GET","url":"/users","headers":{…},"body":{…},"dependsOn":["2"]}`.
/// Follows "Combine multiple HTTP requests using JSON batching".
struct BatchRequest: Sendable {
    /// The client's name for it, unique in the batch without regard to case.
    let id: String
    /// The method, in capitals.
    let method: String
    /// Path and query below the version root, or a whole address.
    let url: String
    /// Header fields of its own.
    let fields: [HTTPField]
    /// The body; empty when there is none.
    let body: [UInt8]
    /// Identifiers of the requests that have to succeed before it, in lower case.
    let dependsOn: [String]

    /// Reads a batch's body.
    ///
    /// - Throws: `GraphError` for the whole batch.
    static func all(in body: JSONValue) throws(GraphError) -> [BatchRequest] {
        guard let elements = body.object?["requests"]?.array, !elements.isEmpty else {
            throw GraphError.malformedBatch("requests", "a list of requests was expected")
        }
        guard elements.count <= Limits.batchRequests else { throw GraphError.batchTooLarge }
        var requests: [BatchRequest] = []
        for (index, element) in elements.enumerated() {
            requests.append(try BatchRequest(element, "requests[\(index)]"))
        }
        try check(requests)
        return requests
    }

    private init(_ element: JSONValue, _ path: String) throws(GraphError) {
        guard let members = element.object else {
            throw GraphError.malformedBatch(path, "an object was expected")
        }
        func text(_ name: String) throws(GraphError) -> String {
            guard let text = members[name]?.string, !text.isEmpty else {
                throw GraphError.malformedBatch("\(path).\(name)", "a text was expected")
            }
            return text
        }
        id = try text("id")
        method = try text("method").uppercased()
        url = try text("url")
        guard BatchRequest.methods.contains(method) else {
            throw GraphError.malformedBatch("\(path).method", "'\(method)' is no method")
        }
        fields = try BatchRequest.fields(members["headers"], path)
        // Unverified: Python's SDK writes `depends_on`, and the service's word counts first.
        dependsOn = try BatchRequest.names(members["dependsOn"] ?? members["depends_on"], path)
        body = try BatchRequest.bytes(members["body"], fields, path)
    }

    private static let methods: Set<String> = ["GET", "POST", "PATCH", "PUT", "DELETE"]

    private static func fields(
        _ value: JSONValue?, _ path: String
    ) throws(GraphError) -> [HTTPField] {
        guard let value, !value.isNull else { return [] }
        guard let members = value.object?.members else {
            throw GraphError.malformedBatch("\(path).headers", "an object was expected")
        }
        var fields: [HTTPField] = []
        for member in members {
            guard let text = member.value.string else {
                throw GraphError.malformedBatch(
                    "\(path).headers.\(member.name)", "a text was expected")
            }
            fields.append(HTTPField(member.name, text))
        }
        return fields
    }

    private static func names(
        _ value: JSONValue?, _ path: String
    ) throws(GraphError) -> [String] {
        guard let value, !value.isNull else { return [] }
        guard let elements = value.array, elements.allSatisfy({ $0.string != nil }) else {
            throw GraphError.malformedBatch("\(path).dependsOn", "a list of texts was expected")
        }
        return elements.compactMap { $0.string?.lowercased() }
    }

    /// JSON as it stands; a text of another content type is base64.
    private static func bytes(
        _ value: JSONValue?, _ fields: [HTTPField], _ path: String
    ) throws(GraphError) -> [UInt8] {
        guard let value, !value.isNull else { return [] }
        let type = fields.value(of: "Content-Type")?.lowercased() ?? "application/json"
        guard let text = value.string, !type.hasPrefix("application/json") else {
            return value.bytes
        }
        guard let bytes = Base64.decode(text) else {
            throw GraphError.malformedBatch("\(path).body", "base64 was expected")
        }
        return bytes
    }

    /// Identifiers are unique, and what depends on each other can be put in an order.
    private static func check(_ requests: [BatchRequest]) throws(GraphError) {
        var left: [String: [String]] = [:]
        for (index, request) in requests.enumerated() {
            guard left.updateValue(request.dependsOn, forKey: request.id.lowercased()) == nil else {
                throw GraphError.malformedBatch(
                    "requests[\(index)].id", "another request has the id '\(request.id)'")
            }
        }
        for (index, request) in requests.enumerated() {
            for name in request.dependsOn where left[name] == nil {
                throw GraphError.malformedBatch(
                    "requests[\(index)].dependsOn", "no request has the id '\(name)'")
            }
        }
        while let next = left.first(where: { $0.value.allSatisfy { left[$0] == nil } }) {
            left[next.key] = nil
        }
        guard left.isEmpty else {
            throw GraphError.malformedBatch("requests", "requests depend on each other in a circle")
        }
    }
}
