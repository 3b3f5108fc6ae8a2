// Changed templates: one row for each application and template.

import Model
import Testing

@testable import Storage

struct TemplateTableTests {
    private let world: TestDatabase
    private let owner = Sample.id(1)
    private let other = Sample.id(2)

    init() throws { world = try TestDatabase() }

    @Test func changesComeBackWholeAndForTheirOwnerOnly() throws {
        let changed = TemplateCustomization(
            templateID: "scim", template: JSONObject([("id", "scim")]),
            schema: SynchronizationSchema(normalized: JSONObject([("version", "v2")])))
        try world.database.templates.save(changed, of: owner)
        try world.database.templates.save(TemplateCustomization(templateID: "b"), of: owner)
        #expect(try world.database.templates.load("scim", of: owner) == changed)
        #expect(try world.database.templates.load("scim", of: other) == nil)
        #expect(try world.database.templates.list(of: owner).map(\.templateID) == ["scim", "b"])
    }

    @Test func aSecondSaveReplacesTheFirst() throws {
        var changed = TemplateCustomization(templateID: "scim")
        try world.database.templates.save(changed, of: owner)
        changed.isDeleted = true
        try world.database.templates.save(changed, of: owner)
        #expect(try world.database.templates.list(of: owner) == [changed])
        try world.database.templates.deleteAll(of: owner)
        #expect(try world.database.templates.list(of: owner).isEmpty)
    }
}
