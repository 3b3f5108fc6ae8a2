// A resource from outside, made fit to be stored.

import Emulator
import Model

/// Checks a resource against the schemas and gives it their spelling.
///
/// Names get the schema's case, booleans as text become booleans, a single value of a multi-valued
/// attribute becomes an array, a bare text becomes a complex attribute's `value`; nulls and what is
/// read-only go. Attributes and extensions that no schema knows are kept as they come.
struct ResourceInput {
    let type: SCIMResourceType
    let behaviours: Set<TargetBehaviour>
    private let book = SchemaBook.standard

    init(_ type: SCIMResourceType, _ behaviours: Set<TargetBehaviour>) {
        self.type = type
        self.behaviours = behaviours
    }

    /// The resource as it is stored; `members` of a group are still in it.
    ///
    /// - Throws: `SCIMRefusal.invalidValue` for a value of the wrong type and for what is missing.
    func normalize(_ json: JSONObject) throws(SCIMRefusal) -> JSONObject {
        var result: [JSONObject.Member] = []
        result.reserveCapacity(json.members.count + 1)
        result.append(.init(name: "schemas", value: .null))
        var extensions: [String] = []
        let core = book.core(type)
        for member in json.members {
            switch member.name {
            case "id", "meta", "schemas": continue
            default: break
            }
            if let definition = core[member.name] {
                guard !definition.isReadOnly, !definition.isWriteOnly else { continue }
                guard let value = try values(member.value, definition) else { continue }
                result.append(.init(name: definition.name, value: value))
            } else if let text = member.name.utf8.first, text | 0x20 == UInt8(ascii: "u"),
                member.name.contains(":")
            {
                guard let value = try extended(member) else { continue }
                extensions.append(member.name)
                result.append(.init(name: member.name, value: value))
            } else if !ResourceInput.isCommon(member.name), !member.value.isNull {
                result.append(member)
            }
        }
        result[0].value = try schemas(json[scim: "schemas"], extensions)
        let object = JSONObject.unchecked(result)
        try checkRequired(object)
        return object
    }

    /// Names of attributes that all resources have and no request may set, in any case.
    private static func isCommon(_ name: String) -> Bool {
        ["id", "meta", "schemas"].contains { $0.isSameSCIMName(as: name) }
    }

    private func checkRequired(_ object: JSONObject) throws(SCIMRefusal) {
        let name = type == .user ? "userName" : "displayName"
        guard let text = object[name]?.string, !text.isEmpty else {
            throw SCIMRefusal.invalidValue("'\(name)' is required.")
        }
    }

    /// The core schema, the others that were given, and those of extensions that are there.
    private func schemas(
        _ given: JSONValue?, _ extensions: [String]
    ) throws(SCIMRefusal) -> JSONValue {
        var names: [String] = []
        switch given {
        case nil, .null: break
        case .array(let elements):
            for element in elements {
                guard let name = element.string else {
                    throw SCIMRefusal.invalidValue("'schemas' holds texts only.")
                }
                names.append(name)
            }
        default: throw SCIMRefusal.invalidValue("'schemas' is a list.")
        }
        for name in [type.schema] + extensions
        where !names.contains(where: { $0.isSameSCIMName(as: name) }) {
            names.append(name)
        }
        return .array(names.map(JSONValue.string))
    }

    private func extended(_ member: JSONObject.Member) throws(SCIMRefusal) -> JSONValue? {
        guard let members = member.value.object else {
            return member.value.isNull ? .none : .some(member.value)
        }
        let table = book.table(ofExtension: member.name)
        var result: [JSONObject.Member] = []
        for part in members.members {
            guard let definition = table?[part.name] else {
                if !part.value.isNull { result.append(part) }
                continue
            }
            if let value = try values(part.value, definition) {
                result.append(.init(name: definition.name, value: value))
            }
        }
        return result.isEmpty ? .none : .some(.object(JSONObject.unchecked(result)))
    }

    /// The value of an attribute, one or several; nil when it has none.
    private func values(
        _ value: JSONValue, _ definition: AttributeDefinition
    ) throws(SCIMRefusal) -> JSONValue? {
        guard definition.isMultiValued else {
            // The service writes a manager as a list of one.
            if let elements = value.array {
                guard elements.count < 2 else {
                    throw SCIMRefusal.invalidValue("'\(definition.name)' takes one value.")
                }
                guard let first = elements.first else { return .none }
                return try single(first, definition)
            }
            return try single(value, definition)
        }
        var elements: [JSONValue] = []
        for element in value.array ?? [value] {
            if let element = try single(element, definition) { elements.append(element) }
        }
        return elements.isEmpty ? .none : .some(.array(elements))
    }

    private func single(
        _ value: JSONValue, _ definition: AttributeDefinition
    ) throws(SCIMRefusal) -> JSONValue? {
        switch (definition.kind, value) {
        case (_, .null): return .none
        case (.complex, _): return try complex(value, definition)
        case (.boolean, .bool), (.integer, .integer), (.decimal, .integer), (.decimal, .number):
            return value
        case (.boolean, .string):
            if !behaviours.contains(.refusesTextBooleans), let flag = value.scimBoolean {
                return .bool(flag)
            }
        case (.string, .string(let text)):
            let isFolded = behaviours.contains(.normalisesCase) && definition.name == "userName"
            return isFolded ? .string(text.lowercased()) : value
        case (.dateTime, .string), (.reference, .string), (.binary, .string): return value
        default: break
        }
        throw SCIMRefusal.invalidValue("'\(definition.name)' must be a \(definition.kind).")
    }

    private func complex(
        _ value: JSONValue, _ definition: AttributeDefinition
    ) throws(SCIMRefusal) -> JSONValue? {
        if let text = value.string, definition.parts["value"] != nil {
            return text.isEmpty ? .none : .some(["value": value])
        }
        guard let members = value.object else {
            throw SCIMRefusal.invalidValue("'\(definition.name)' must be an object.")
        }
        var result: [JSONObject.Member] = []
        result.reserveCapacity(members.members.count)
        for member in members.members {
            guard let part = definition.parts[member.name] else {
                if !member.value.isNull { result.append(member) }
                continue
            }
            guard let value = try single(member.value, part) else { continue }
            if behaviours.contains(.normalisesCase), definition.name == "emails",
                part.name == "value",
                let text = value.string
            {
                result.append(.init(name: part.name, value: .string(text.lowercased())))
            } else {
                result.append(.init(name: part.name, value: value))
            }
        }
        return result.isEmpty ? .none : .some(.object(JSONObject.unchecked(result)))
    }
}
