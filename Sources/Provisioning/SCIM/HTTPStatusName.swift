// The names of HTTP statuses as .NET has them, which the service's texts use.

/// Names of HTTP statuses.
public enum HTTPStatusName {
    /// The name of a status, such as `BadRequest`; its number when it has none.
    public static func text(_ status: Int) -> String { names[status] ?? String(status) }

    private static let names: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "NoContent", 300: "MultipleChoices",
        301: "MovedPermanently", 302: "Found", 303: "SeeOther", 304: "NotModified",
        307: "TemporaryRedirect", 308: "PermanentRedirect", 400: "BadRequest",
        401: "Unauthorized", 402: "PaymentRequired", 403: "Forbidden", 404: "NotFound",
        405: "MethodNotAllowed", 406: "NotAcceptable", 408: "RequestTimeout", 409: "Conflict",
        410: "Gone", 411: "LengthRequired", 412: "PreconditionFailed",
        413: "RequestEntityTooLarge", 414: "RequestUriTooLong", 415: "UnsupportedMediaType",
        422: "UnprocessableEntity", 423: "Locked", 424: "FailedDependency",
        429: "TooManyRequests", 431: "RequestHeaderFieldsTooLarge", 500: "InternalServerError",
        501: "NotImplemented", 502: "BadGateway", 503: "ServiceUnavailable",
        504: "GatewayTimeout", 505: "HttpVersionNotSupported", 507: "InsufficientStorage",
    ]
}
