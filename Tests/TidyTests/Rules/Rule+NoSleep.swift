// Rule 37: no test sleeps.

extension Rule {
    static let noSleep = Rule(
        number: "37", summary: "time moves because the test moves it",
        findings: { tree in
            tree.tests.flatMap { file in
                ["sleep", "usleep", "nanosleep"].flatMap { file.swift.lines(of: $0, "(") }.map {
                    Finding(path: file.path, line: $0, text: "a test that sleeps")
                }
            }
        })
}
