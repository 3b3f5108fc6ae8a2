// One assertion: which call, and how often.

import HTTP
import Model

/// A call that a test expects.
///
/// Shape: `{"direction"?,"method"?,"path"?,"query"?,"status"?,"job"?,"headers"?:{name: text},
/// "bodyContains"?,"bodyEquals"?,"exactly"?|"atLeast"?,"atMost"?}`; without a count, at least one.
struct CallAssertion {
    let json: JSONValue
    let least: Int
    private let most: Int?
    private let direction: String?
    private let method: String?
    private let path: PathPattern?
    private let query: String?
    private let status: Int64?
    private let job: String?
    private let headers: [(name: String, pattern: String)]
    private let bodyContains: JSONValue?
    private let bodyEquals: JSONValue?

    private static let known = [
        "direction", "method", "path", "query", "status", "job", "headers", "bodyContains",
        "bodyEquals", "exactly", "atLeast", "atMost",
    ]

    /// - Throws: `ToolError.invalidAssertion` naming the member.
    init(_ json: JSONValue, path place: String) throws {
        guard let members = json.object else {
            throw ToolError.invalidAssertion(member: place + "", expected: "an object")
        }
        for name in members.names where !CallAssertion.known.contains(name) {
            throw ToolError.invalidAssertion(
                member: place + name,
                expected: "left out; known are " + CallAssertion.known.joined(separator: ", "))
        }
        func text(_ name: String) throws -> String? {
            guard let value = members[name] else { return nil }
            guard let text = value.string else {
                throw ToolError.invalidAssertion(member: place + name, expected: "a text")
            }
            return text
        }
        func number(_ name: String) throws -> Int? {
            guard let value = members[name] else { return nil }
            guard let number = value.integer, (0...1_000_000).contains(number) else {
                throw ToolError.invalidAssertion(
                    member: place + name, expected: "a whole number from 0 on")
            }
            return Int(number)
        }
        self.json = json
        direction = try text("direction")
        guard ["inbound", "outbound", nil].contains(direction) else {
            throw ToolError.invalidAssertion(
                member: place + "direction", expected: "inbound or outbound")
        }
        method = try text("method")?.uppercased()
        path = try text("path").map(PathPattern.init)
        query = try text("query")
        status = try number("status").map(Int64.init)
        job = try text("job")
        headers = try (members["headers"]?.object?.members ?? []).map { member in
            guard let pattern = member.value.string else {
                throw ToolError.invalidAssertion(
                    member: place + "headers." + member.name, expected: "a text; '*' fits any")
            }
            return (member.name, pattern)
        }
        bodyContains = members["bodyContains"]
        bodyEquals = members["bodyEquals"]
        let exactly = try number("exactly")
        let atMost = try number("atMost")
        least = try exactly ?? number("atLeast") ?? (atMost == nil ? 1 : 0)
        most = exactly ?? atMost
    }

    /// Whether so many calls are as many as expected.
    func takes(_ count: Int) -> Bool { count >= least && count <= most ?? .max }

    var countText: String {
        guard let most else { return "at least \(least)" }
        return most == least ? "exactly \(least)" : "\(least) to \(most)"
    }

    /// The call in words: `outbound POST */Users with userName…`.
    var description: String {
        let words = [
            direction, method ?? "call", path?.text, bodyContains.map { "with \($0.text)" },
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }

    /// How a call differs; empty for one that fits.
    func differences(of call: ObservedCall) -> [CallDifference] {
        let entry = call.entry
        var found: [CallDifference] = []
        func compare(_ field: String, _ expected: String?, _ actual: String, _ weight: Int) {
            guard let expected, expected != actual else { return }
            found.append(
                CallDifference(field: field, expected: expected, actual: actual, weight: weight))
        }
        compare("direction", direction, entry.direction.rawValue, 8)
        compare("method", method, entry.request.method, 3)
        if let path, !entry.matches(path) {
            found.append(
                CallDifference(
                    field: "path", expected: path.text, actual: entry.url ?? entry.request.path,
                    weight: 4))
        }
        if let query, entry.request.query?.contains(query) != true {
            compare("query", query, entry.request.query ?? "", 2)
        }
        compare("status", status.map(String.init), entry.response.map { "\($0.status)" } ?? "", 2)
        compare("job", job, entry.jobID ?? "", 4)
        for (name, pattern) in headers {
            let value = entry.request.value(of: name) ?? ""
            guard value.isEmpty || !PathPattern(pattern).matches(value) else { continue }
            let shown = Masking.masked(HTTPField(name, value)).value
            found.append(
                CallDifference(
                    field: "headers." + name, expected: pattern, actual: shown, weight: 1))
        }
        found += bodyDifferences(call.body)
        return found
    }

    private func bodyDifferences(_ body: JSONValue) -> [CallDifference] {
        var found: [CallDifference] = []
        if let bodyEquals, bodyEquals != body {
            found.append(
                CallDifference(
                    field: "body", expected: bodyEquals.text, actual: Masking.masked(body).text,
                    weight: 2))
        }
        if let bodyContains {
            if let text = bodyContains.string, let actual = body.string ?? body.text as String?,
                actual.contains(text)
            {
                return found
            }
            found += body.missing(bodyContains, at: "body").map {
                CallDifference(
                    field: $0.path, expected: $0.expected.text,
                    actual: Masking.masked($0.actual).text, weight: 1)
            }
        }
        return found
    }

    /// The calls that come nearest, nearest first, with what differs.
    func nearMisses(_ calls: [(ObservedCall, [CallDifference])]) -> [JSONValue] {
        let wrong = calls.filter { !$0.1.isEmpty }.map { call, differences in
            (call, differences, differences.reduce(0) { $0 + $1.weight })
        }
        let nearest = wrong.sorted { left, right in
            (left.2, -left.0.sequence) < (right.2, -right.0.sequence)
        }
        return nearest.prefix(Limits.nearMisses).map { call, differences, _ in
            let words = differences.map {
                "\($0.field) is \($0.actual.isEmpty ? "absent" : $0.actual), not \($0.expected)"
            }
            return [
                "sequence": .integer(call.sequence), "call": .string(call.description),
                "differs": .array(differences.map(\.json)),
                "text": .string(call.description + ": " + words.joined(separator: "; ") + "."),
            ]
        }
    }
}

extension JSONValue {
    /// What of an expected part this value lacks: each member must be there, lists must hold each element.
    fileprivate func missing(
        _ expected: JSONValue, at path: String
    ) -> [(path: String, expected: JSONValue, actual: JSONValue)] {
        switch (expected, self) {
        case (.object(let wanted), .object(let members)):
            return wanted.members.flatMap { member in
                (members[member.name] ?? .null).missing(
                    member.value, at: path + "." + member.name)
            }
        case (.array(let wanted), .array(let elements)):
            let lacking = wanted.first { element in
                !elements.contains { $0.missing(element, at: "").isEmpty }
            }
            return lacking.map { [(path, $0, self)] } ?? []
        default: return expected == self ? [] : [(path, expected, self)]
        }
    }
}
