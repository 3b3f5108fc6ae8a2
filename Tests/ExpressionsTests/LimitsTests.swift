// Each limit of an evaluation has its own error, and nothing runs away before it.

import Expressions
import Testing

struct LimitsTests {
    private func reason(
        _ text: String, _ attributes: [String: ExpressionValue] = [:],
        _ change: (inout ExpressionLimits) -> Void = { _ in }
    ) -> ExpressionError.Reason? {
        var limits = ExpressionLimits.standard
        change(&limits)
        var context = EvaluationContext(attributes: attributes)
        do throws(ExpressionError) {
            _ = try MappingExpression(parsing: text, limits: limits).evaluate(in: &context)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func everyNodeIsAStep() {
        #expect(reason("Join(\"\", 1, 2, 3)", [:]) { $0.steps = 5 } == nil)
        #expect(reason("Join(\"\", 1, 2, 3)", [:]) { $0.steps = 4 } == .tooManySteps(limit: 4))
    }

    @Test func largeResultsAreManySteps() {
        let large = ExpressionValue.text(String(repeating: "x", count: 100_000))
        let text = "Join(\"\", CStr([a]), CStr([a]), CStr([a]))"
        #expect(reason(text, ["a": large]) == nil)
        #expect(reason(text, ["a": large]) { $0.steps = 200 } == .tooManySteps(limit: 200))
    }

    @Test(arguments: [
        "Join([a], [b], [b])", "Append([a], [a])", "Replace([b], \"b\", , , [a], )",
        "Replace(\"xxxxx\", \"x\", , , [a], , )", "Replace([a], \"x\", , , , , \"xxxxx\")",
        "ConvertToBase64([a])", "ConvertToUTF8Hex([a])",
        "Replace(\"xxxxx\", , \"x\", , [a], , )",
        "Replace(\"xxxxx\", , \"(?<n>x)\", \"n\", [a], , )",
    ])
    func noValueGrowsBeyondTheLimit(_ text: String) {
        let text = text.hasSuffix("[a], )") ? "Join([a], 1, 2, 3)" : text
        let large = ExpressionValue.text(String(repeating: "ab", count: 500))
        let found = reason(text, ["a": large, "b": "b"]) { $0.resultBytes = 1_000 }
        switch found {
        case .resultTooLarge(limitBytes: 1_000),
            .regularExpression(_, _, .resultTooLarge(limitBytes: 1_000)):
            break
        default:
            Issue.record("\(text): \(String(describing: found))")
        }
    }

    @Test func nestedTemplatesDoNotMultiply() {
        // Each level would make the text ten times as long: ten thousand million in the end.
        let level = { (inner: String) in
            "Replace(\(inner), \"x\", , , , , \"xxxxxxxxxx\")"
        }
        let text = (0..<10).reduce("[a]") { inner, _ in level(inner) }
        let found = reason(text, ["a": "seed"])
        #expect(found == .resultTooLarge(limitBytes: ExpressionLimits.standard.resultBytes))
    }

    @Test func plainAttributesAreNotLimited() {
        let members = ExpressionValue.texts((0..<1_000).map { "member \($0)" })
        #expect(reason("[members]", ["members": members]) { $0.resultBytes = 10 } == nil)
    }
}
