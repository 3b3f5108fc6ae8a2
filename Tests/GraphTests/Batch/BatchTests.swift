// Batches: order, failure, addresses, bodies, and what is refused whole.

import HTTP
import Model
import Support
import Testing

struct BatchTests {
    private let job =
        "/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
        + "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"

    private func send(
        _ world: TestWorld, _ requests: [JSONValue], base: String = "/v1.0"
    ) -> HTTPResponse {
        world.send("POST", base + "/$batch", ["requests": .array(requests)])
    }

    private func statuses(_ answer: HTTPResponse) -> [String] {
        (answer.member("responses").array ?? []).map { entry in
            "\("id".step(into: entry).string ?? "") \("status".step(into: entry).integer ?? 0)"
        }
    }

    @Test func whatDependsOnAFailureFailsToo() throws {
        let world = try TestWorld()
        let answer = send(
            world,
            [
                ["id": "c", "method": "GET", "url": .string(job), "dependsOn": ["B"]],
                ["id": "b", "method": "POST", "url": .string(job + "/start"), "dependsOn": ["a"]],
                ["id": "a", "method": "GET", "url": "/servicePrincipals/none"],
                ["id": "d", "method": "GET", "url": .string(job)],
            ])
        #expect(answer.status == 200)
        #expect(statuses(answer) == ["a 400", "b 424", "c 424", "d 200"])
    }

    @Test func whatDependsOnASuccessRunsAfterIt() throws {
        let world = try TestWorld()
        let answer = send(
            world,
            [
                ["id": "2", "method": "get", "url": .string(job), "dependsOn": ["1"]],
                ["id": "1", "method": "POST", "url": .string(job + "/pause")],
            ])
        #expect(statuses(answer) == ["1 204", "2 200"])
        #expect(answer.member("responses", 0, "body") == .null)
        #expect(answer.member("responses", 1, "body", "schedule", "state") == "Paused")
    }

    @Test func addressesMayBeWholeOrRelative() throws {
        let world = try TestWorld()
        let prefix = "/tenants/00000000-0000-0000-0000-0000000000aa"
        let urls = [
            String(job.dropFirst()), job,
            "http://127.0.0.1:8585\(prefix)/beta\(job)", "https://graph.microsoft.com/beta\(job)",
            "servicePrincipals?$filter=startswith(displayName, 'salesforce')",
        ]
        let answer = send(
            world,
            urls.enumerated().map {
                ["id": .string("\($0)"), "method": "GET", "url": .string($1)]
            }, base: prefix + "/beta")
        #expect(statuses(answer) == ["0 200", "1 200", "2 200", "3 200", "4 200"])
        // Links lead back to the tenant that the batch was sent to.
        let page = send(
            world, [["id": "1", "method": "GET", "url": "/servicePrincipals?$top=1"]],
            base: prefix + "/v1.0")
        let link = page.member("responses", 0, "body", "@odata.nextLink").string
        #expect(link?.hasPrefix("http://127.0.0.1:8585\(prefix)/v1.0/servicePrincipals") == true)
    }

