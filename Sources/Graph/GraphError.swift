// The catalogue of errors: every status, code and message that this face answers with.

import Emulator
public import HTTP
public import Model
import Provisioning

/// An error as the service words it.
///
/// Shape on the wire: `{"error":{"code","message","innerError":{"date","request-id",
/// "client-request-id"}}}`. Codes and messages follow captured answers of the service where such
/// exist; the members marked `Unverified:` have no capture.
public struct GraphError: Error, Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// `error.code`.
    public let code: String
    /// `error.message`.
    public let message: String
    /// Header fields that go with it.
    public var fields: [HTTPField] = []
    /// `error.details`; left out where it is empty.
    public var details: [Detail] = []

    /// One of several things that are wrong, and the member that it is about.
    public struct Detail: Sendable, Equatable {
        /// `code` of the detail.
        public let code: String
        /// `message` of the detail.
        public let message: String
        /// `target` of the detail.
        public let target: String?
    }

    init(
        _ status: Int, _ code: String, _ message: String, fields: [HTTPField] = [],
        details: [Detail] = []
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.details = details
    }
}

// MARK: Requests that no resource is reached by

extension GraphError {
    static func invalidVersion(_ segment: String) -> GraphError {
        GraphError(400, "BadRequest", "Invalid version: \(segment)")
    }

    static func unknownSegment(_ segment: String) -> GraphError {
        GraphError(400, "BadRequest", "Resource not found for the segment '\(segment)'.")
    }

    static let malformedPath = GraphError(
        400, "BadRequest", "The request URI is not valid: a percent escape is malformed.")

    static func methodNotAllowed(_ allowed: [String]) -> GraphError {
        GraphError(
            405, "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
            fields: [HTTPField("Allow", allowed.joined(separator: ", "))])
    }

    /// What the synchronization service behind Graph says to a verb that it does not route.
    ///
    /// Captured addresses have keys in parentheses: `jobs('…')/schema`.
    static func notRouted(_ path: String) -> GraphError {
        GraphError(
            404, "UnknownError",
            "{\"Message\":\"No HTTP resource was found that matches the request URI "
                + "'https://syncfabric.windowsazure.com/api/\(ODataPath.keyed(path))"
                + "?api-version=2.0'.\"}")
    }

    /// What an operation that is not covered says.
    ///
    /// Differs from Entra: an operation that is not covered answers 400 `NotSupported` by name.
    static func notEmulated(_ operation: String) -> GraphError {
        GraphError(
            400, "NotSupported",
            "entrasync does not emulate '\(operation)'; 'entrasync routes' lists what it does.")
    }
}

// MARK: Bodies

extension GraphError {
    static let missingContentType = GraphError(
        400, "BadRequest",
        "Write requests (excluding DELETE) must contain the Content-Type header declaration.")

    static let notJSONContentType = GraphError(
        400, "BadRequest", "Entity only allows writes with a JSON Content-Type header.")

    static let emptyPayload = GraphError(
        400, "BadRequest", "Empty Payload. JSON content expected.")

    static let malformedJSON = GraphError(
        400, "BadRequest",
        "Unable to read JSON request payload. Please ensure Content-Type header is set and "
            + "payload is of valid JSON format.")

    /// Unverified: the code of an answer to a body over 4 MiB, Graph's documented request size.
    static func bodyTooLarge(limitBytes: Int) -> GraphError {
        GraphError(
            413, "RequestEntityTooLarge",
            "The request body is larger than the limit of \(limitBytes) bytes.")
    }

