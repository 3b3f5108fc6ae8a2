// Mapping sources in the service's JSON.

public import Expressions
public import Model

extension MappingSource {
    /// The source as `attributeMappingSource`.
    public var json: JSONValue {
        [
            "expression": .string(expression), "name": .string(name),
            "type": .string(type.rawValue),
            "parameters": .array(
                parameters.map { ["key": .string($0.key), "value": $0.value.json] }),
        ]
    }

    /// Reads an `attributeMappingSource` that the metadata has checked; nil without a type.
    public init?(_ json: JSONValue) {
        guard let members = json.object,
            let type = members["type"]?.string.flatMap(SourceType.init(rawValue:))
        else { return nil }
        self.init(
            type: type, name: members["name"]?.string ?? "",
            expression: members["expression"]?.string ?? "",
            parameters: (members["parameters"]?.array ?? []).compactMap { parameter in
                guard let pair = parameter.object, let key = pair["key"]?.string,
                    let value = pair["value"].flatMap(MappingSource.init)
                else { return nil }
                return Parameter(key: key, value: value)
            })
    }
}

extension MappingSource {
    /// The names of all source attributes in the source and its parameters.
    public var attributeNames: [String] {
        (type == .attribute ? [name] : []) + parameters.flatMap(\.value.attributeNames)
    }
}

extension ExpressionTree {
    /// The names of all source attributes that the expression reads, each once.
    public var attributeNames: [String] {
        var names: [String] = []
        func visit(_ tree: ExpressionTree) {
            switch tree.node {
            case .attribute(let name): if !names.contains(name) { names.append(name) }
            case .constant: break
            case .call(_, let arguments): for case let argument? in arguments { visit(argument) }
            case .condition(let left, _, let right):
                visit(left)
                visit(right)
            }
        }
        visit(self)
        return names
    }
}
