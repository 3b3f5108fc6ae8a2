// How a job names itself to its target.

import HTTP
import Model
import Provisioning

/// The credentials that a job's secrets hold.
enum TargetCredentials: Sendable, Equatable {
    /// None are given: the service shows a token of its own.
    case none
    /// A token that is sent as it is.
    case bearer(String)
    /// A name and a password.
    case basic(userName: String, password: String)
    /// A client that gets itself a token.
    case client(OAuthClient)

    /// Reads the credentials; those of a client win over a token, when they are complete.
    init(_ secrets: [String: String]) {
        if let client = OAuthClient(secrets) {
            self = .client(client)
        } else if let token = secrets["SecretToken"] ?? secrets["Oauth2AccessToken"] {
            self = .bearer(token)
        } else if let name = secrets["UserName"], let password = secrets["Password"] {
            // Unverified: a user name and a password go as HTTP's basic credentials (RFC 7617).
            self = .basic(userName: name, password: password)
        } else {
            self = .none
        }
    }
}

/// A client of an authorization server (RFC 6749, section 4.4).
struct OAuthClient: Sendable, Hashable {
    let tokenURL: String
    let id: String
    let secret: String

    /// Reads a client; nil when one of its three values is missing.
    init?(_ secrets: [String: String]) {
        guard let url = secrets["Oauth2TokenExchangeUri"], let id = secrets["Oauth2ClientId"],
            let secret = secrets["Oauth2ClientSecret"]
        else { return nil }
        tokenURL = url
        self.id = id
        self.secret = secret
    }
}

/// A token as an authorization server gave it.
struct OAuthToken: Sendable, Equatable {
    let text: String
    /// When it was given.
    let created: Timestamp
    /// For how many seconds it is good.
    let seconds: Int64

    /// Whether it is good at an instant.
    func isGood(at now: Timestamp) -> Bool { now < created + .seconds(seconds) }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Bytes as text.
    static func text(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(3 - group.count) * 8
            for position in 0..<4 {
                let index = Int(bits >> UInt32(18 - position * 6) & 63)
                output.append(position <= group.count ? alphabet[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