    static func missingProperty(_ name: String, of type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "A value must be provided for property '\(name)' on type 'microsoft.graph.\(type)'.")
    }

    /// The synchronization service parses secret keys without care; clients meet its 500.
    static func unknownSecretKey(_ key: String) -> GraphError {
        GraphError(500, "InternalError", "Requested value '\(key)' was not found.")
    }

    /// Unverified: the text about a parameter of an action that is missing.
    static func missingParameter(_ name: String) -> GraphError {
        GraphError(
            400, "RequestMissingRequiredParameter",
            "The request is missing the required parameter '\(name)'.")
    }

    static let mixedCredentials = GraphError(
        500, "InternalError",
        "The credentials hold a bearer token as well as those of an OAuth client.")

    static func body(_ error: BodyError) -> GraphError {
        GraphError(400, "BadRequest", message(for: error))
    }

    /// The words for a member that does not fit, with its path.
    public static func message(for error: BodyError) -> String {
        let place = error.path.isEmpty ? "" : " Path '\(error.path)'."
        let text =
            switch error.reason {
            case .notAnObject: "An object was expected."
            case .unknownProperty(let type):
                "The property '\(lastName(error.path))' does not exist on type "
                    + "'microsoft.graph.\(type)'. Make sure to only use property names that are "
                    + "defined by the type."
            case .wrongType(let expected, let found):
                "Cannot convert a value of kind '\(found)' to the expected type '\(expected)' of "
                    + "property '\(lastName(error.path))'."
            case .nullNotAllowed(let expected):
                "A null value was found for the property named '\(lastName(error.path))', which "
                    + "has the expected type '\(expected)[Nullable=False]'. The expected type "
                    + "'\(expected)[Nullable=False]' does not allow null values."
            case .unknownMember(let value, let enumeration):
                "Cannot convert the literal '\(value)' to the expected type "
                    + "'microsoft.graph.\(enumeration)' of property '\(lastName(error.path))'."
            case .badValue(let value, let expected):
                "Cannot convert the literal '\(value)' to the expected type '\(expected)' of "
                    + "property '\(lastName(error.path))'."
            case .tooManyElements(let limit):
                "The body has more than \(limit) elements."
            }
        return text + place
    }

    /// `enabled` of `synchronizationRules[0].objectMappings[1].enabled`.
    private static func lastName(_ path: String) -> String {
        let last = path.split(separator: ".").last ?? ""
        return String(last.prefix { $0 != "[" })
    }
}

// MARK: Query options

extension GraphError {
    static func malformedQuery(_ name: String) -> GraphError {
        GraphError(400, "BadRequest", "The query option '\(name)' has a malformed percent escape.")
    }

    static func unknownOption(_ name: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "The query parameter '\(name)' is not supported. Query options that begin with '$' "
                + "are reserved.")
    }

    /// Differs from Entra: a query option that is not emulated is refused by name.
    static func optionNotEmulated(_ name: String) -> GraphError {
        GraphError(
            400, "Request_UnsupportedQuery",
            "entrasync does not emulate the query option '\(name)' on this resource.")
    }

    static func invalidOption(_ name: String, _ value: String) -> GraphError {
        GraphError(400, "BadRequest", "Invalid value '\(value)' for the query option '\(name)'.")
    }

    static func selectUnknown(_ property: String, on type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "Parsing OData Select and Expand failed: Could not find a property named "
                + "'\(property)' on type 'microsoft.graph.\(type)'.")
    }

    static func invalidFilter(_ problem: String) -> GraphError {
        GraphError(400, "BadRequest", "Invalid filter clause: \(problem)")
    }

    static func notFilterable(_ property: String, of resource: String) -> GraphError {
        GraphError(
            400, "Request_UnsupportedQuery",
            "Unsupported or invalid query filter clause specified for property '\(property)' of "
                + "resource '\(resource)'.")
    }

    static let expiredPage = GraphError(
        400, "Directory_ExpiredPageToken",
        "The specified page token value has expired and can no longer be included in your "
            + "request.")
}

// MARK: Resources

extension GraphError {
    static func invalidID(_ id: String) -> GraphError {
        GraphError(400, "Request_BadRequest", "Invalid object identifier '\(id)'.")
    }

    static func resourceNotFound(_ id: String) -> GraphError {
        GraphError(
            404, "Request_ResourceNotFound",
            "Resource '\(id)' does not exist or one of its queried reference-property objects are "
                + "not present.")
    }

    /// Unverified: code and message for an unknown job, template or directory; the status is known.
    static func synchronizationResourceNotFound(_ kind: String, _ id: String) -> GraphError {
        GraphError(404, "ResourceNotFound", "The synchronization \(kind) '\(id)' was not found.")
    }

    /// Unverified: a template of an identifier that is taken is refused with 400.
    static func templateExists(_ id: String) -> GraphError {
        GraphError(400, "BadRequest", "The application already has the template '\(id)'.")
    }

    /// Unverified: the words for a schema whose parts do not fit together.
    static func invalidSchema(_ findings: [SchemaFinding]) -> GraphError {
        let first = findings.first.map { "\($0.message). Path '\($0.path)'." } ?? ""
        let details = findings.prefix(Limits.errorDetails).map {
            Detail(code: "InvalidSchema", message: $0.message, target: $0.path)
        }
        return GraphError(
            400, "BadRequest", "The synchronization schema is not valid: \(first)",
            details: details)
    }

