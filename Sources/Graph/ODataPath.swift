// A request's path as Graph reads it: keys out of their parentheses, names without qualification.

import HTTP

/// The segments of a path below the version root.
///
/// `//` and one trailing `/` do not count; `name('key')` is two segments; `name(appId='key')` keeps the
/// parenthesised part as its second segment; `microsoft.graph.start`, `functions()` and
/// `microsoft.graph.functions()` lose what qualifies them (OData URL conventions 4.3, 4.13).
struct ODataPath {
    private(set) var segments: [String] = []

    /// Splits and decodes a raw path.
    ///
    /// - Throws: `GraphError.malformedPath`.
    init(raw: Substring) throws(GraphError) {
        for part in raw.split(separator: "/", omittingEmptySubsequences: true) {
            guard let text = HTTPRequest.percentDecode(part) else { throw GraphError.malformedPath }
            append(text)
        }
    }

    private mutating func append(_ text: String) {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "("), open > text.startIndex
        else { return segments.append(ODataPath.unqualified(text)) }
        let inside = text[text.index(after: open)..<text.index(before: text.endIndex)]
        segments.append(ODataPath.unqualified(String(text[..<open])))
        if inside.isEmpty { return }
        if inside.first == "'", inside.last == "'", inside.count >= 2 {
            segments.append(ODataPath.literal(inside))
        } else {
            segments.append("(" + inside + ")")
        }
    }

    /// The text of a string literal, whose quotes are doubled inside.
    static func literal(_ text: Substring) -> String {
        var plain = ""
        var isSecond = false
        for character in text.dropFirst().dropLast() {
            isSecond = character == "'" && !isSecond
            if !isSecond { plain.append(character) }
        }
        return plain
    }

    private static let keyedSets: Set<String> = [
        "servicePrincipals", "applications", "jobs", "templates", "directories",
    ]
    private static let keyless: Set<String> = ["$count", "validateCredentials"]

    /// A path of the sub-tree with its keys in parentheses, as the service behind Graph has them.
    static func keyed(_ path: String) -> String {
        var segments: [String] = []
        var takesKey = false
        for segment in path.split(separator: "/").map(String.init) {
            if takesKey, !keyless.contains(segment) {
                segments[segments.count - 1] += "('" + segment + "')"
                takesKey = false
            } else {
                segments.append(segment)
                takesKey = keyedSets.contains(segment)
            }
        }
        return segments.joined(separator: "/")
    }

    static func unqualified(_ name: String) -> String {
        let namespace = "microsoft.graph."
        return name.hasPrefix(namespace) ? String(name.dropFirst(namespace.count)) : name
    }
}

/// A key between parentheses that names its property: `(appId='…')`.
struct AlternateKey {
    let property: String
    let value: String

    init?(_ segment: String) {
        guard segment.hasPrefix("("), segment.hasSuffix("')"),
            let equals = segment.firstIndex(of: "=")
        else { return nil }
        let value = segment[segment.index(after: equals)...].dropLast()
        guard value.first == "'", value.count >= 2 else { return nil }
        property = String(segment[segment.index(after: segment.startIndex)..<equals])
        self.value = ODataPath.literal(value)
    }
}
