// One operation of the control API, as data: routing, index, documents and OpenAPI read it.

import Model

/// An operation below `/_emulator`.
struct ControlRoute: Sendable {
    /// A parameter in the query.
    struct Parameter: Sendable {
        let name: String
        let meaning: String

        init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    /// The method.
    let method: String
    /// The path below `/_emulator`, with parameters in braces.
    let path: String
    /// What it does, in a line.
    let summary: String
    /// What may stand in the query.
    var query: [Parameter] = []
    /// An example of the body; nil where none is taken.
    var body: JSONValue?
    /// The body with every member there can be; nil where the example has them all.
    var bodyShape: JSONValue?
    /// An example of the answer; nil for one without a body, or with one that is no JSON.
    var answer: JSONValue?
    /// The answer with every member there can be; nil where the example has them all.
    var answerShape: JSONValue?
    /// What an answer looks like that is neither this one nor an error alone, by its status.
    var otherAnswers: [(status: Int, meaning: String, shape: JSONValue)] = []
    /// The status of an answer that is no error.
    var status = 200
    /// The media type of the answer.
    var mediaType = "application/json"
    /// What it does.
    let run: @Sendable (ControlFace.Call) throws -> ControlFace.Outcome
}
