// An exchange as assertions look at it.

import HTTP
import Model

/// A call with its body read once.
struct ObservedCall {
    let sequence: Int64
    let entry: JournalEntry
    /// The request's body; text where it is no JSON, null where there is none.
    let body: JSONValue

    init(_ numbered: NumberedEntry) {
        sequence = numbered.sequence
        entry = numbered.entry
        let bytes = numbered.entry.requestBody
        body =
            bytes.isEmpty
            ? .null
            : (try? JSONValue(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
    }

    /// `#12 POST /scim/…/Users → 201`.
    var description: String {
        let status = entry.response.map { String($0.status) } ?? entry.failure ?? "no answer"
        return "#\(sequence) \(entry.request.method) \(entry.url ?? entry.request.path) → \(status)"
    }
}

/// A way in which a call is not the one that was expected.
struct CallDifference {
    let field: String
    let expected: String
    let actual: String
    /// How far off: what differs in the path is further off than what differs in a header.
    let weight: Int

    var json: JSONValue {
        [
            "field": .string(field), "expected": .string(expected), "actual": .string(actual),
        ]
    }
}