    /// Unverified: a directory whose `readOnly` is true can't be changed on its own.
    static func readOnlyDirectory(_ id: String) -> GraphError {
        GraphError(
            400, "BadRequest", "The directory '\(id)' can't be changed: 'readOnly' is true.")
    }

    /// What a bulk upload that can't be taken says; the message is the service's, the place ours.
    static func invalidDataFormat(_ problem: String) -> GraphError {
        GraphError(400, "BadRequest", "Invalid Data Format. \(problem)")
    }

    /// Unverified: the words of a job that does not take bulk uploads.
    static func notAPIDriven(_ job: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "The synchronization job '\(job)' does not take bulk uploads: it is not API-driven.")
    }

    /// Unverified: a second job of the same template is refused with 400, which no client repeats.
    static func jobIsActive(_ id: String) -> GraphError {
        GraphError(409, "Conflict", "The job '\(id)' is active; pause it first.")
    }

    static func jobExists(_ id: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "The service principal already has the synchronization job '\(id)' of this template.")
    }

    /// A property that is for the service to decide.
    static func readOnlyProperty(_ name: String, of type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "The property '\(name)' on type 'microsoft.graph.\(type)' is read-only.")
    }

    /// Contained entities are written by requests of their own.
    static func deepWrite(_ name: String, of type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "The navigation property '\(name)' on type 'microsoft.graph.\(type)' can't be written "
                + "with its owner.")
    }

    static let serviceUnavailable = GraphError(
        503, "serviceNotAvailable", "The emulator is shutting down.",
        fields: [HTTPField("Retry-After", "1")])

    static func ambiguousRequest(_ problem: String) -> GraphError {
        GraphError(400, "BadRequest", problem)
    }

    static func internalFailure(_ text: String) -> GraphError {
        GraphError(500, "InternalServerError", text)
    }
}

// MARK: From the emulator's own errors

extension GraphError {
    /// The service's words for anything that a handler throws.
    init(_ error: any Error) {
        switch error {
        case let error as GraphError: self = error
        case let error as BodyError: self = .body(error)
        case let error as EmulatorError: self = GraphError(emulator: error)
        case let error as DirectoryError: self = GraphError(directory: error)
        case let error as CredentialRefusal: self = GraphError(400, error.code, error.message)
        // Unverified: a target that can't be discovered is the caller's problem.
        case let error as TargetFailure: self = GraphError(400, error.code, error.message)
        default: self = .internalFailure("The tenant's store failed.")
        }
    }

    private init(emulator error: EmulatorError) {
        self =
            switch error {
            case .servicePrincipalNotFound(let id), .applicationNotFound(let id):
                .resourceNotFound(id)
            case .templateNotFound(let id): .synchronizationResourceNotFound("template", id)
            case .jobNotFound(let id): .synchronizationResourceNotFound("job", id)
            case .jobExists(let id): .jobExists(id)
            case .jobIsActive(let id): .jobIsActive(id)
            case .templateExists(let id): .templateExists(id)
            case .invalidSchema(let findings): .invalidSchema(findings)
            case .schemaDirectoryNotFound(let id):
                .synchronizationResourceNotFound("directory", id)
            case .readOnlyDirectory(let id): .readOnlyDirectory(id)
            case .notAPIDriven(let job): .notAPIDriven(job)
            case .uploadNotFound(let job): .synchronizationResourceNotFound("bulk upload of", job)
            case .timeGoesBack, .tooManyCycles, .tooManyTenants, .dataDirectory,
                .unknownSeed, .unreadableSeed,
                .unknownAsset, .unreadableAsset, .unreadableTemplate:
                .internalFailure("\(error)")
            }
    }
}

extension GraphError {
    /// The words for what the listener refuses by itself.
    static func refusal(_ refusal: HTTPRefusal) -> GraphError {
        switch refusal {
        case .bodyTooLarge(let limit): .bodyTooLarge(limitBytes: limit)
        case .ambiguousFraming:
            .ambiguousRequest("The request's length or host is ambiguous (RFC 9112, section 6.3).")
        case .missingHost: .ambiguousRequest("The request has no Host header.")
        case .headTooLarge(let limit):
            GraphError(
                431, "RequestHeaderFieldsTooLarge",
                "The request line and headers are larger than the limit of \(limit) bytes.")
        case .shuttingDown: .serviceUnavailable
        case .unanswered: .internalFailure("The request was not answered.")
        case .answerHeadTooLarge: .internalFailure("The answer's headers are too large to send.")
        }
    }
}
