// One parameter of a function, as `GET …/schema/functions` lists it.

/// A parameter: its name, type and how often it may occur.
public struct FunctionParameter: Hashable, Sendable {
    /// The types of parameters.
    public enum ParameterType: String, Hashable, Sendable {
        /// Any value, as text.
        case string = "String"
        /// A whole number.
        case integer = "Integer"
        /// `True` or `False`.
        case boolean = "Boolean"
        /// A value or a comparison; the service has no type of its own for it.
        case condition = "Condition"
    }

    /// The name, which is the `key` of the argument in a stored mapping source.
    public let name: String
    /// The type of the values it takes.
    public let type: ParameterType
    /// How many arguments it needs at least; 0 makes it optional.
    public let minimumOccurrences: Int
    /// Whether the rest of the arguments belong to it; only the last parameter repeats.
    public let repeats: Bool

    /// Whether a call without it is refused (`required` on the wire).
    public var isRequired: Bool { minimumOccurrences > 0 }

    /// The type as the service's schema names it.
    public var schemaType: String {
        type == .condition ? ParameterType.string.rawValue : type.rawValue
    }

    init(
        _ name: String, _ type: ParameterType = .string, minimumOccurrences: Int = 1,
        repeats: Bool = false
    ) {
        self.name = name
        self.type = type
        self.minimumOccurrences = minimumOccurrences
        self.repeats = repeats
    }

    /// A parameter that may be left blank.
    static func optional(
        _ name: String, _ type: ParameterType = .string, repeats: Bool = false
    ) -> FunctionParameter {
        FunctionParameter(name, type, minimumOccurrences: 0, repeats: repeats)
    }
}

extension FunctionParameter {
    /// The parameter at an index; the last one goes on for ever when it repeats.
    static func find(in parameters: [FunctionParameter], at index: Int) -> FunctionParameter? {
        if index < parameters.count { return parameters[index] }
        return parameters.last.flatMap { $0.repeats ? $0 : nil }
    }
}
