// Test vectors of the mapping language, as the files in Fixtures/Expressions hold them.

import Expressions
import FoundationEssentials
import Testing

/// One vector: an expression, an object, and what must come out.
struct ExpressionVector: Decodable, Sendable, CustomTestStringConvertible {
    /// How the outcome is compared.
    enum Match: String, Decodable, Sendable {
        case equals, error, regex, dropFlow, unsupported, null
    }

    let id: String
    let function: String
    let expression: String
    let attributes: [String: VectorValue]
    let expected: VectorValue
    let match: Match
    let source: String
    var confidence: String?
    var now: String?
    var targetTaken: [String]?
    var defaultDomain: String?
    var logged: String?
    var note: String?

    var testDescription: String {
        // The file marks vectors whose documented output contradicts the documented rule; their
        // expected value is the rule's.
        confidence == "doc-inconsistent" ? "\(id) (doc-inconsistent)" : id
    }

    /// The surroundings the vector asks for.
    var context: EvaluationContext {
        var context = EvaluationContext(
            attributes: attributes.mapValues(\.value), now: now.flatMap { DateTime(parsing: $0) },
            random: SeededRandomSource(seed: 1), defaultDomain: defaultDomain)
        if let targetTaken { context.isTaken = { targetTaken.contains($0) } }
        return context
    }

    /// The vectors of a file in Fixtures/Expressions.
    static func load(_ name: String) -> [ExpressionVector] {
        var path = URL(filePath: #filePath)
        for _ in 0..<4 { path.deleteLastPathComponent() }
        let file = path.appending(path: "Fixtures/Expressions/\(name)")
        do {
            return try JSONDecoder().decode([ExpressionVector].self, from: Data(contentsOf: file))
        } catch {
            Issue.record("\(file.path()): \(error)")
            return []
        }
    }
}

/// A JSON value of a vector: null, a text, a boolean, a number, or a list of texts.
enum VectorValue: Decodable, Sendable, Equatable {
    case null
    case text(String)
    case boolean(Bool)
    case integer(Int64)
    case texts([String])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .texts(try container.decode([String].self))
        }
    }

    /// The value as a source attribute has it.
    var value: ExpressionValue {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .boolean(let boolean): .one(.boolean(boolean))
        case .integer(let integer): .one(.integer(integer))
        case .texts(let texts): .texts(texts)
        }
    }
}
