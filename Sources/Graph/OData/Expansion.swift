// $expand: which neighbours of an entity come with it.

import Model

/// One navigation property to expand.
struct Expansion {
    /// The property.
    let property: TypeProperty
    /// The members of the neighbours that are wanted; nil for those returned by default.
    let selection: [String]?

    /// What the context URL carries: `manager(id,displayName)`.
    var contextName: String { property.name + "(" + (selection ?? []).joined(separator: ",") + ")" }

    /// Reads `manager($select=id),memberOf`.
    ///
    /// - Throws: `GraphError` naming the property or option that can't be used.
    static func parse(
        _ text: String?, of type: StructuredType, in catalog: TypeCatalog
    ) throws(GraphError) -> [Expansion] {
        guard let text else { return [] }
        var expansions: [Expansion] = []
        for part in split(text, at: ",") {
            let open = part.firstIndex(of: "(") ?? part.endIndex
            let name = String(part[..<open]).trimmingSpaces
            guard let property = type.property(ignoringCase: name), property.isNavigation else {
                throw type.property(ignoringCase: name) == nil
                    ? GraphError.selectUnknown(name, on: type.name)
                    : GraphError.notExpandable(name, of: type.name)
            }
            var selection: [String]?
            if open < part.endIndex {
                guard part.hasSuffix(")") else { throw GraphError.invalidOption("$expand", text) }
                let inside = String(part[part.index(after: open)...].dropLast())
                for option in split(inside, at: ";") {
                    let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
                    guard pair.count == 2 else { throw GraphError.invalidOption("$expand", text) }
                    switch pair[0].trimmingSpaces.lowercased() {
                    case "$select":
                        selection = try Selection(
                            pair[1], ofAny: far(property, in: catalog))?.names
                    case "$levels", "$top", "$count": break
                    default: throw GraphError.optionNotEmulated(pair[0])
                    }
                }
            }
            guard !expansions.contains(where: { $0.property.name == property.name }) else {
                throw GraphError.invalidOption("$expand", text)
            }
            expansions.append(Expansion(property: property, selection: selection))
        }
        return expansions
    }

    /// What the objects at a property's far end may be.
    private static func far(
        _ property: TypeProperty, in catalog: TypeCatalog
    ) -> [StructuredType] {
        guard case .structured(let name) = property.kind else { return [] }
        guard name == "directoryObject" else { return [catalog.type(name)].compactMap { $0 } }
        return ([name] + DirectoryKind.allCases.map(\.rawValue)).compactMap { catalog.type($0) }
    }

    /// The parts between separators that are in no parentheses.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == separator, depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}
