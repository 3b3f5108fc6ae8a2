// Reading the members of a fault rule, each with the name that errors give it.

import Model

/// The members of one object of a rule.
struct FaultMembers {
    let json: JSONObject
    private let path: String

    /// - Throws: `ToolError.invalidFault` when it is no object or has an unknown member.
    init(_ json: JSONValue, path: String, known: [String]) throws(ToolError) {
        self.path = path
        guard let members = json.object else {
            throw .invalidFault(member: path.isEmpty ? "faults" : path, expected: "an object")
        }
        for name in members.names where !known.contains(name) {
            throw .invalidFault(
                member: path + (path.isEmpty ? "" : ".") + name,
                expected: "left out; known are " + known.joined(separator: ", "))
        }
        self.json = members
    }

    func members(_ name: String, known: [String]) throws(ToolError) -> FaultMembers? {
        guard let value = json[name], !value.isNull else { return nil }
        return try FaultMembers(value, path: name, known: known)
    }

    func text(_ name: String) throws(ToolError) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= Limits.faultTextBytes
        else { throw failure(name, "a text of at most \(Limits.faultTextBytes) bytes") }
        return text
    }

    func flag(_ name: String) throws(ToolError) -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw failure(name, "true or false") }
        return flag
    }

    func number(_ name: String, _ range: ClosedRange<Int>) throws(ToolError) -> Int? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let number = value.integer.map(Int.init), range.contains(number) else {
            throw failure(
                name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Limits of calls in time; nil when none are given.
    func limits() throws(ToolError) -> [RateLimit]? {
        guard let value = json["limits"], !value.isNull else { return nil }
        let expected = "a list of up to 10 limits such as {\"calls\":40,\"window\":\"PT5S\"}"
        guard let elements = value.array, (1...10).contains(elements.count) else {
            throw failure("limits", expected)
        }
        var limits: [RateLimit] = []
        for element in elements {
            let members = try FaultMembers(element, path: "limits", known: ["calls", "window"])
            guard let calls = try members.number("calls", 1...Limits.callsInWindow),
                let window = try members.text("window").flatMap(ISODuration.init(parsing:)),
                window.ticks > 0
            else { throw failure("limits", expected) }
            limits.append(RateLimit(calls: calls, window: window))
        }
        return limits
    }

    private func failure(_ name: String, _ expected: String) -> ToolError {
        .invalidFault(member: path.isEmpty ? name : path + "." + name, expected: expected)
    }
}

extension JSONValue {
    /// The value of a number, whole or not, else nil.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
