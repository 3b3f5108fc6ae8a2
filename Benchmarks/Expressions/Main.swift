// How fast the mapping language is: objects a second, and the cost of long expressions.

import Emulator
import Expressions
import Model
import Provisioning

/// Prints one Markdown table; medians of alternated rounds.
@main
struct ExpressionsBenchmark {
    private static let rounds = 15

    static func main() throws {
        let mapping = try scimUserMapping()
        let lengths = [1_000, 2_000, 5_000, 10_000]
        let texts = lengths.map(longExpression)
        var mappingSeconds: [Double] = []
        var parseSeconds = texts.map { _ in [Double]() }
        var evaluateSeconds = texts.map { _ in [Double]() }
        for _ in 0..<rounds {
            mappingSeconds.append(try seconds { try evaluate(mapping, objects: 2_000) } / 2_000)
            for (index, text) in texts.enumerated() {
                parseSeconds[index].append(
                    try seconds { for _ in 0..<100 { _ = try MappingExpression(parsing: text) } }
                        / 100)
                let expression = try MappingExpression(parsing: text)
                var context = EvaluationContext(attributes: ["a": "x"])
                evaluateSeconds[index].append(
                    try seconds {
                        for _ in 0..<100 { _ = try expression.evaluate(in: &context) }
                    } / 100)
            }
        }
        let perObject = median(mappingSeconds)
        print("| mapping language | µs | |")
        print("|---|---|---|")
        let functions = mapping.filter { $0.tree.mappingSource.type == .function }.count
        print(
            "| `scim` user mapping, \(mapping.count) attributes, \(functions) functions, "
                + "one object | \(micros(perObject)) | \(Int(1 / perObject)) objects a second |")
        for (index, length) in lengths.enumerated() {
            let parse = median(parseSeconds[index])
            let growth = parse / Double(length) / (median(parseSeconds[0]) / Double(lengths[0]))
            print(
                "| expression of \(length) characters | parse \(micros(parse)), evaluate "
                    + "\(micros(median(evaluateSeconds[index]))) | a character costs "
                    + "\(rounded(growth)) × that of 1000 |")
        }
    }

    /// The expressions of the `scim` template's user mapping.
    private static func scimUserMapping() throws -> [MappingExpression] {
        let schema = try Gallery().schema(of: "scim")
        let rule = schema.json["synchronizationRules"]?.array?.first?.object
        let mappings = (rule?["objectMappings"]?.array ?? []).compactMap(\.object)
        let user = mappings.first { $0["sourceObjectName"]?.string == "User" }
        return try (user?["attributeMappings"]?.array ?? []).compactMap { mapping in
            try mapping.object?["source"].flatMap(MappingSource.init).map {
                try MappingExpression($0)
            }
        }
    }

    /// Evaluates the mapping for objects whose attributes all have values.
    private static func evaluate(_ mapping: [MappingExpression], objects: Int) throws {
        var values = 0
        for number in 0..<objects {
            var context = EvaluationContext(attribute: { name in
                name == "IsSoftDeleted" ? "False" : .one(.text("\(name) of \(number)"))
            })
            for expression in mapping {
                values += try expression.evaluate(in: &context).values.count
            }
        }
        // A mapping that gave nothing would measure nothing.
        precondition(values == objects * mapping.count)
    }

    /// A call with as many arguments as fit, filled up to the length with spaces.
    private static func longExpression(_ length: Int) -> String {
        let argument = ", ToUpper([a])"
        let start = "Join(\",\""
        let count = (length - start.count - 1) / argument.count
        let text = start + String(repeating: argument, count: count)
        return text + String(repeating: " ", count: length - text.count - 1) + ")"
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let taken = try ContinuousClock().measure(body)
        return Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func micros(_ seconds: Double) -> Double { rounded(seconds * 1e6) }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
