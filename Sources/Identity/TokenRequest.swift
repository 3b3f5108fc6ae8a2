// The form that a client posts to the token endpoint.

import Crypto
import HTTP
import Model

/// A token request's parameters, with the client's identifier and secret out of either place.
struct TokenRequest {
    private let form: HTTPQuery
    private let basic: (id: String, secret: String)?

    /// Reads the form and the `Authorization` header.
    ///
    /// - Throws: `TokenError.malformed`.
    init(_ request: HTTPRequest) throws(TokenError) {
        do throws(HTTPQueryError) {
            form = try HTTPQuery(parsing: String(decoding: request.body, as: UTF8.self))
        } catch { throw .malformed }
        basic = try request.value(of: "Authorization").flatMap(TokenRequest.basic)
    }

    /// Name and password of the Basic scheme, each form-encoded (RFC 6749, section 2.3.1).
    private static func basic(
        _ field: String
    ) throws(TokenError) -> (id: String, secret: String)? {
        guard field.prefix(6).lowercased() == "basic " else { return nil }
        guard let bytes = Base64.bytes(field.dropFirst(6)) else { throw .malformed }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":"),
            let id = HTTPRequest.percentDecode(text[..<colon]),
            let secret = HTTPRequest.percentDecode(text[text.index(after: colon)...])
        else { throw .malformed }
        return (id, secret)
    }

    /// A parameter that has a value.
    func value(_ name: String) -> String? {
        form.value(of: name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A parameter that has to be there.
    ///
    /// - Throws: `TokenError.missing`.
    func required(_ name: String) throws(TokenError) -> String {
        guard let value = value(name) else { throw .missing(name) }
        return value
    }

    /// The client's identifier.
    ///
    /// - Throws: `TokenError.missing`.
    func clientID() throws(TokenError) -> String {
        if let id = value("client_id") ?? basic?.id { return id }
        throw .missing("client_id")
    }

    /// The client's secret, if it sent one.
    var clientSecret: String? { value("client_secret") ?? basic?.secret }
}