    @Test func anEntrysOwnMistakeIsItsOwn() throws {
        let answer = send(
            try TestWorld(),
            [
                ["id": "1", "method": "POST", "url": "/$batch", "body": ["requests": []]],
                ["id": "2", "method": "GET", "url": "http://127.0.0.1/beta/servicePrincipals"],
                ["id": "3", "method": "GET", "url": "ftp://127.0.0.1/v1.0/servicePrincipals"],
                [
                    "id": "4", "method": "PUT", "url": .string(job + "/schema"),
                    "body": ["directories": []],
                ],
                ["id": "5", "method": "GET", "url": "/%zz"],
                ["id": "6", "method": "DELETE", "url": "/servicePrincipals"],
            ])
        #expect(statuses(answer) == ["1 400", "2 400", "3 400", "4 400", "5 400", "6 405"])
        #expect(
            answer.member("responses", 3, "body", "error", "message").string?
                .hasPrefix("Write requests (excluding DELETE) must contain") == true)
    }

    @Test func bodiesThatAreNoJSONTravelAsBase64() throws {
        let world = try TestWorld()
        let upload =
            "/servicePrincipals/74a88cff-a4fd-4300-8bfd-6eae03d6e7b4/synchronization/jobs/API2AAD"
            + ".0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d/bulkUpload"
        let text = SynchronizationWireCases.bulkRequest.text
        let encoded = JSONValue.string(base64(text))
        let answer = send(
            world,
            [
                [
                    "id": "1", "method": "PUT", "url": .string(upload + "/$value"),
                    "headers": ["content-type": "application/octet-stream"], "body": encoded,
                ],
                [
                    "id": "2", "method": "GET", "url": .string(upload + "/$value"),
                    "dependsOn": ["1"],
                ],
                [
                    "id": "3", "method": "POST", "url": .string(upload),
                    "headers": ["Content-Type": "application/scim+json"],
                    "body": SynchronizationWireCases.bulkRequest,
                ],
            ])
        #expect(statuses(answer) == ["1 204", "2 200", "3 202"])
        #expect(answer.member("responses", 1, "body") == encoded)
        #expect(answer.member("responses", 2, "headers", "Location").string != nil)
    }

    private func base64(_ text: String) -> String {
        var text = Array(text.utf8)
        // A text of whole groups needs no padding; JSON may end in blanks.
        while !text.count.isMultiple(of: 3) { text.append(UInt8(ascii: " ")) }
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: text.count, by: 3).map { start in
            let bits = text[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            return String([18, 12, 6, 0].map { digits[bits >> $0 & 63] })
        }.joined()
    }

    @Test(arguments: [
        ("{}", "Path 'requests'"), (#"{"requests":[]}"#, "Path 'requests'"),
        (#"{"requests":[7]}"#, "Path 'requests[0]'"),
        (#"{"requests":[{"method":"GET","url":"/a"}]}"#, "Path 'requests[0].id'"),
        (#"{"requests":[{"id":"1","url":"/a"}]}"#, "Path 'requests[0].method'"),
        (#"{"requests":[{"id":"1","method":"GET"}]}"#, "Path 'requests[0].url'"),
        (#"{"requests":[{"id":"1","method":"TRACE","url":"/a"}]}"#, "'TRACE' is no method"),
        (
            #"{"requests":[{"id":"a","method":"GET","url":"/a"},{"id":"A","method":"GET","url":"/a"}]}"#,
            "Path 'requests[1].id'"
        ),
        (
            #"{"requests":[{"id":"1","method":"GET","url":"/a","dependsOn":["2"]}]}"#,
            "Path 'requests[0].dependsOn'"
        ),
        (
            #"{"requests":[{"id":"1","method":"GET","url":"/a","dependsOn":["1"]}]}"#, "circle"
        ),
        (
            #"{"requests":[{"id":"1","method":"GET","url":"/a","headers":{"a":1}}]}"#,
            "Path 'requests[0].headers.a'"
        ),
        (
            #"{"requests":[{"id":"1","method":"PUT","url":"/a","headers":{"Content-Type":"image/png"},"body":"?"}]}"#,
            "base64"
        ),
    ])
    func aBatchThatCannotBeReadIsRefusedWhole(body: String, message: String) throws {
        let answer = try TestWorld().send("POST", "/v1.0/$batch", try JSONValue(parsing: body))
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains(message), "\(answer.errorMessage)")
    }

    @Test func twentyRequestsAreTheMost() throws {
        let world = try TestWorld()
        let many = (1...21).map { index -> JSONValue in
            ["id": .string("\(index)"), "method": "GET", "url": .string(job)]
        }
        #expect(statuses(send(world, Array(many.dropLast()))).count == 20)
        #expect(send(world, many).errorCode == "MaximumValueExceeded")
    }
}
