// Runs every vector of the data files, each reported by its id.

import Expressions
import Testing

struct ExpressionVectorTests {
    @Test(arguments: ExpressionVector.load("expression-vectors.json"))
    func givesWhatTheReferenceSays(_ vector: ExpressionVector) throws {
        try check(vector)
    }

    @Test(arguments: ExpressionVector.load("edge-vectors.json"))
    func givesWhatTheEdgeSays(_ vector: ExpressionVector) throws {
        #expect(vector.note?.isEmpty == false, "an edge vector needs its reason")
        try check(vector)
    }

    @Test func countsAreTheFilesOwn() {
        let reference = ExpressionVector.load("expression-vectors.json")
        #expect(reference.count == 225)
        #expect(Set(reference.map(\.id)).count == 225)
        let edges = ExpressionVector.load("edge-vectors.json")
        #expect(edges.count >= 100)
        #expect(Set(edges.map(\.id)).count == edges.count)
    }

    private func check(_ vector: ExpressionVector) throws {
        var context = vector.context
        let outcome = Result { () throws(ExpressionError) in
            try MappingExpression(parsing: vector.expression).evaluate(in: &context)
        }
        switch vector.match {
        case .error:
            #expect(throws: ExpressionError.self) { try outcome.get() }
        case .unsupported:
            guard case .failure(let error) = outcome,
                case .conditionUnsupported = error.reason
            else {
                Issue.record("\(outcome)")
                return
            }
        case .dropFlow:
            #expect(try outcome.get().flow == .drop)
        case .null:
            let result = try outcome.get()
            #expect(result.values == [])
            #expect(result.flow != .drop)
        case .equals:
            let result = try outcome.get()
            #expect(result.values == vector.expected.value.texts)
            #expect(result.flow != .drop)
            if let logged = vector.logged { #expect(result.loggedValues == [logged]) }
        case .regex:
            let result = try outcome.get()
            guard case .text(let pattern) = vector.expected, let value = result.values.first else {
                Issue.record("a pattern and a value are needed")
                return
            }
            var budget = RegularExpression.Budget()
            let isMatch = try RegularExpression(pattern).isMatch(value, budget: &budget)
            #expect(isMatch, "\(value)")
        }
    }
}
