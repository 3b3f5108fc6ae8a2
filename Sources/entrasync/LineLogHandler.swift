// Log lines on standard error.

import Logging
import Model
import VirtualTime

/// Writes each message as one line, of words or of JSON.
struct LineLogHandler: LogHandler {
    /// How a line looks.
    enum Format: String {
        case text, json
    }

    let format: Format
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]

    init(format: Format) { self.format = format }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = RealTime.now().description
        switch format {
        case .text:
            let words = fields.map { " \($0.key)=\($0.value)" }.joined()
            Console.note("\(time) \(event.level.rawValue) \(event.message)\(words)")
        case .json:
            let members: [(String, JSONValue)] =
                [
                    ("time", .string(time)), ("level", .string(event.level.rawValue)),
                    ("message", .string("\(event.message)")),
                ] + fields.map { ($0.key, .string("\($0.value)")) }
            Console.note(JSONValue.object(JSONObject(members)).text)
        }
    }
}
