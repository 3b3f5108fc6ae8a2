// Trees as mapping sources and back.

import Expressions
import Testing

struct MappingSourceTests {
    private func attribute(_ name: String) -> MappingSource {
        MappingSource(type: .attribute, name: name, expression: "[\(name)]")
    }

    private func constant(_ text: String) -> MappingSource {
        MappingSource(type: .constant, name: text, expression: "\"\(text)\"")
    }

    private func source(_ text: String) throws -> MappingSource {
        try MappingExpression(parsing: text).tree.mappingSource
    }

    @Test func hasTheShapeOfTheDocumentedAnswer() throws {
        let source = try source("Replace([preferredLanguage], \"-\", , , \"_\", ,  )")
        #expect(
            source
                == MappingSource(
                    type: .function, name: "Replace",
                    expression: "Replace([preferredLanguage], \"-\", , , \"_\", , )",
                    parameters: [
                        .init(key: "source", value: attribute("preferredLanguage")),
                        .init(key: "Find", value: constant("-")),
                        .init(key: "Replacement", value: constant("_")),
                    ]))
    }

    @Test func numbersAreTextConstants() throws {
        let source = try source("Mid([userPrincipalName], 1, 8)")
        #expect(source.expression == "Mid([userPrincipalName], 1, 8)")
        #expect(source.parameters.map(\.key) == ["source", "start", "length"])
        #expect(source.parameters[1].value == constant("1"))
    }

    @Test func repeatedParametersShareTheirKey() throws {
        let keys = try source("Switch([a], , \"k\", \"v\", \"l\", \"w\")").parameters.map(\.key)
        #expect(keys == ["source", "switchValue", "switchValue", "switchValue", "switchValue"])
    }

    @Test func olderFormHasItsOwnKeys() throws {
        let former = try source("FormatDateTime([a], \"yyyy\", \"yy\")").parameters.map(\.key)
        #expect(former == ["source", "inputFormat", "outputFormat"])
        let current = try source("FormatDateTime([a], , \"yyyy\", \"yy\")").parameters.map(\.key)
        #expect(current == ["source", "inputFormat", "outputFormat"])
    }

    @Test func comparisonIsAFunctionOfItsSides() throws {
        let condition = try source("IIF([a] <> \"x\", 1, 2)").parameters.first?.value
        #expect(condition?.name == "<>")
        #expect(condition?.expression == "[a] <> \"x\"")
        #expect(condition?.parameters.map(\.key) == ["left", "right"])
    }

    @Test func attributesAndConstantsAreWhatTheirNameSays() throws {
        let plain = MappingSource(type: .attribute, name: "mail", expression: "")
        #expect(try MappingExpression(plain).description == "[mail]")
        let quoted = MappingSource(type: .constant, name: "say \"hi\"", expression: "ignored")
        #expect(try MappingExpression(quoted).description == "\"say \\\"hi\\\"\"")
        let unnamed = MappingSource(type: .attribute, name: "", expression: "[mail]")
        #expect(try MappingExpression(unnamed).description == "[mail]")
    }

    @Test func functionIsWhatItsExpressionSays() throws {
        var edited = try source("Append([mail], \"x\")")
        edited.expression = "ToLower([mail])"
        #expect(try MappingExpression(edited).description == "ToLower([mail])")
    }

    @Test(arguments: [
        "Replace([a], \"-\", , , \"_\")", "Join(\" \", [a], [b], [c])",
        "IIF([a] = \"x\", Switch([b], , \"k\", \"v\"), Now())",
        "FormatDateTime([a], , \"y-M\", \"yy\")",
        "SelectUniqueValue([a], Append([a], \"2\"))", "Guid()", "Mid([a], \"1\", \"2\")",
    ])
    func functionWithoutExpressionIsWhatItsParametersSay(_ text: String) throws {
        var source = try source(text)
        source.expression = ""
        let read = try MappingExpression(source)
        // Optional arguments behind the last one given are blank, or not there at all.
        #expect(read.tree.mappingSource.parameters == source.parameters)
    }

    @Test func numberedKeysAreUnderstood() throws {
        let source = MappingSource(
            type: .function, name: "Join", expression: "",
            parameters: [
                .init(key: "separator", value: constant("-")),
                .init(key: "source1", value: attribute("a")),
                .init(key: "source2", value: attribute("b")),
            ])
        #expect(try MappingExpression(source).description == "Join(\"-\", [a], [b])")
    }

    @Test func refusesWhatNoFunctionTakes() throws {
        let unknownKey = MappingSource(
            type: .function, name: "ToLower", expression: "",
            parameters: [.init(key: "sauce", value: attribute("a"))])
        #expect(throws: ExpressionError.self) { try MappingExpression(unknownKey) }
        let unknownName = MappingSource(type: .function, name: "toLower", expression: "")
        #expect(throws: ExpressionError.self) { try MappingExpression(unknownName) }
        let twice = MappingSource(
            type: .function, name: "CStr", expression: "",
            parameters: [
                .init(key: "value", value: attribute("a")),
                .init(key: "value", value: attribute("b")),
            ])
        #expect(throws: ExpressionError.self) { try MappingExpression(twice) }
        let unbalanced = MappingSource(type: .attribute, name: "a]b", expression: "")
        #expect(throws: ExpressionError.self) { try MappingExpression(unbalanced) }
    }

    @Test func refusesParametersNestedTooDeep() {
        var source = attribute("a")
        for _ in 0..<1_000 {
            source = MappingSource(
                type: .function, name: "CStr", expression: "",
                parameters: [.init(key: "value", value: source)])
        }
        let error = #expect(throws: ExpressionError.self) { try MappingExpression(source) }
        #expect(error?.reason == .nestingTooDeep(limit: ExpressionLimits.standard.depth))
    }
}
