// What an operation takes and gives, for the OpenAPI document.

import Model

/// The body of a request and of the answer that means success.
struct OperationShape {
    /// What a body holds.
    enum Content {
        /// One entity or complex value.
        case entity(String)
        /// `{"value":[…]}` of a type.
        case collection(String)
        /// `{"value":"…"}`.
        case textValue
        /// An object of these members; those named are required.
        case members([(name: String, schema: JSONValue)], required: [String])
        /// One entity as it is made: those members are required.
        case newEntity(String, required: [String])
        /// `{"value":[…]}` of directory objects of several types.
        case objects
        /// Any JSON object: the metadata of the emulator does not say more.
        case anyObject
        /// A bare number as text.
        case text
        /// Bytes.
        case binary
        /// A SCIM BulkRequest.
        case bulkRequest
        /// The parts of a batch.
        case batch
        /// The answers of a batch.
        case batchAnswer
    }

    /// The request's body; nil for none.
    var request: Content?
    /// Whether the request may go without its body.
    var isRequestOptional = false
    /// The statuses that mean success, and what comes with each.
    var answers: [(status: Int, content: Content?)]
    /// Whether the service is known to answer some bodies with 500.
    var hasDocumentedFailure = false

    /// The shape of a row: what is written down for it, else what its method suggests.
    init(_ route: Route) {
        let key =
            route.method + " "
            + route.path
            .replacingTemplatePrefix()
        self =
            OperationShape.known[key] ?? OperationShape.neighbour(route)
            ?? OperationShape.suggested(route)
    }

    init(
        _ request: Content?, _ answers: [(status: Int, content: Content?)],
        isRequestOptional: Bool = false, hasDocumentedFailure: Bool = false
    ) {
        self.request = request
        self.answers = answers
        self.isRequestOptional = isRequestOptional
        self.hasDocumentedFailure = hasDocumentedFailure
    }

    private static func suggested(_ route: Route) -> OperationShape {
        if route.path.hasSuffix("/$count") { return OperationShape(nil, [(200, .text)]) }
        switch route.method {
        case "GET": return OperationShape(nil, [(200, .anyObject)])
        case "DELETE": return OperationShape(nil, [(204, nil)])
        case "PATCH", "PUT":
            return OperationShape(
                .anyObject, [(200, .anyObject), (201, .anyObject), (204, nil)],
                isRequestOptional: true)
        default:
            return OperationShape(
                .anyObject,
                [(200, .anyObject), (201, .anyObject), (202, nil), (204, nil)],
                isRequestOptional: true)
        }
    }

    private static let secrets: JSONValue = [
        "type": "array", "items": reference("synchronizationSecretKeyStringValuePair"),
    ]

    /// A reference to what a type looks like in requests.
    private static func reference(_ type: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/" + type + ".input")]
    }

    private static let credentials: Content = .members(
        [
            ("applicationIdentifier", ["type": ["string", "null"]]),
            ("templateId", ["type": ["string", "null"]]),
            ("useSavedCredentials", ["type": ["boolean", "string", "null"]]),
            ("credentials", secrets),
        ], required: [])

    private static let done: [(status: Int, content: Content?)] = [(204, nil)]

