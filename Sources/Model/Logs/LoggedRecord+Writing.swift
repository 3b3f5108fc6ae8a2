// A record as it is stored: what neither its columns nor its context tell, and nothing of it twice.

extension LoggedRecord {
    /// The record in compact JSON and UTF-8.
    ///
    /// Shape: `{"d": "<display name>", "u": "<principal name>", "t": ["<source type>", "<target type>"],
    /// "e": ["<code>", "<reason>", 0, "<recommended action>"], "s": [<steps>], "m": <new values>,
    /// "p": [<old values>], "o": [["<attribute>", <references>], …]}`; members that tell nothing are left out.
    ///
    /// A step is a letter, or a list of letter, arguments and facts. Values are listed by place: a text, 0
    /// for what the copied source attribute has, and another number for so many places without a value.
    /// References are a text for one that was added, a list of one text for one that was removed, and of
    /// two for one that was replaced.
    public func bytes(in context: ProvisioningLogContext) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1_024)
        output.append("{\"d\":")
        JSONValue.write(displayName, to: &output)
        if let principalName {
            output.append(",\"u\":")
            JSONValue.write(principalName, to: &output)
        }
        if sourceType != context.sourceType || targetType != context.targetType {
            output.append(",\"t\":")
            output.append([sourceType, targetType])
        }
        if let error { write(error, to: &output) }
        output.append(",\"s\":")
        let originals = sourceValues
        var separator: StaticString = "["
        for step in steps {
            output.append(separator)
            separator = ","
            write(step, originals, in: context, to: &output)
        }
        output.append(steps.isEmpty ? "[]" : "]")
        if !entries.isEmpty { write(entries, originals, in: context, to: &output) }
        if !references.isEmpty { write(references, to: &output) }
        output.append("}")
        return output
    }

    /// The values of the source attributes by their places; none when the record does not tell them.
    private var sourceValues: [String?] {
        for case .source(let values) in steps.lazy.map(\.facts) { return values }
        return []
    }

    private func write(_ error: ErrorInformation, to output: inout [UInt8]) {
        let elements: [JSONValue] = [
            .string(error.code), .string(error.reason), .integer(error.isServiceFailure ? 1 : 0),
            .optional(error.recommendedAction),
        ]
        output.append(",\"e\":")
        JSONValue.array(elements).write(to: &output)
    }

    private func write(
        _ step: Step, _ originals: [String?], in context: ProvisioningLogContext,
        to output: inout [UInt8]
    ) {
        let (letter, arguments) = step.event.code
        let isAlone =
            switch step.facts {
            case .event, .written: arguments.isEmpty
            case .source, .scoping, .target: false
            }
        output.append(isAlone ? "\"" : "[\"")
        output.append(UInt8(truncatingIfNeeded: letter.value))
        output.append("\"")
        guard !isAlone else { return }
        for argument in arguments {
            output.append(",")
            JSONValue.write(argument, to: &output)
        }
        switch step.facts {
        case .event, .written: break
        case .source(let values):
            output.append(",[")
            var places = PlaceWriter()
            for (place, value) in values.enumerated() {
                if let value { places.write(value, at: place, to: &output) }
            }
            output.append("]")
        case .scoping(let answer):
            output.append(",[")
            output.append(answer.flags)
            if answer.result != ScopingAnswer.noResult {
                output.append(",")
                JSONValue.write(answer.result, to: &output)
            }
            output.append("]")
        case .target(let id, let values):
            output.append(",[")
            if let id { JSONValue.write(id, to: &output) } else { output.append("0") }
            var places = PlaceWriter(isFirst: false)
            for (place, value) in values.enumerated() {
                guard let value else { continue }
                let original = context.original(of: place, in: originals)
                places.write(value, original, at: place, to: &output)
            }
            output.append("]")
        }
        output.append("]")
    }

    private func write(
        _ entries: [Entry], _ originals: [String?], in context: ProvisioningLogContext,
        to output: inout [UInt8]
    ) {
        output.append(",\"m\":[")
        var places = PlaceWriter()
        for entry in entries {
            let original = context.original(of: entry.attribute, in: originals)
            places.write(entry.newValue, original, at: entry.attribute, to: &output)
        }
        output.append("]")
        guard entries.contains(where: { $0.oldValue != nil }) else { return }
        output.append(",\"p\":[")
        for (index, entry) in entries.enumerated() {
            if index > 0 { output.append(",") }
            output.append(optional: entry.oldValue)
        }
        output.append("]")
    }

    private func write(_ references: [ModifiedProperty], to output: inout [UInt8]) {
        output.append(",\"o\":[")
        var name: String?
        for reference in references {
            if reference.displayName != name {
                output.append(name == nil ? "[" : "],[")
                JSONValue.write(reference.displayName, to: &output)
                name = reference.displayName
            }
            output.append(",")
            if let new = reference.newValue, reference.oldValue == nil {
                JSONValue.write(new, to: &output)
            } else {
                output.append("[")
                output.append(optional: reference.oldValue)
                if let new = reference.newValue {
                    output.append(",")
                    JSONValue.write(new, to: &output)
                }
                output.append("]")
            }
        }
        output.append("]]")
    }
}

extension LoggedRecord.ScopingAnswer {
    /// The result of a mapping without a filter.
    static let noResult = "{}"

    fileprivate var flags: Int {
        (isActive ? 1 : 0) | (isAssigned ? 2 : 0) | (passesScope ? 4 : 0)
    }
}

extension ProvisioningLogContext {
    /// The value that an attribute of the target copies; nil when it copies none.
    func original(of place: Int, in values: [String?]) -> String? {
        guard let source = attributes[place].source, source < values.count else { return nil }
        return values[source]
    }
}

/// Writes values at their places.
private struct PlaceWriter {
    private var next = 0
    private var isFirst: Bool

    init(isFirst: Bool = true) { self.isFirst = isFirst }

    mutating func write(
        _ value: String?, _ original: String? = nil, at place: Int, to output: inout [UInt8]
    ) {
        if !isFirst { output.append(",") }
        isFirst = false
        if place > next {
            output.append(place - next)
            output.append(",")
        }
        next = place + 1
        if value != nil, value == original {
            output.append("0")
        } else {
            output.append(optional: value)
        }
    }
}

extension [UInt8] {
    /// Appends a text of the source.
    mutating func append(_ text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the JSON of a text, or null.
    mutating func append(optional text: String?) {
        guard let text else { return append("null") }
        JSONValue.write(text, to: &self)
    }

    /// Appends a count in digits.
    fileprivate mutating func append(_ count: Int) {
        if count < 10 {
            append(UInt8(truncatingIfNeeded: count) + UInt8(ascii: "0"))
        } else {
            append(contentsOf: String(count).utf8)
        }
    }

    /// Appends a list of texts as JSON.
    fileprivate mutating func append(_ texts: [String]) {
        JSONValue.array(texts.map(JSONValue.string)).write(to: &self)
    }
}
