// The listener as a client sees it while all is well.

import HTTP
import Testing

struct HTTPListenerTests {
    @Test func answersWithWhatTheHandlerGives() async throws {
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(status: 201, fields: [HTTPField("X-One", "1")], body: [0x68, 0x69]))
        }
        let response = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /"))
        }
        #expect(response.status == 201)
        #expect(response.value(of: "x-one") == "1")
        #expect(response.value(of: "content-length") == "2")
        #expect(response.value(of: "date") != nil)
        #expect(response.body == "hi")
    }

    @Test func handsTheWholeRequestOver() async throws {
        let handed = Handover<HTTPRequest>()
        let handler = ClosureHandler { request in
            handed.put(request)
            return .now(HTTPResponse())
        }
        _ = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(
                head(
                    "POST /a/b?c=d&e=%20+f", "Content-Length: 4", "X-Empty:",
                    "X-Blanks:  two words  ", "Accept: a", "accept: b") + "body")
        }
        let request = try #require(handed.take())
        #expect(request.method == "POST")
        #expect(request.path == "/a/b")
        #expect(request.query == "c=d&e=%20+f")
        #expect(request.body == Array("body".utf8))
        #expect(!request.isSecure)
        #expect(
            request.fields == [
                HTTPField("Host", "localhost"), HTTPField("Content-Length", "4"),
                HTTPField("X-Empty", ""), HTTPField("X-Blanks", "two words"),
                HTTPField("Accept", "a"), HTTPField("accept", "b"),
            ])
    }

    @Test func keepsAConnectionForManyRequests() async throws {
        let bodies = try await withListener { port in
            let client = try RawClient(port: port)
            return try (0..<50).map { try client.exchange(head("GET /\($0)")).body }
        }
        #expect(bodies == (0..<50).map { "GET /\($0) " })
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        let bodies = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send(
                head("GET /1") + head("POST /2", "Content-Length: 3") + "abc" + head("GET /3"))
            return try (0..<3).map { _ in try client.receive().body }
        }
        #expect(bodies == ["GET /1 ", "POST /2 abc", "GET /3 "])
    }

    @Test func answersHeadWithLengthAndWithoutBody() async throws {
        let (toHead, next) = try await withListener { port in
            let client = try RawClient(port: port)
            let first = try client.exchange(head("HEAD /abc"), toHead: true)
            return (first, try client.exchange(head("GET /next")))
        }
        #expect(toHead.status == 200)
        #expect(toHead.value(of: "content-length") == "10")
        #expect(next.body == "GET /next ")
    }

    @Test(arguments: [204, 304])
    func leavesOutTheBodyOf(status: Int) async throws {
        let handler = ClosureHandler { request in
            .now(HTTPResponse(status: request.path == "/" ? status : 200, body: [0x78]))
        }
        let (first, next) = try await withListener(handler: handler) { port in
            let client = try RawClient(port: port)
            let first = try client.exchange(head("GET /"), toHead: true)
            return (first, try client.exchange(head("GET /next")))
        }
        #expect(first.status == status)
        #expect(next.status == 200)
        #expect(next.body == "x")
    }

    @Test func decodesChunkedBodies() async throws {
        let body = try await withListener { port in
            try RawClient(port: port).exchange(
                head("PUT /c", "Transfer-Encoding: chunked")
                    + "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n"
            ).body
        }
        #expect(body == "PUT /c abcde")
    }

    @Test func sendsContinueToAClientThatWaitsForIt() async throws {
        let text = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send(
                head(
                    "PUT /", "Content-Length: 2", "Expect: 100-continue", "Connection: close")
                    + "ok")
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        #expect(text.hasSuffix("PUT / ok"))
    }

    @Test(arguments: [
        ("FROB /x", "FROB /x "), ("PATCH /x", "PATCH /x "), ("get /x", "get /x "),
        ("OPTIONS *", "OPTIONS * "), ("GET http://host:1/a?b=c", "GET /a?b=c "),
        ("GET http://host", "GET / "), ("GET /a%2Fb%00c/%41?x=%26", "GET /a%2Fb%00c/%41?x=%26 "),
        ("GET //a//b?", "GET //a//b? "), ("GET /a:b@c;d=e", "GET /a:b@c;d=e "),
    ])
    func passesMethodAndTargetAsSent(line: String, expected: String) async throws {
        let body = try await withListener { try RawClient(port: $0).exchange(head(line)).body }
        #expect(body == expected)
    }

    @Test func replacesTheDateByTheHandlers() async throws {
        let date = "Thu, 01 Jan 2026 00:00:00 GMT"
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(fields: [HTTPField("Date", date)]))
        }
        let response = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /"))
        }
        #expect(response.fields.filter { $0.name == "Date" } == [HTTPField("Date", date)])
    }

    @Test func dropsFieldsThatWouldBreakTheFraming() async throws {
        let handler = ClosureHandler { _ in
            .now(
                HTTPResponse(
                    fields: [
                        HTTPField("X-Split", "a\r\nX-Injected: 1"), HTTPField("X-Null", "a\0b"),
                        HTTPField("X Blank", "1"), HTTPField("X-Colon:", "1"), HTTPField("", "1"),
                        HTTPField("Content-Length", "99"), HTTPField("Transfer-Encoding", "gzip"),
                        HTTPField("X-Kept", "käse"),
                    ], body: [0x78]))
        }
        let response = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /"))
        }
        let names = response.fields.map { $0.name.lowercased() }
        #expect(Set(names) == ["date", "x-kept", "content-length"])
        #expect(response.value(of: "x-kept") == "käse")
        #expect(response.value(of: "content-length") == "1")
    }

    @Test(arguments: [
        (299, 299), (599, 599), (799, 799), (0, 500), (101, 500), (-1, 500), (1000, 500),
    ])
    func sendsEveryStatus(given: Int, expected: Int) async throws {
        let handler = ClosureHandler { _ in .now(HTTPResponse(status: given)) }
        let status = try await withListener(handler: handler) { port in
            try RawClient(port: port).exchange(head("GET /")).status
        }
        #expect(status == expected)
    }

    @Test func closesAfterAnAnswerToHTTP10() async throws {
        let text = try await withListener { port in
            let client = try RawClient(port: port)
            try client.send("GET /old HTTP/1.0\r\n\r\n")
            return client.receiveToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 200 OK") || text.hasPrefix("HTTP/1.0 200 OK"))
        #expect(text.hasSuffix("GET /old "))
    }

    @Test func closesAnIdleConnection() async throws {
        let options = HTTPListenerOptions(idleTimeoutSeconds: 1)
        let isAtEnd = try await withListener(options: options) { port in
            try RawClient(port: port).isAtEnd()
        }
        #expect(isAtEnd)
    }

    @Test func carriesLargeAnswers() async throws {
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(body: [UInt8](repeating: 0x61, count: 5_000_000)))
        }
        let length = try await withListener(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send(head("GET /", "Connection: close"))
            return client.receiveToEnd().split(separator: "\r\n\r\n").last?.utf8.count
        }
        #expect(length == 5_000_000)
    }

    @Test func servesWithOneThreadAndOverIPv6() async throws {
        let options = HTTPListenerOptions(host: "::1", workerThreads: 1)
        let body = try await withListener(options: options) { port in
            try RawClient(port: port, isIPv6: true).exchange(head("GET /six")).body
        }
        #expect(body == "GET /six ")
    }

    @Test func servesBothFamiliesOnTheIPv6Wildcard() async throws {
        let options = HTTPListenerOptions(host: "::")
        let bodies = try await withListener(options: options) { port in
            try [true, false].map {
                try RawClient(port: port, isIPv6: $0).exchange(head("GET /")).body
            }
        }
        #expect(bodies == ["GET / ", "GET / "])
    }
}