    /// The operations of the synchronization sub-tree; `{O}` is a job or a template.
    private static let known: [String: OperationShape] = [
        "GET {S}": OperationShape(nil, [(200, .entity("synchronization"))]),
        "PUT {S}": OperationShape(
            .members(
                [
                    (
                        "secrets",
                        [
                            "type": ["array", "null"],
                            "items": reference("synchronizationSecretKeyStringValuePair"),
                        ]
                    )
                ], required: []), done, hasDocumentedFailure: true),
        "DELETE {S}": OperationShape(nil, done),
        "POST {S}/acquireAccessToken": OperationShape(
            .members([("credentials", secrets)], required: ["credentials"]), done,
            hasDocumentedFailure: true),
        "PUT {S}/secrets": OperationShape(
            .members([("value", secrets)], required: ["value"]), done,
            hasDocumentedFailure: true),
        "GET {S}/secrets": OperationShape(
            nil, [(200, .collection("synchronizationSecretKeyStringValuePair"))]),
        "GET {S}/Ping": OperationShape(nil, [(200, .textValue)]),
        "GET {S}/jobs": OperationShape(nil, [(200, .collection("synchronizationJob"))]),
        "POST {S}/jobs": OperationShape(
            .members([("templateId", ["type": "string"])], required: ["templateId"]),
            [(201, .entity("synchronizationJob"))]),
        "POST {S}/jobs/validateCredentials": OperationShape(
            credentials, done, hasDocumentedFailure: true),
        "PATCH {J}": OperationShape(.anyObject, [], isRequestOptional: true),
        "DELETE {J}": OperationShape(nil, done),
        "POST {J}/start": OperationShape(nil, done),
        "POST {J}/pause": OperationShape(nil, done),
        "POST {J}/restart": OperationShape(
            .members(
                [
                    (
                        "criteria",
                        [
                            "anyOf": [
                                reference("synchronizationJobRestartCriteria"), ["type": "null"],
                            ]
                        ]
                    )
                ], required: []), done, isRequestOptional: true),
        "POST {J}/validateCredentials": OperationShape(
            credentials, done, hasDocumentedFailure: true),
        "POST {J}/provisionOnDemand": OperationShape(
            .members(
                [
                    (
                        "parameters",
                        [
                            "type": "array",
                            "items": reference("synchronizationJobApplicationParameters"),
                        ]
                    )
                ], required: ["parameters"]),
            [(200, .entity("stringKeyStringValuePair"))]),
        "GET {J}": OperationShape(nil, [(200, .entity("synchronizationJob"))]),
        "GET {T}": OperationShape(nil, [(200, .entity("synchronizationTemplate"))]),
        "GET {S}/templates": OperationShape(
            nil, [(200, .collection("synchronizationTemplate"))]),
        "POST {S}/templates": OperationShape(
            .entity("synchronizationTemplate"), [(201, .entity("synchronizationTemplate"))]),
        "PATCH {T}": OperationShape(.entity("synchronizationTemplate"), done),
        "PUT {T}": OperationShape(.entity("synchronizationTemplate"), done),
        "DELETE {T}": OperationShape(nil, done),
        "GET {O}/schema": OperationShape(nil, [(200, .entity("synchronizationSchema"))]),
        "PUT {O}/schema": OperationShape(.entity("synchronizationSchema"), done),
        "PATCH {O}/schema": OperationShape(.anyObject, [], isRequestOptional: true),
        "DELETE {O}/schema": OperationShape(nil, done),
        "GET {O}/schema/directories": OperationShape(
            nil, [(200, .collection("directoryDefinition"))]),
        "POST {O}/schema/directories": OperationShape(
            .entity("directoryDefinition"), [(201, .entity("directoryDefinition"))]),
        "GET {O}/schema/directories/{D}": OperationShape(
            nil, [(200, .entity("directoryDefinition"))]),
        "PATCH {O}/schema/directories/{D}": OperationShape(.entity("directoryDefinition"), done),
        "DELETE {O}/schema/directories/{D}": OperationShape(nil, done),
        "POST {O}/schema/directories/{D}/discover": OperationShape(
            nil, [(200, .entity("directoryDefinition"))]),
        "GET {O}/schema/filterOperators": OperationShape(
            nil, [(200, .collection("filterOperatorSchema"))]),
        "GET {O}/schema/functions": OperationShape(
            nil, [(200, .collection("attributeMappingFunctionSchema"))]),
        "POST {O}/schema/parseExpression": OperationShape(
            .members(
                [
                    ("expression", ["type": "string"]),
                    (
                        "testInputObject",
                        ["anyOf": [reference("expressionInputObject"), ["type": "null"]]]
                    ),
                    (
                        "targetAttributeDefinition",
                        ["anyOf": [reference("attributeDefinition"), ["type": "null"]]]
                    ),
                ], required: ["expression"]),
            [(200, .entity("parseExpressionResponse"))]),
        "GET {J}/bulkUpload": OperationShape(nil, [(200, .entity("bulkUpload"))]),
        "PATCH {J}/bulkUpload": OperationShape(.entity("bulkUpload"), done),
        "DELETE {J}/bulkUpload": OperationShape(nil, done),
        "POST {J}/bulkUpload": OperationShape(.bulkRequest, [(202, nil)]),
        "GET {J}/bulkUpload/$value": OperationShape(nil, [(200, .binary)]),
        "PUT {J}/bulkUpload/$value": OperationShape(.binary, done),
        "DELETE {J}/bulkUpload/$value": OperationShape(nil, done),
        "POST /$batch": OperationShape(.batch, [(200, .batchAnswer)]),
    ]
}

extension String {
    /// `{J}/schema/…` and `{T}/schema/…` as the one `{O}/schema/…` that they share.
    fileprivate func replacingTemplatePrefix() -> String {
        guard hasPrefix("{J}/schema") || hasPrefix("{T}/schema") else { return self }
        let path = "{O}" + dropFirst(3)
        let directory = "/{\(Routes.directoryID)}"
        guard let start = path.firstRange(of: directory) else { return path }
        return path[..<start.lowerBound] + "/{D}" + path[start.upperBound...]
    }
}
