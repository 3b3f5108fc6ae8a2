// The parameters of actions, which are bodies without a type in the metadata.

import Emulator
import HTTP
import Model

/// What a parameter of an action holds.
enum ActionParameter: String {
    case text = "Edm.String"
    case flag = "Edm.Boolean"
    case texts = "Collection(Edm.String)"
    case object = "object"
    case list = "Collection"
    /// Something that its handler reads by itself.
    case any = ""

    fileprivate func takes(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.string != nil
        case .flag: value.bool != nil
        case .texts: value.array?.allSatisfy { $0.string != nil } ?? false
        case .object: value.object != nil
        case .list: value.array != nil
        case .any: true
        }
    }
}

extension GraphCall {
    /// The parameters in the body, each of its kind; null is as good as nothing.
    ///
    /// - Throws: `GraphError` naming the parameter that is unknown or of another kind.
    func parameters(
        _ known: [String: ActionParameter], of action: String
    ) throws(GraphError) -> JSONObject {
        guard let body = try jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        var given = JSONObject()
        for member in body.members where !member.name.contains("@") {
            guard let kind = known[member.name] else {
                if isLenient { continue }
                throw GraphError.body(
                    BodyError(reason: .unknownProperty(type: action), path: member.name))
            }
            if member.value.isNull { continue }
            guard kind.takes(member.value) else {
                throw GraphError.body(
                    BodyError(
                        reason: .wrongType(expected: kind.rawValue, found: member.value.kindName),
                        path: member.name))
            }
            given[member.name] = member.value
        }
        return given
    }
}

extension JSONValue {
    /// The kind of value as messages name it.
    fileprivate var kindName: String {
        switch self {
        case .null: "Null"
        case .bool: "Boolean"
        case .integer, .number: "Number"
        case .string: "String"
        case .array: "Array"
        case .object: "Object"
        }
    }
}
