// Rule 3: a file is named by a noun that it declares.

extension Rule {
    /// Names that say nothing.
    private static let empty = [
        "Utils", "Utilities", "Util", "Helpers", "Helper", "Types", "Extensions", "Misc", "Common",
        "Constants",
    ]

    /// Files named by what they do to another file's noun; a new one states here why.
    private static let exempt: Set<String> = [
        // The counterpart of JSONParser.swift, though an extension is all that it needs.
        "Sources/Model/JSON/JSONWriter.swift",
        // What the directory's tables share: no single noun of it stands out.
        "Sources/Storage/Tables/DirectoryRow.swift",
    ]

    /// `Noun.swift` declares the type `Noun`, or in an extension the constant `noun` (rule 5's twins);
    /// `Noun+Aspect.swift` extends or declares `Noun`; `Limits.swift` declares the target's limits.
    static let fileNames = Rule(
        number: "3", summary: "a file is named by a noun that it declares",
        findings: { tree in
            let files = tree.files.filter { $0.target != nil }
            let misnamed = files.compactMap { file in misnaming(of: file).map { (file, $0) } }
            let stale = exempt.subtracting(misnamed.map(\.0.path))
                .intersection(files.map(\.path)).sorted()
            return misnamed.filter { !exempt.contains($0.0.path) }
                .map { Finding(path: $0.0.path, line: 1, text: $0.1) }
                + stale.map { Finding(path: $0, line: 1, text: "needs no exemption any more") }
        })

    private static func misnaming(of file: SourceFile) -> String? {
        let parts = file.baseName.split(separator: "+", omittingEmptySubsequences: false)
            .map(String.init)
        if empty.contains(where: { parts.contains($0) }) { return "the name says nothing" }
        let declared = Set(file.swift.declaredTypes.map(\.name))
        switch parts.count {
        case 1:
            let noun = parts[0]
            let isType = declared.contains(noun)
            let isTwin =
                !file.swift.extendedTypes.isEmpty
                && file.swift.staticConstants.contains { $0.lowercased() == noun.lowercased() }
            let isLimits = noun == "Limits" && declared.contains { $0.hasSuffix("Limits") }
            return isType || isTwin || isLimits ? nil : "declares no '\(noun)'"
        case 2 where !parts[1].isEmpty:
            let isItsOwn = declared.union(file.swift.extendedTypes).contains(parts[0])
            return isItsOwn ? nil : "neither extends nor declares '\(parts[0])'"
        default:
            return "is not named 'Noun.swift' or 'Noun+Aspect.swift'"
        }
    }
}
