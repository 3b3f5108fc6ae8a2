// $select: which members of an entity are wanted.

import Model

/// The names that `$select` asks for.
struct Selection {
    /// The names as the metadata spells them, in the order asked for.
    let names: [String]

    /// Reads `a,b,c`; nil for none or `*`.
    ///
    /// - Throws: `GraphError.selectUnknown` for a name that the type lacks.
    init?(_ text: String?, of type: StructuredType) throws(GraphError) {
        try self.init(text, ofAny: [type])
    }

    /// Reads `a,b,c` of elements that are each of one of the types; nil for none or `*`.
    ///
    /// - Throws: `GraphError.selectUnknown` for a name that all of them lack.
    init?(_ text: String?, ofAny types: [StructuredType]) throws(GraphError) {
        guard let text else { return nil }
        var names: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part).trimmingSpaces
            if name == "*" { return nil }
            let known: String
            let property = types.lazy.compactMap { $0.property(ignoringCase: name) }.first
            if let property {
                known = property.name
            } else if name.hasPrefix("extension_"),
                types.contains(where: { $0.property("deletedDateTime") != nil })
            {
                known = name
            } else {
                throw GraphError.selectUnknown(name, on: types.first?.name ?? "")
            }
            if !names.contains(known) { names.append(known) }
        }
        self.names = names
    }

    /// The wanted members, in the order of the entity; nil selects all.
    static func apply(_ selection: Selection?, to json: JSONObject) -> JSONObject {
        guard let selection else { return json }
        return JSONObject(
            json.members.filter { selection.names.contains($0.name) }.map { ($0.name, $0.value) })
    }

    /// What the context URL carries: `(id,appId)`, or nothing for all members.
    static func suffix(_ selection: Selection?, _ expansions: [Expansion] = []) -> String {
        let names = (selection?.names ?? []) + expansions.map(\.contextName)
        return names.isEmpty ? "" : "(" + names.joined(separator: ",") + ")"
    }

    /// The members that an answer has: those selected, else those returned by default; what the store
    /// lacks is null, or an empty list.
    static func entity(
        _ json: JSONObject, _ type: StructuredType, _ selection: Selection?
    ) -> JSONObject {
        var singles: [(String, JSONValue)] = []
        var collections: [(String, JSONValue)] = []
        for property in type.properties where !property.isNavigation {
            let isWanted =
                selection.map { $0.names.contains(property.name) }
                ?? property.traits.isReturnedByDefault
            guard isWanted, property.kind != .stream else { continue }
            // A password is written and never read.
            let value = property.name == "passwordProfile" ? nil : json[property.name]
            if property.isCollection {
                collections.append((property.name, value ?? []))
            } else {
                // A flag that can't be null is off where the store does not have it.
                let isFlag = property.kind == .boolean && !property.isNullable
                singles.append((property.name, value ?? (isFlag ? false : .null)))
            }
        }
        let extensions = (selection?.names ?? []).filter { $0.hasPrefix("extension_") }
            .compactMap { name in json[name].map { (name, $0) } }
        return JSONObject(singles + collections + extensions)
    }
}

extension String {
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
