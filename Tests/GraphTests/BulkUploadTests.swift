// Bulk uploads: what is taken in, what is refused, and the media routes on what waits.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct BulkUploadTests {
    private static let id =
        "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d"
    private let upload =
        "/v1.0/servicePrincipals/74a88cff-a4fd-4300-8bfd-6eae03d6e7b4/synchronization/jobs/\(id)"
        + "/bulkUpload"

    private func send(
        _ world: TestWorld, _ method: String, _ target: String, _ body: String? = nil,
        _ type: String = "application/scim+json; charset=utf-8"
    ) -> HTTPResponse {
        world.send(
            HTTPRequest(
                method: method, path: target,
                fields: body == nil ? [] : [HTTPField("Content-Type", type)],
                body: Array((body ?? "").utf8)))
    }

    private func body(_ id: String) -> String {
        #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["#
            + #"{"method":"POST","bulkId":"\#(id)","path":"/Users","data":{"schemas":["#
            + #""urn:ietf:params:scim:schemas:core:2.0:User"]}}]}"#
    }

    @Test func uploadsWaitInTheOrderTheyCame() throws {
        let world = try TestWorld()
        let first = send(world, "POST", upload, body("1"))
        #expect(first.status == 202)
        #expect(first.body.isEmpty)
        #expect(send(world, "POST", upload, body("2")).status == 202)
        let waiting = try world.tenant().read { try $0.bulkUploads.list(of: Self.id) }
        #expect(waiting.map(\.body) == [body("1"), body("2")])
        #expect(waiting.first?.requestID == first.value(of: "request-id"))
        #expect(waiting.first?.received.description == TestWorld.start)
    }

    @Test func theMediaRoutesAreAboutTheLastUpload() throws {
        let world = try TestWorld()
        #expect(send(world, "GET", upload).status == 404)
        let answer = send(world, "POST", upload, body("1"))
        #expect(send(world, "POST", upload, body("2")).status == 202)
        #expect(send(world, "GET", upload + "/$value").body == Array(body("2").utf8))
        let put = send(
            world, "PUT", upload + "/$value", body("3"), "application/octet-stream")
        #expect(put.status == 204)
        #expect(send(world, "GET", upload + "/$value").body == Array(body("3").utf8))
        #expect(send(world, "DELETE", upload + "/$value").status == 204)
        #expect(send(world, "GET", upload + "/$value").body == Array(body("1").utf8))
        let entity = world.send("GET", upload)
        #expect(entity.member("id").string == answer.value(of: "request-id"))
        #expect(world.send("PATCH", upload, ["id": entity.member("id")]).status == 204)
        #expect(world.send("PATCH", upload, ["id": "other"]).status == 400)
        #expect(send(world, "POST", upload, body("4")).status == 202)
        #expect(send(world, "DELETE", upload).status == 204)
        #expect(send(world, "GET", upload).status == 404)
        #expect(send(world, "DELETE", upload).status == 404)
    }

    @Test func uploadsEndWithTheirJob() throws {
        let world = try TestWorld()
        #expect(send(world, "POST", upload, body("1")).status == 202)
        #expect(send(world, "DELETE", String(upload.dropLast(11))).status == 204)
        #expect(try world.tenant().read { try $0.bulkUploads.list(of: Self.id) }.isEmpty)
    }

    @Test func aJobOfAnotherSourceTakesNone() throws {
        let other =
            "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
            + "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa/bulkUpload"
        let answer = send(try TestWorld(), "POST", other, body("1"))
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains("not API-driven"))
    }

    @Test(arguments: ["application/json", "text/plain", "application/scim+jsons"])
    func anotherContentTypeIsInvalidDataFormat(type: String) throws {
        let answer = send(try TestWorld(), "POST", upload, body("1"), type)
        #expect(answer.status == 400)
        #expect(answer.errorMessage.hasPrefix("Invalid Data Format"))
    }

    @Test(arguments: [
        ("{", "The body is no JSON."), ("[]", "The body: an object was expected."),
        (#"{"Operations":[]}"#, "schemas: urn:ietf"),
    ])
    func aBrokenBodyIsInvalidDataFormat(body: String, problem: String) throws {
        let answer = send(try TestWorld(), "POST", upload, body)
        #expect(answer.status == 400)
        #expect(answer.errorMessage.hasPrefix("Invalid Data Format. " + problem))
    }
}
