// Values of expressions as JSON values of SCIM resources.

import Expressions
import Model

/// Writes values of expressions as JSON.
enum SCIMLiteral {
    /// The JSON of a single value.
    ///
    /// - Parameters:
    ///   - scalar: the value.
    ///   - kind: what the attribute holds; it decides between text and the rest.
    ///   - booleansAsText: whether booleans are `"True"` and `"False"`, as the default form has them.
    /// - Returns: the JSON.
    static func json(
        _ scalar: ExpressionScalar, _ kind: TargetAttribute.Kind, booleansAsText: Bool
    ) -> JSONValue {
        switch kind {
        case .boolean:
            let flag: Bool? =
                if case .boolean(let flag) = scalar { flag } else {
                    JSONValue.string(scalar.description).scimBoolean
                }
            guard let flag else { return .string(scalar.description) }
            return booleansAsText ? .string(flag ? "True" : "False") : .bool(flag)
        case .integer:
            if case .integer(let value) = scalar { return .integer(value) }
            return Int64(scalar.description).map(JSONValue.integer) ?? .string(scalar.description)
        case .dateTime:
            guard case .date(let date) = scalar else { return .string(scalar.description) }
            return .string(Timestamp(ticks: date.ticks).description)
        case .string, .reference, .binary: return .string(scalar.description)
        }
    }

    /// The JSON of an attribute's value: one value, or an array where the attribute has several.
    ///
    /// Elements of the core schemas' attributes are objects with a `value`, those of extensions are the
    /// values themselves: custom attributes can't be complex.
    static func json(
        _ value: ExpressionValue, of attribute: SCIMAttribute, booleansAsText: Bool
    ) -> JSONValue? {
        let kind = attribute.target.kind
        if case .one(let scalar) = value, !attribute.isMultivalued {
            return json(scalar, kind, booleansAsText: booleansAsText)
        }
        let values = value.scalars.map { json($0, kind, booleansAsText: booleansAsText) }
        guard let first = values.first else { return nil }
        guard attribute.isMultivalued, !attribute.isValuePath,
            attribute.path.attribute.subAttribute == nil
        else { return first }
        guard attribute.path.attribute.schema == nil else { return .array(values) }
        return .array(values.map { ["value": $0] })
    }
}
