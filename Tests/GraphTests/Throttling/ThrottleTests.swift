// The service's limits as an option: counted, refused with a wait, free again in time.

import HTTP
import Model
import Support
import Testing

struct ThrottleTests {
    private let upload =
        "/v1.0/servicePrincipals/74a88cff-a4fd-4300-8bfd-6eae03d6e7b4/synchronization/jobs/API2AAD"
        + ".0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d/bulkUpload"

    private func post(_ world: TestWorld) -> HTTPResponse {
        world.send(
            HTTPRequest(
                method: "POST", path: upload,
                fields: [HTTPField("Content-Type", "application/scim+json")],
                body: SynchronizationWireCases.bulkRequest.bytes))
    }

    @Test func uploadsOverTheLimitWaitForTheirWindow() throws {
        let world = try TestWorld(isThrottling: true)
        for _ in 1...40 { #expect(post(world).status == 202) }
        let refused = post(world)
        #expect(refused.status == 429)
        #expect(refused.errorCode == "TooManyRequests")
        #expect(refused.value(of: "Retry-After") == "5")
        #expect(refused.value(of: "x-ms-throttle-information") == "WriteLimitExceeded")
        #expect(
            refused.value(of: "x-ms-throttle-scope")
                == "Tenant_Application/Write/-/00000000-0000-0000-0000-00000000c0de")
        // Others are not concerned, and time heals.
        #expect(world.send("GET", "/v1.0/servicePrincipals").status == 200)
        world.send("POST", "/_emulator/clock", ["advance": "PT4S"])
        #expect(post(world).value(of: "Retry-After") == "1")
        world.send("POST", "/_emulator/clock", ["advance": "PT1S"])
        #expect(post(world).status == 202)
    }

    @Test func aDayHasALimitToo() throws {
        let world = try TestWorld(isThrottling: true)
        for _ in 1...50 {
            for _ in 1...40 { #expect(post(world).status == 202) }
            world.send("POST", "/_emulator/clock", ["advance": "PT5S"])
        }
        let refused = post(world)
        #expect(refused.status == 429)
        // The first of them is 250 seconds old.
        #expect(refused.value(of: "Retry-After") == "86150")
    }

    @Test func withoutTheOptionNothingIsCounted() throws {
        let world = try TestWorld()
        for _ in 1...60 { #expect(post(world).status == 202) }
    }
}
