// Which pattern a path belongs to.

import HTTP
import Testing

struct PathRouterTests {
    private static let router: PathRouter<String> = {
        var router = PathRouter<String>()
        for (method, pattern) in [
            ("GET", "/"), ("GET", "/jobs"), ("POST", "/jobs"), ("GET", "/jobs/{id}"),
            ("PATCH", "/jobs/{id}"), ("POST", "/jobs/{jobID}/start"), ("GET", "/jobs/templates"),
            ("POST", "/jobs/validate"), ("GET", "/{kind}/{id}/schema"),
            ("GET", "/jobs/special/deep/end"), ("HEAD", "/own"), ("GET", "/own"),
        ] {
            router.add(method: method, pattern: pattern, "\(method) \(pattern)")
        }
        return router
    }()

    @Test(arguments: [
        ("GET", "", "GET /", [:]),
        ("GET", "jobs", "GET /jobs", [:]),
        ("POST", "JOBS", "POST /jobs", [:]),
        ("GET", "jobs 7", "GET /jobs/{id}", ["id": "7"]),
        ("GET", "jobs Templates", "GET /jobs/templates", [:]),
        // The literal leads nowhere for this method or this tail, so the parameter is tried.
        ("GET", "jobs validate", "GET /jobs/{id}", ["id": "validate"]),
        ("POST", "jobs special start", "POST /jobs/{jobID}/start", ["jobID": "special"]),
        ("GET", "jobs 7 schema", "GET /{kind}/{id}/schema", ["kind": "jobs", "id": "7"]),
        ("GET", "jobs special deep end", "GET /jobs/special/deep/end", [:]),
        ("HEAD", "jobs 7", "GET /jobs/{id}", ["id": "7"]),
        ("HEAD", "own", "HEAD /own", [:]),
    ])
    func finds(method: String, path: String, value: String, parameters: [String: String]) {
        let match = Self.router.match(method: method, segments: segments(path))
        #expect(match == .found(value, parameters: parameters))
    }

    @Test(arguments: [
        ("DELETE", "jobs", ["GET", "HEAD", "POST"]), ("get", "jobs 7", ["GET", "HEAD", "PATCH"]),
        ("GET", "jobs 7 start", ["POST"]),
        // Of a literal path and a parameter's, those of the literal one.
        ("PUT", "jobs validate", ["POST"]),
    ])
    func namesTheMethodsThereAre(method: String, path: String, allowed: [String]) {
        let match = Self.router.match(method: method, segments: segments(path))
        #expect(match == .wrongMethod(allowed: allowed))
    }

    @Test(arguments: [
        ("users", 1), ("users 7 nothing", 2), ("jobs 7 nothing", 2), ("jobs special deep", 3),
        ("jobs special deep nothing here", 3), ("jobs templates x", 2),
    ])
    func countsTheSegmentsItKnows(path: String, matched: Int) {
        let match = Self.router.match(method: "GET", segments: segments(path))
        #expect(match == .notFound(matchedSegments: matched))
    }

    @Test func knowsNothingWhenEmpty() {
        let router = PathRouter<Int>()
        #expect(router.match(method: "GET", segments: ["a"]) == .notFound(matchedSegments: 0))
        #expect(router.match(method: "GET", segments: []) == .notFound(matchedSegments: 0))
    }

    @Test func letsTheLaterRouteCount() {
        var router = PathRouter<Int>()
        router.add(method: "GET", pattern: "/a/{one}", 1)
        router.add(method: "GET", pattern: "/A/{two}/", 2)
        let match = router.match(method: "GET", segments: ["a", "x"])
        #expect(match == .found(2, parameters: ["two": "x"]))
    }

    @Test func passesEmptyAndOddSegmentsToParameters() {
        let match = Self.router.match(method: "GET", segments: ["jobs", ""])
        #expect(match == .found("GET /jobs/{id}", parameters: ["id": ""]))
        let slashed = Self.router.match(method: "GET", segments: ["jobs", "a/b\0"])
        #expect(slashed == .found("GET /jobs/{id}", parameters: ["id": "a/b\0"]))
    }

    private func segments(_ path: String) -> [String] {
        path.split(separator: " ").map(String.init)
    }
}
