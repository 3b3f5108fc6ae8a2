// `GET /_emulator/openapi.json`: the Graph face described for tools.

import HTTP

/// Answers with the OpenAPI document, whose server is the address that the request came to.
enum GetOpenAPI {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        guard let openAPI = call.openAPI else { throw ControlError.notFound("'openapi.json'") }
        let scheme = call.request.isSecure ? "https://" : "http://"
        let host = call.request.value(of: "Host") ?? "127.0.0.1"
        let path = call.request.path
        let suffix = "/_emulator/openapi.json"
        let prefix = path.hasSuffix(suffix) ? path.dropLast(suffix.count) : ""
        return .answer(openAPI(call.tenant, scheme + host + prefix))
    }
}
