// The canonical form: samples, and the property that it says the same as the tree.

import Testing

@testable import Expressions

struct ExpressionTreePrintingTests {
    @Test(arguments: [
        (
            "Replace([preferredLanguage], \"-\", , , \"_\", ,  )",
            "Replace([preferredLanguage], \"-\", , , \"_\", , )"
        ),
        ("Join( \" \",[givenName] ,[surname])", "Join(\" \", [givenName], [surname])"),
        ("Mid([a],1,8)", "Mid([a], 1, 8)"),
        ("BitAnd(&HF,&hf7)", "BitAnd(&HF, &hf7)"),
        ("IIF([a]=\"x\",1,2)", "IIF([a] = \"x\", 1, 2)"),
        ("RandomString(3,3,0,0,0,)", "RandomString(3, 3, 0, 0, 0, )"),
        ("InStr(\"a\",\"b\",,vbTextCompare)", "InStr(\"a\", \"b\", , vbTextCompare)"),
        (" \"a\\\\b\\\"c\" ", "\"a\\\\b\\\"c\""),
        ("Guid( )", "Guid()"),
        ("[emails[type eq \"work\"].value]", "[emails[type eq \"work\"].value]"),
    ])
    func printsTheCanonicalForm(_ text: String, canonical: String) throws {
        let expression = try MappingExpression(parsing: text)
        #expect(expression.description == canonical)
        #expect(try MappingExpression(parsing: canonical).tree == expression.tree)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func parsingWhatIsPrintedGivesTheTree(seed: UInt64) throws {
        var generator = TreeGenerator(seed: seed)
        var limits = ExpressionLimits.standard
        limits.characters = 1_000_000
        for _ in 0..<500 {
            let tree = generator.tree(depth: 4)
            let text = tree.description
            let parsed = try MappingExpression(parsing: text, limits: limits)
            #expect(parsed.tree == tree, "seed \(seed): \(text)")
            #expect(parsed.description == text, "seed \(seed)")
            // A number alone becomes a text constant when it is stored.
            if case .constant = tree.node { continue }
            let source = tree.mappingSource
            #expect(source.expression == text)
            #expect(try MappingExpression(source, limits: limits).tree == tree)
        }
    }

    @Test(arguments: ExpressionVector.load("expression-vectors.json"))
    func printOfWhatIsParsedIsStable(_ vector: ExpressionVector) throws {
        guard let expression = try? MappingExpression(parsing: vector.expression) else { return }
        let printed = expression.description
        let again = try MappingExpression(parsing: printed)
        #expect(again.description == printed)
        #expect(again.tree == expression.tree)
    }

    @Test func rangesCoverTheParts() throws {
        let text = "Join(\"ä\", [b] , IIF([c] = 1, 2, 3))"
        let tree = try MappingExpression(parsing: text).tree
        guard case .call(_, let arguments) = tree.node else {
            Issue.record("\(tree)")
            return
        }
        let parts = arguments.map { argument in
            argument.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
        }
        #expect(parts == ["\"ä\"", "[b]", "IIF([c] = 1, 2, 3)"])
        #expect(tree.range == 0..<text.utf8.count)
    }
}
