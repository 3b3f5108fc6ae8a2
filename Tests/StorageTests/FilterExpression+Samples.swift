// Short ways to write filters in tests.

import Model

extension FilterExpression {
    private static func operand(_ property: String) -> FilterOperand {
        switch property {
        case "accountEnabled", "securityEnabled": FilterOperand(property, .boolean)
        case "createdDateTime": FilterOperand(property, .dateTimeOffset)
        default: FilterOperand(property)
        }
    }

    static func equal(property: String, _ literal: FilterLiteral) -> FilterExpression {
        .compare(operand(property), .equal, literal)
    }

    static func startsWith(property: String, _ text: String) -> FilterExpression {
        .match(.startsWith, operand(property), text)
    }

    static func compare(
        _ property: String, _ comparison: FilterComparison, _ literal: FilterLiteral
    ) -> FilterExpression {
        .compare(operand(property), comparison, literal)
    }
}
