// `entrasync eval`: an expression, offline.

import ArgumentParser
import Expressions
import Model
import VirtualTime

/// Evaluates an expression of the mapping language without a server.
struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate a mapping expression.",
        discussion: "Prints one value a line. --attribute may repeat a name for an attribute with "
            + "several values; --json FILE reads an object of attributes.")

    @Argument(help: "The expression, such as 'Join(\" \", [givenName], [surname])'.")
    var expression: String

    @Option(help: "An attribute of the source object as name=value; repeatable.")
    var attribute: [String] = []

    @Option(name: .customLong("json"), help: "A file with a JSON object of attributes.")
    var file: String?

    @Flag(help: "Print the value of each part.")
    var explain = false

    @Option(help: "The time that Now() gives, as ISO 8601. (default: now)")
    var now: String?

    @Option(help: "The tenant's default domain, for DefaultDomain().")
    var defaultDomain: String?

    @Option(help: "A value that is taken in the target, for SelectUniqueValue(); repeatable.")
    var taken: [String] = []

    @Option(help: "Text that makes Guid() and RandomString() the same from run to run.")
    var ids: String?

    func run() throws {
        let parsed: MappingExpression
        var context = try makeContext()
        do throws(ExpressionError) {
            parsed = try MappingExpression(parsing: expression)
            let result = try explain ? parsed.explain(in: &context) : parsed.evaluate(in: &context)
            for step in result.steps {
                Console.line("\(step.expression) = \(Eval.shown(step.value.texts))")
            }
            if case .drop = result.flow { return Console.note("(the attribute is not written)") }
            if explain { return }
            for value in result.values { Console.line(value) }
            if result.values.isEmpty { Console.note("(null)") }
        } catch {
            Console.note(error.caret(in: expression))
            throw Failure.failed(
                "the expression failed at character \(error.range.lowerBound + 1).")
        }
    }

    private static func shown(_ values: [String]) -> String {
        switch values.count {
        case 0: "null"
        case 1: JSONValue.string(values[0]).text
        default: JSONValue.array(values.map(JSONValue.string)).text
        }
    }

    private func makeContext() throws -> EvaluationContext {
        var attributes = try fileAttributes()
        var given: [String: [String]] = [:]
        for pair in attribute {
            guard let equals = pair.separatorIndex else {
                throw Failure.usage("'\(pair)' is no attribute; --attribute takes name=value.")
            }
            let value = String(pair[pair.index(after: equals)...])
            given[String(pair[..<equals]), default: []].append(value)
        }
        for (name, values) in given {
            attributes[name] =
                values.count == 1
                ? .one(.text(values[0])) : .many(values.map(ExpressionScalar.text))
        }
        let instant = now.map(Timestamp.init(parsing:)) ?? RealTime.now()
        guard let instant else {
            throw Failure.usage("'\(now ?? "")' is no instant; --now takes ISO 8601.")
        }
        let seed = ids.map { IDGenerator.seed(from: $0, tenant: .zero) } ?? RealTime.entropy()
        return EvaluationContext(
            attributes: attributes, now: DateTime(ticks: instant.ticks),
            random: SeededRandomSource(seed: seed), defaultDomain: defaultDomain,
            isTaken: { [taken] in taken.contains($0) })
    }

    private func fileAttributes() throws -> [String: ExpressionValue] {
        guard let file else { return [:] }
        guard let members = try InputFile.json(file).object else {
            throw Failure.usage("'\(file)' holds no JSON object.")
        }
        var attributes: [String: ExpressionValue] = [:]
        for member in members.members {
            switch member.value {
            case .null: attributes[member.name] = .null
            case .array(let values):
                attributes[member.name] = .many(values.map { .text($0.string ?? $0.text) })
            case .bool(let flag): attributes[member.name] = .one(.boolean(flag))
            case .string(let text): attributes[member.name] = .one(.text(text))
            default: attributes[member.name] = .one(.text(member.value.text))
            }
        }
        return attributes
    }
}

extension String {
    /// Where name and value of `name=value` part: the first `=` outside of brackets, because names
    /// such as `emails[type eq "work"].value` have brackets and may have `=` in them.
    fileprivate var separatorIndex: Index? {
        var depth = 0
        return indices.first { index in
            switch self[index] {
            case "[": depth += 1
            case "]": depth -= 1
            case "=": return depth <= 0 && index > startIndex
            default: break
            }
            return false
        }
    }
}
