// The tree of an expression in the shape of the service's `attributeMappingSource`.

/// A mapping source as plain values: what a schema stores and `parseExpression` answers.
///
/// ```json
/// {"type": "Function", "name": "Append", "expression": "Append([mail], \"x\")",
///  "parameters": [{"key": "source", "value": {"type": "Attribute", …}}, …]}
/// ```
public struct MappingSource: Hashable, Sendable {
    /// The types of sources, spelled as on the wire.
    public enum SourceType: String, Hashable, Sendable {
        /// An attribute of the source object.
        case attribute = "Attribute"
        /// A constant.
        case constant = "Constant"
        /// A function with its parameters.
        case function = "Function"
    }

    /// An argument with the name of its parameter.
    public struct Parameter: Hashable, Sendable {
        /// The parameter's name.
        public var key: String
        /// The argument.
        public var value: MappingSource

        /// Makes a parameter.
        public init(key: String, value: MappingSource) {
            self.key = key
            self.value = value
        }
    }

    /// What kind of source it is.
    public var type: SourceType
    /// The attribute's name, the constant's value, or the function's name.
    public var name: String
    /// The text of the source, in canonical form when it comes from a tree.
    public var expression: String
    /// The arguments of a function; blank ones have no entry.
    public var parameters: [Parameter]

    /// Makes a source.
    public init(
        type: SourceType, name: String, expression: String, parameters: [Parameter] = []
    ) {
        self.type = type
        self.name = name
        self.expression = expression
        self.parameters = parameters
    }
}
