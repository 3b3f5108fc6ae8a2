// The mapping language: which functions and operators there are, and what an expression means.

import Emulator
import Expressions
import HTTP
import Model
import Provisioning

/// Answers at `…/schema/functions`, `/filterOperators` and `/parseExpression`.
///
/// Follows "synchronizationSchema: functions", "filterOperators" and "parseExpression". The metadata has
/// `id` where the service writes `name`, so both are written.
enum ExpressionHandlers {
    static func functions(_ call: GraphCall) throws -> GraphAnswer {
        try SchemaHandlers.checkOwner(call)
        let functions = FunctionTable.all.map { function -> JSONValue in
            [
                "id": .string(function.name), "name": .string(function.name),
                "parameters": .array(function.wireParameters.map(json)),
            ]
        }
        return try collection("functions", "attributeMappingFunctionSchema", functions, call)
    }

    private static func json(_ parameter: FunctionParameter) -> JSONValue {
        [
            "allowMultipleOccurrences": .bool(parameter.repeats),
            "name": .string(parameter.name), "required": .bool(parameter.isRequired),
            "type": .string(parameter.schemaType),
        ]
    }

    static func filterOperators(_ call: GraphCall) throws -> GraphAnswer {
        try SchemaHandlers.checkOwner(call)
        let operators = ScopingOperatorTable.all.map { entry -> JSONValue in
            [
                "id": .string(entry.name), "name": .string(entry.name),
                "arity": .string(entry.arity.rawValue),
                "multivaluedComparisonType": .string(entry.multivaluedComparisonType),
                "supportedAttributeTypes": .array(
                    entry.supportedAttributeTypes.map { .string($0.rawValue) }),
            ]
        }
        return try collection("filterOperators", "filterOperatorSchema", operators, call)
    }

    private static func collection(
        _ context: String, _ type: String, _ values: [JSONValue], _ call: GraphCall
    ) throws -> GraphAnswer {
        try ContainedQuery(call, type).collection(values.compactMap(\.object), context)
    }

    // MARK: parseExpression

    /// Parses an expression and, when a test object is given, evaluates it on the tenant's clock.
    ///
    /// What the expression gets wrong is part of the answer, not an error of the request.
    ///
    /// Unverified: every value is free in the target while an expression is only parsed.
    static func parseExpression(_ call: GraphCall) throws -> GraphAnswer {
        try SchemaHandlers.checkOwner(call)
        let request = try ParseExpressionRequest(call)
        var answer = ParseExpressionAnswer()
        do throws(ExpressionError) {
            let expression = try MappingExpression(parsing: request.expression)
            answer.parsed = expression.tree.mappingSource
            if let attributes = request.attributes {
                let now = DateTime(ticks: call.tenant.now.ticks)
                let domain = try? call.tenant.defaultDomain()
                var context = EvaluationContext(
                    attributes: attributes, now: now,
                    random: SeededRandomSource(seed: call.tenant.makeSeed()),
                    defaultDomain: domain ?? nil, isTaken: { _ in false })
                answer.values = try expression.evaluate(in: &context).values
            }
        } catch { answer.error = error }
        var json = answer.json
        json.prepend("@odata.context", call.context("microsoft.graph.parseExpressionResponse"))
        return .json(status: 200, json)
    }
}

extension ExpressionFunction {
    /// The parameters as the service lists them.
    fileprivate var wireParameters: [FunctionParameter] { publishedParameters ?? parameters }
}

/// The body of a `parseExpression` call.
private struct ParseExpressionRequest {
    let expression: String
    /// The test object's attributes; nil when none is given.
    let attributes: [String: ExpressionValue]?

    init(_ call: GraphCall) throws {
        guard let body = try call.jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        let known = ["expression", "testInputObject", "targetAttributeDefinition"]
        for name in body.names where !known.contains(name) && !name.contains("@") && !call.isLenient
        {
            throw GraphError.body(
                BodyError(reason: .unknownProperty(type: "parseExpression"), path: name))
        }
        guard let expression = body["expression"], !expression.isNull else {
            throw GraphError.missingProperty("expression", of: "parseExpression")
        }
        guard let text = expression.string else {
            throw GraphError.body(
                BodyError(
                    reason: .wrongType(
                        expected: "Edm.String", found: expression.array == nil ? "Object" : "Array"),
                    path: "expression"))
        }
        self.expression = text
        let normalizer = BodyNormalizer(
            catalog: call.tenant.gallery.types, dropsUnknownMembers: call.isLenient)
        if let target = body["targetAttributeDefinition"], !target.isNull {
            _ = try normalizer.normalize(target, as: "attributeDefinition")
        }
        guard let object = body["testInputObject"], !object.isNull else {
            attributes = nil
            return
        }
        let input = try normalizer.normalize(object, as: "expressionInputObject")
        var attributes: [String: ExpressionValue] = [:]
        for pair in (input["properties"]?.array ?? []).compactMap(\.object) {
            guard let key = pair["key"]?.string else { continue }
            attributes[key] = ExpressionValue(wire: pair["value"] ?? .null)
        }
        self.attributes = attributes
    }
}

extension ExpressionValue {
    /// A test value as it is on the wire; the language knows text, and lists of it.
    fileprivate init(wire: JSONValue) {
        switch wire {
        case .null: self = .null
        case .array(let elements):
            self = .many(elements.compactMap { ExpressionValue(wire: $0).scalars.first })
        case .bool(let flag): self = .one(.boolean(flag))
        case .string(let text): self = .one(.text(text))
        default: self = .one(.text(wire.text))
        }
    }
}

/// The answer to a `parseExpression` call.
private struct ParseExpressionAnswer {
    var parsed: MappingSource?
    var values: [String]?
    var error: ExpressionError?

    /// Unverified: codes and the place in `target` of an expression's error.
    private var publicError: JSONValue {
        guard let error else { return .null }
        let code = parsed == nil ? "ExpressionParsingFailed" : "ExpressionEvaluationFailed"
        return [
            "code": .string(code),
            "message": .string("\(error) (at character \(error.range.lowerBound + 1))"),
            "target": "expression",
            "innerError": nil, "details": [],
        ]
    }

    /// Member order as in the documented exchange.
    var json: JSONObject {
        JSONObject([
            ("error", publicError), ("evaluationSucceeded", .bool(values != nil)),
            ("evaluationResult", .array((values ?? []).map(JSONValue.string))),
            ("parsedExpression", parsed?.json ?? .null), ("parsingSucceeded", .bool(parsed != nil)),
        ])
    }
}
