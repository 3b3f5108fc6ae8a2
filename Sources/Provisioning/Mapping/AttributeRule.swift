// One attribute mapping, made ready to be evaluated for many objects.

public import Expressions

/// How one attribute of the target comes about.
///
/// A class, because every value that is planned refers to its rule; it never changes.
public final class AttributeRule: Sendable {
    /// When the value is written (`attributeFlowType`).
    public enum FlowType: String, Sendable {
        case always = "Always"
        case objectAddOnly = "ObjectAddOnly"
        case multiValueAddOnly = "MultiValueAddOnly"
        case valueAddOnly = "ValueAddOnly"
        case attributeAddOnly = "AttributeAddOnly"
    }

    /// Who may change the attribute (`mutability`).
    public enum Mutability: String, Sendable {
        case readWrite = "ReadWrite"
        case readOnly = "ReadOnly"
        case immutable = "Immutable"
        case writeOnly = "WriteOnly"
    }

    /// The name in the schema, as logs show it.
    public let name: String
    /// The attribute as the target takes it.
    public let target: TargetAttribute
    /// What is evaluated; nil for the kind that only fills an empty target.
    public let expression: MappingExpression?
    /// The attribute that a direct mapping copies; nil for everything else.
    public let sourceAttribute: String?
    /// Written on creation where the source has nothing.
    public let defaultValue: String?
    /// When the value is written.
    public let flowType: FlowType
    /// Whether it is written each time the object is looked at.
    public let flowsAlways: Bool
    /// Its turn in matching, lowest first; 0 for none.
    public let matchingPriority: Int
    /// Whether an object can't be made without it.
    public let isRequired: Bool
    /// Who may change it.
    public let mutability: Mutability
    /// Whether an empty source clears it.
    public let flowsNull: Bool
    /// Whether it says if the object is active.
    public let readsSoftDeletion: Bool

    /// Whether it looks for a value that is free, which is done for new objects only.
    let isUniqueValue: Bool
    /// Whether it is a password, which no log shows.
    let isPassword: Bool

    init(
        name: String, target: TargetAttribute, expression: MappingExpression?,
        defaultValue: String?, flowType: FlowType, flowsAlways: Bool, matchingPriority: Int,
        isRequired: Bool, mutability: Mutability, flowsNull: Bool
    ) {
        self.name = name
        self.target = target
        self.expression = expression
        self.defaultValue = defaultValue
        self.flowType = flowType
        self.flowsAlways = flowsAlways
        self.matchingPriority = matchingPriority
        self.isRequired = isRequired
        self.mutability = mutability
        self.flowsNull = flowsNull
        switch expression?.tree.node {
        case .attribute(let attribute)?:
            sourceAttribute = attribute
            isUniqueValue = false
        case .call(let function, _)?:
            sourceAttribute = nil
            isUniqueValue = function == "SelectUniqueValue"
        default:
            sourceAttribute = nil
            isUniqueValue = false
        }
        readsSoftDeletion =
            expression?.tree.attributeNames.contains(ObjectRule.softDeleted) ?? false
        let last = name.split { $0 == ":" || $0 == "." }.last ?? ""
        isPassword = last.lowercased() == "password"
    }

    /// Whether it points to other objects, and so comes after them.
    public var isReference: Bool { target.kind == .reference }

    /// Evaluates the mapping for an object.
    ///
    /// - Returns: the value, and whether the log hides it; nil where nothing is to be written.
    /// - Throws: `ExpressionError` when a function refuses its arguments.
    func value(
        in context: inout EvaluationContext
    ) throws(ExpressionError) -> (value: ExpressionValue, isRedacted: Bool)? {
        if let sourceAttribute { return (context.attribute(sourceAttribute), false) }
        guard let expression else { return (.null, false) }
        let result = try expression.evaluate(in: &context)
        guard case .write(let value) = result.flow else { return nil }
        return (value, result.isRedacted)
    }
}
