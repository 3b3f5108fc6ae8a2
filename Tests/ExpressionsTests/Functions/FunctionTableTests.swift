// The table of functions: complete, well described, and its examples true.

import Testing

@testable import Expressions

struct FunctionTableTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let function: String
        let example: FunctionExample
        var testDescription: String { "\(function): \(example.expression)" }
    }

    private static let examples: [Example] = FunctionTable.all.flatMap { function in
        function.examples.map { Example(function: function.name, example: $0) }
    }

    @Test(arguments: examples)
    func exampleGivesWhatItSays(_ example: Example) throws {
        let attributes = example.example.attributes.mapValues(ExpressionValue.texts)
        var context = EvaluationContext(
            attributes: attributes, now: DateTime(parsing: "2021-07-02T15:33:38Z"),
            random: SeededRandomSource(seed: 7), defaultDomain: "contoso.onmicrosoft.com",
            isTaken: { $0 == "taken" })
        let expression = try MappingExpression(parsing: example.example.expression)
        let result = try expression.evaluate(in: &context)
        if let values = example.example.values { #expect(result.values == values) }
        #expect(expression.description.contains(example.function + "("))
    }

    @Test func everyFunctionIsDescribedAndShown() {
        for function in FunctionTable.all {
            #expect(!function.examples.isEmpty, "\(function.name)")
            #expect(function.summary.hasSuffix("."), "\(function.name)")
            #expect(function.parameters.dropLast().allSatisfy { !$0.repeats }, "\(function.name)")
        }
        #expect(FunctionTable.all.count == 48)
        #expect(Set(FunctionTable.all.map(\.name)).count == 48)
    }

    @Test func publishedSetIsTheServicesMetadata() {
        let expected = [
            "Append(source, suffix)", "DefaultDomain()", "AppRoleAssignments(source)",
            "FormatDateTime(source, inputFormat, outputFormat)", "IsNothing(source: Boolean)",
            "Join(separator, source*)", "Prepend(prefix, source)",
            "Mid(source, start: Integer, length: Integer)", "Not(source: Boolean)",
            "Replace(source, Find?, RegularExpression?, RegularExpressionGroupName?, Replacement?, "
                + "ReplacementPropertyName?, Template?)",
            "SingleAppRoleAssignment(source)", "Split(source, delimiter?)", "StripSpaces(source)",
            "Switch(source, defaultValue?, switchValue?*)",
        ]
        let published = FunctionTable.published.map { function in
            let parameters = (function.publishedParameters ?? []).map { parameter in
                parameter.name + (parameter.isRequired ? "" : "?") + (parameter.repeats ? "*" : "")
                    + (parameter.schemaType == "String" ? "" : ": \(parameter.schemaType)")
            }
            return "\(function.name)(\(parameters.joined(separator: ", ")))"
        }
        #expect(Set(published) == Set(expected))
        #expect(published.count == 14)
    }

    @Test func namesAreCaseSensitiveButSuggested() {
        #expect(FunctionTable.function(named: "iif")?.name == nil)
        #expect(FunctionTable.suggestion(for: "iif") == "IIF")
        #expect(FunctionTable.suggestion(for: "ToLowercase") == nil)
    }
}
