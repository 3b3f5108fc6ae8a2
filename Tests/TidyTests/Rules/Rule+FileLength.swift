// Rule 4: small files.

extension Rule {
    static let fileLength = Rule(
        number: "4", summary: "a file has at most 400 lines, one of tests 600",
        findings: { tree in
            tree.files.compactMap { file in
                let limit = file.isInTests ? 600 : 400
                guard file.lineCount > limit else { return nil }
                return Finding(
                    path: file.path, line: limit + 1,
                    text: "the file has \(file.lineCount) lines; \(limit) is the limit")
            }
        })
}
