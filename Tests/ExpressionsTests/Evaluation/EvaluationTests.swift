// What evaluations give besides values: steps, moved random sources, roles, logs.

import Expressions
import Testing

struct EvaluationTests {
    @Test func explainRecordsEachPartInnermostFirst() throws {
        let text = "IIF([a] = \"x\", Append([b], \"!\"), [c])"
        var context = EvaluationContext(attributes: ["a": "x", "b": "y"])
        let result = try MappingExpression(parsing: text).explain(in: &context)
        #expect(result.values == ["y!"])
        #expect(
            result.steps.map(\.expression) == [
                "[a]", "\"x\"", "[a] = \"x\"", "[b]", "\"!\"", "Append([b], \"!\")", text,
            ])
        #expect(result.steps.map(\.value.texts.first) == ["x", "x", "True", "y", "!", "y!", "y!"])
        #expect(result.steps.last?.range == 0..<text.utf8.count)
    }

    @Test func evaluateRecordsNothing() throws {
        var context = EvaluationContext(attributes: ["a": "x"])
        #expect(try MappingExpression(parsing: "ToUpper([a])").evaluate(in: &context).steps == [])
        #expect(try MappingExpression(parsing: "[a]").explain(in: &context).steps.count == 1)
    }

    @Test func randomSourceMovesOnAndRepeats() throws {
        let expression = try MappingExpression(
            parsing: "Join(\" \", Guid(), RandomString(9, 1, 1, 1, 1))")
        var first = EvaluationContext(attributes: [:], random: SeededRandomSource(seed: 5))
        let one = try expression.evaluate(in: &first).values
        let two = try expression.evaluate(in: &first).values
        #expect(one != two)
        var second = EvaluationContext(attributes: [:], random: SeededRandomSource(seed: 5))
        #expect(try expression.evaluate(in: &second).values == one)
        #expect(try expression.evaluate(in: &second).values == two)
    }

    @Test func randomSourceMovesOnWhenTheEvaluationFails() throws {
        var context = EvaluationContext(attributes: [:], random: SeededRandomSource(seed: 5))
        let failing = try MappingExpression(parsing: "Item(Guid(), 2)")
        #expect(throws: ExpressionError.self) { try failing.evaluate(in: &context) }
        var fresh = EvaluationContext(attributes: [:], random: SeededRandomSource(seed: 5))
        let guid = try MappingExpression(parsing: "Guid()")
        #expect(try guid.evaluate(in: &context).values != guid.evaluate(in: &fresh).values)
    }

    @Test func randomStringsVaryAndKeepTheirPromise() throws {
        let expression = try MappingExpression(parsing: "RandomString(12, 2, 2, 2, 2, \"0O1l\")")
        var context = EvaluationContext(attributes: [:], random: SeededRandomSource(seed: 1))
        var seen: Set<String> = []
        for _ in 0..<200 {
            let text = try #require(expression.evaluate(in: &context).values.first)
            #expect(text.utf8.count == 12)
            #expect(text.utf8.filter { (0x30...0x39).contains($0) }.count >= 2)
            #expect(text.utf8.filter { (0x41...0x5A).contains($0) }.count >= 2)
            #expect(text.utf8.filter { (0x61...0x7A).contains($0) }.count >= 2)
            #expect(!text.contains { "0O1l".contains($0) })
            seen.insert(text)
        }
        #expect(seen.count == 200)
    }

    @Test func rolesAreKnownByIdentifierValueOrName() throws {
        let roles = [
            AppRole(id: "06b07648", value: "admin", displayName: "Administrator"),
            AppRole(id: "16b07648", value: nil, displayName: "Reader"),
        ]
        var context = EvaluationContext(
            attributes: ["r": ["admin", "16b07648", "Other"]], appRoles: roles)
        #expect(
            try MappingExpression(parsing: "AppRoleAssignmentsComplex([r])")
                .evaluate(in: &context).values == [
                    #"{"id":"06b07648","value":"admin","displayName":"Administrator"}"#,
                    #"{"id":"16b07648","displayName":"Reader"}"#, #"{"displayName":"Other"}"#,
                ])
        #expect(
            try MappingExpression(parsing: "AssertiveAppRoleAssignmentsComplex([r])")
                .evaluate(in: &context).values.first
                == #"{"primary":false,"type":"WindowsAzureActiveDirectoryRole","#
                + #""display":"Administrator","value":"admin"}"#)
        #expect(
            try MappingExpression(parsing: "SingleAppRoleAssignment([r])")
                .evaluate(in: &context).values == ["Administrator"])
    }

    @Test func logsShowRedactedValues() throws {
        var context = EvaluationContext(attributes: ["a": "secret"])
        let result = try MappingExpression(parsing: "Redact([a])").evaluate(in: &context)
        #expect(result.isRedacted)
        #expect(result.values == ["secret"])
        #expect(result.loggedValues == ["[Redact]"])
        let plain = try MappingExpression(parsing: "Switch([a], [a], \"x\", Redact([a]))")
            .evaluate(in: &context)
        #expect(!plain.isRedacted)
        #expect(plain.loggedValues == ["secret"])
    }
}
