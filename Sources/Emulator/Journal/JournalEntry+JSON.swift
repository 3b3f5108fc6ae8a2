// How the journal is shown.

import HTTP
public import Model

extension JournalEntry {
    /// The exchange without its secrets.
    ///
    /// Shape: `{"sequence","time","direction","method","path","query"?,"url"?,"status"?,"failure"?,
    /// "jobId"?,"fault"?,"request"?:{"headers","body"},"response"?:{"headers","body"}}`.
    public func json(sequence: Int64, withBodies: Bool) -> JSONValue {
        var members = JSONObject([
            ("sequence", .integer(sequence)), ("time", .string(time.description)),
            ("direction", .string(direction.rawValue)), ("method", .string(request.method)),
            ("path", .string(request.path)),
        ])
        members["query"] = request.query.map(JSONValue.string)
        members["url"] = url.map(JSONValue.string)
        members["status"] = response.map { .integer(Int64($0.status)) }
        members["failure"] = failure.map(JSONValue.string)
        members["jobId"] = jobID.map(JSONValue.string)
        members["fault"] = faultID.map(JSONValue.string)
        guard withBodies else { return .object(members) }
        members["request"] = message(request.fields, requestBody)
        members["response"] = response.map { message($0.fields, responseBody) }
        return .object(members)
    }

    private func message(_ fields: [HTTPField], _ body: [UInt8]) -> JSONValue {
        var headers = JSONObject()
        for field in fields.map(Masking.masked) {
            // A name that comes twice is a list, as HTTP reads it (RFC 9110, section 5.3).
            let earlier = headers[field.name]?.string.map { $0 + ", " } ?? ""
            headers[field.name] = .string(earlier + field.value)
        }
        return [
            "headers": .object(headers),
            "body": Masking.masked(body: body, contentType: fields.value(of: "Content-Type")),
        ]
    }
}
