// The listener over TLS: whole requests, and clients that get the handshake wrong.

import Crypto
import Foundation
import HTTP
import Testing

struct HTTPListenerTLSTests {
    /// A local authority in a file of its own, and a listener's identity that it signed.
    private struct Trust {
        let options: HTTPListenerOptions
        let authorityFile: String

        init() throws {
            let validity = Certificate.Validity(from: 1_700_000_000, until: 2_500_000_000)
            let authorityKey = try PrivateKey(making: .p256)
            let authority = try Certificate.authority(
                named: "test", key: authorityKey, validity: validity)
            let key = try PrivateKey(making: .p256)
            let leaf = try Certificate.leaf(
                for: ["localhost", "127.0.0.1"], key: key, validity: validity,
                authority: authority, authorityKey: authorityKey)
            options = HTTPListenerOptions(
                connectionLimit: 4, idleTimeoutSeconds: 2,
                tls: TLSIdentity(keyPEM: try key.pem(), certificatePEM: try leaf.pem()))
            authorityFile = NSTemporaryDirectory() + "entrasync-ca-\(UUID().uuidString).pem"
            try Data(authority.pem()).write(to: URL(filePath: authorityFile))
        }

        /// A client that trusts this authority.
        func client() throws -> HTTPClient {
            var options = HTTPClientOptions()
            options.certificateAuthorities = authorityFile
            return try HTTPClient(options: options)
        }

        func remove() { try? FileManager.default.removeItem(atPath: authorityFile) }
    }

    @Test func servesOverTLS() async throws {
        let trust = try Trust()
        defer { trust.remove() }
        let handed = Handover<HTTPRequest>()
        let handler = ClosureHandler { request in
            handed.put(request)
            return .now(HTTPResponse(body: Array(repeating: 0x78, count: 200_000)))
        }
        let responses = try await withListener(options: trust.options, handler: handler) { port in
            let client = try trust.client()
            return try (0..<3).map { _ in
                try client.send(
                    HTTPRequest(method: "POST", body: Array(repeating: 0x79, count: 100_000)),
                    to: "https://localhost:\(port)/a?b=c")
            }
        }
        #expect(responses.map(\.status) == [200, 200, 200])
        #expect(responses.allSatisfy { $0.body.count == 200_000 })
        let request = try #require(handed.take())
        #expect(request.isSecure)
        #expect(request.path == "/a")
        #expect(request.body.count == 100_000)
    }

    @Test func isRefusedWithoutTheAuthority() async throws {
        let trust = try Trust()
        defer { trust.remove() }
        try await withListener(options: trust.options) { port in
            let client = try HTTPClient()
            #expect(throws: HTTPClientError.self) {
                try client.send(HTTPRequest(), to: "https://localhost:\(port)/")
            }
            let other = try trust.client()
            // The certificate is for 127.0.0.1, not for the whole of the loopback network.
            #expect(throws: HTTPClientError.self) {
                try other.send(HTTPRequest(), to: "https://127.0.0.2:\(port)/")
            }
        }
    }

    /// What is sent instead of a handshake; each is left open until the listener closes it.
    static let wrong: [[UInt8]] = [
        Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), [0x16],
        [0x16, 3, 1, 0xFF, 0xFF, 1],
        [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0], [UInt8](repeating: 0xFF, count: 5000), [],
    ]

    @Test(arguments: wrong) func survivesWhatIsNoHandshake(bytes: [UInt8]) async throws {
        let trust = try Trust()
        defer { trust.remove() }
        let status = try await withListener(options: trust.options) { port in
            // More than there is room for, so that one that leaked would keep the others out.
            for _ in 0..<3 {
                let clients = try (0..<4).map { _ in try RawClient(port: port) }
                for client in clients { try client.send(bytes) }
                for client in clients {
                    #expect(throws: RawClientError.self) { try client.receive() }
                }
            }
            let client = try trust.client()
            return try client.send(HTTPRequest(), to: "https://127.0.0.1:\(port)/").status
        }
        #expect(status == 200)
    }

    @Test func stopsWhileHandshakesAreHalfDone() async throws {
        let trust = try Trust()
        defer { trust.remove() }
        var options = trust.options
        options.idleTimeoutSeconds = 600
        let listener = try HTTPListener(options: options, handler: EchoHandler())
        let port = listener.port
        let client = try RawClient(port: port)
        try client.send([0x16, 3, 1, 0x02, 0])
        try await onThread { listener.stop(graceSeconds: 1) }
        #expect(throws: RawClientError.self) { try RawClient(port: port) }
    }
}
