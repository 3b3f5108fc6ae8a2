// What the listener turns down by itself, and that the client gets to read it.

import HTTP
import Testing

struct HTTPListenerRefusalTests {
    private static let options = HTTPListenerOptions(bodyLimitBytes: 1000)

    @Test func takesABodyOfExactlyTheLimit() async throws {
        let status = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            let body = String(repeating: "x", count: 1000)
            return [
                try client.exchange(head("PUT /", "Content-Length: 1000") + body).status,
                try client.exchange(
                    head("PUT /", "Transfer-Encoding: chunked") + "3e8\r\n\(body)\r\n0\r\n\r\n"
                ).status,
            ]
        }
        #expect(status == [200, 200])
    }

    @Test func readsABodyOverTheLimitAndKeepsTheConnection() async throws {
        let (refused, next) = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            let body = String(repeating: "x", count: 2_000_000)
            let refused = try client.exchange(head("PUT /", "Content-Length: 2000000") + body)
            return (refused, try client.exchange(head("GET /next")))
        }
        #expect(refused.status == 413)
        #expect(refused.body == "refused: bodyTooLarge(limitBytes: 1000)")
        #expect(next.body == "GET /next ")
    }

    @Test func refusesAChunkedBodyOverTheLimitAtItsEnd() async throws {
        let (refused, next) = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
            try client.send(head("PUT /", "Transfer-Encoding: chunked"))
            for _ in 0..<100 { try client.send(chunk) }
            return (
                try client.exchange("0\r\n\r\n"), try client.exchange(head("GET /next"))
            )
        }
        #expect(refused.status == 413)
        #expect(next.body == "GET /next ")
    }

    @Test func cutsAnEndlessChunkedBody() async throws {
        let isCut = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            let chunk = "100000\r\n" + String(repeating: "x", count: 1 << 20) + "\r\n"
            try client.send(head("PUT /", "Transfer-Encoding: chunked"))
            // It may go on taking bytes without looking at them, but it ends the connection.
            for _ in 0..<80 where (try? client.send(chunk)) == nil { break }
            return client.receiveToEnd().isEmpty
        }
        #expect(isCut)
    }

    @Test func refusesAHugeBodyBeforeItIsSent() async throws {
        let text = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            try client.send(head("PUT /", "Content-Length: 100000000"))
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 413 "))
        #expect(text.hasSuffix("refused: bodyTooLarge(limitBytes: 1000)"))
        #expect(text.contains("\r\nConnection: close\r\n"))
    }

    @Test func letsAClientThatSendsFirstReadTheRefusal() async throws {
        let response = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            try client.send(head("PUT /", "Content-Length: 100000000"))
            let piece = [UInt8](repeating: 0x78, count: 1_000_000)
            for _ in 0..<100 { try client.send(piece) }
            return try client.receive()
        }
        #expect(response.status == 413)
    }

    @Test func refusesAClientThatAsksFirstWithoutContinue() async throws {
        let text = try await withListener(options: Self.options) { port in
            let client = try RawClient(port: port)
            try client.send(head("PUT /", "Content-Length: 1001", "Expect: 100-continue"))
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func refusesFieldsOverTheLimitInItsOwnWords() async throws {
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(fields: [HTTPField("X", String(repeating: "y", count: 6000))]))
        }
        let options = HTTPListenerOptions(headerMemoryBytes: 28_192)
        let texts = try await withListener(options: options, handler: handler) { port in
            try [19_500, 20_000].map { bytes in
                let client = try RawClient(port: port)
                let field = "X: " + String(repeating: "x", count: bytes)
                try client.send(head("GET /", field, "Connection: close"))
                return client.receiveToEnd()
            }
        }
        #expect(texts[0].hasPrefix("HTTP/1.1 200 "))
        #expect(texts[1].hasPrefix("HTTP/1.1 431 "))
        #expect(texts[1].hasSuffix("refused: headTooLarge(limitBytes: 20000)"))
    }

    @Test func refusesAnAnswerWhoseHeadCannotBeSent() async throws {
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(fields: [HTTPField("X", String(repeating: "y", count: 7000))]))
        }
        let response = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /"))
        }
        #expect(response.status == 500)
        #expect(response.body == "refused: answerHeadTooLarge(limitBytes: 6144)")
    }

    @Test(arguments: [60_000, 2_000_000])
    func letsAClientWithHugeFieldsReadThe431(bytes: Int) async throws {
        let status = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send(head("GET /", "X-Huge: " + String(repeating: "x", count: bytes)))
            return try client.receive().status
        }
        #expect(status == 431)
    }

    @Test func answersALongTargetWith414() async throws {
        let status = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send(head("GET /" + String(repeating: "x", count: 2_000_000)))
            return try client.receive().status
        }
        #expect(status == 414)
    }

    @Test(arguments: [
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Host: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
        "Host: a\r\nTransfer-Encoding: gzip\r\n",
        "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    ])
    func refusesAmbiguousFraming(fields: String) async throws {
        let text = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send("POST / HTTP/1.1\r\n\(fields)\r\n3\r\nabc\r\n0\r\n\r\n")
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.hasSuffix("refused: ambiguousFraming"))
    }

    @Test func refusesARequestWithoutHost() async throws {
        let text = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send("GET / HTTP/1.1\r\nX: y\r\n\r\n")
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.hasSuffix("refused: missingHost"))
    }

    @Test(arguments: [
        "\r\n\r\n", "GET\r\n\r\n", "\0\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n: no name\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcdefgh\r\n",
        "GET /\u{fffd}\u{80} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /a b c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET ? HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
    ])
    func livesOnAfterMalformedRequests(text: String) async throws {
        // The library does not notice a client that leaves after blank lines; the timeout does.
        let options = HTTPListenerOptions(idleTimeoutSeconds: 1)
        let body = try await withListener(options: options) { port in
            do {
                let hasty = try RawClient(port: port)
                try hasty.send(text)
            }
            let patient = try RawClient(port: port)
            try patient.send(text)
            patient.closeSending()
            _ = patient.receiveToEnd()
            return try RawClient(port: port).exchange(head("GET /alive")).body
        }
        #expect(body == "GET /alive ")
    }
}
