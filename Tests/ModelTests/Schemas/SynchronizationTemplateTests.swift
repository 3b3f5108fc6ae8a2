// The identifiers that a template gives its jobs.

import Model
import Testing

struct SynchronizationTemplateTests {
    @Test(arguments: [
        (true, "scim.0000000000000000000000000000c0de.00000000-0000-0000-0000-0000000000aa"),
        (false, "scim.0000000000000000000000000000c0de"),
    ])
    func jobsAreNamedAfterTemplateAndTenant(namesApplication: Bool, id: String) {
        let template = SynchronizationTemplate(
            id: "scim", applicationTemplateID: .zero, interval: .minutes(40),
            jobIDNamesApplication: namesApplication, settings: [], json: JSONObject())
        let tenant = GUID(high: 0, low: 0xC0DE)
        #expect(template.jobID(tenant: tenant, application: GUID(high: 0, low: 0xAA)) == id)
    }
}
