// The tree follows the house style.

import Foundation
import Testing

struct HouseStyleTests {
    private static let tree = Result { try SourceTree(at: SourceTree.root) }

    @Test(arguments: Rules.all)
    func theTreeFollows(rule: Rule) throws {
        for finding in rule.findings(try HouseStyleTests.tree.get()) {
            Issue.record(
                "\(finding.path):\(finding.line): rule \(rule.number): \(finding.text)",
                sourceLocation: SourceLocation(
                    fileID: "entrasync/" + finding.path,
                    filePath: SourceTree.root.appending(path: finding.path).path,
                    line: finding.line, column: 1))
        }
    }

    /// An empty tree would follow every rule.
    @Test func theTreeIsRead() throws {
        let tree = try HouseStyleTests.tree.get()
        #expect(tree.sources.contains { $0.path == "Sources/Model/JSON/JSONValue.swift" })
        #expect(tree.tests.contains { $0.path == "Tests/TidyTests/HouseStyleTests.swift" })
        #expect(tree.targets.contains("CSQLite"))
        #expect(tree.ignored.contains(".build/"))
        for file in tree.files {
            let braces = file.swift.tokens.reduce(into: 0) { depth, token in
                depth += token.text == "{" ? 1 : token.text == "}" ? -1 : 0
            }
            #expect(braces == 0, "\(file.path) is misread")
        }
    }
}
