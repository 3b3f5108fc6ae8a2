// Rule 2: a target declares no type of its own name.

extension Rule {
    static let targetNames = Rule(
        number: "2", summary: "a target declares no type of its own name",
        findings: { tree in
            tree.files.flatMap { file in
                file.swift.declaredTypes.filter { $0.name == file.target }.map {
                    Finding(
                        path: file.path, line: $0.line,
                        text: "'\($0.name)' is the target's own name")
                }
            }
        })
}
