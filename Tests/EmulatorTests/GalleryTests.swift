// The shipped templates and seeds.

import CAssets
import Emulator
import Foundation
import Model
import Support
import Testing

struct GalleryTests {
    private static let templates = [
        "scim", "SfSandboxOutDelta", "DropboxSCIMOutDelta", "ServiceNowOutDelta", "Workday2AAD",
        "AD2AADProvisioning", "API2AAD",
    ]

    @Test func theBinaryCarriesEveryFileOfItsFolders() throws {
        var count = 0
        let start = cassets_files(&count)
        let embedded = UnsafeBufferPointer(start: start, count: count).map {
            String(cString: $0.name)
        }
        let folders = ["Directories", "Identity", "Metadata", "SCIM", "Templates", "Tenants"]
        let onDisk = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: Fixture.url(folder).path)
                .filter { $0.hasSuffix(".json") }.map { folder + "/" + $0 }
        }
        #expect(Set(embedded) == Set(onDisk))
        for name in onDisk {
            let file = try #require(
                UnsafeBufferPointer(start: start, count: count).first {
                    String(cString: $0.name) == name
                })
            let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
            #expect(Array(bytes) == (try Fixture.bytes(name)), "\(name) is not what is embedded")
        }
    }

    @Test(arguments: templates)
    func everyTemplateHasACompleteSchema(id: String) throws {
        let gallery = try Gallery()
        let template = try #require(gallery.template(id))
        let schema = try gallery.schema(of: id)
        #expect(schema.json["id"]?.string == id + ".00000000000000000000000000000000")
        #expect(!schema.enabledMappings.isEmpty)
        #expect(template.interval > .minutes(1))
        // Completing what is complete changes nothing.
        let again = try SynchronizationSchema(
            completing: .object(schema.json), by: gallery.types)
        #expect(again == schema)
    }

    @Test(arguments: [
        (
            "scim", "PT40M",
            "scim.0000000000000000000000000000c0de.00000000-0000-0000-0000-0000000000aa"
        ),
        ("SfSandboxOutDelta", "PT20M", "SfSandboxOutDelta.0000000000000000000000000000c0de"),
        ("AD2AADProvisioning", "PT2M", "AD2AADProvisioning.0000000000000000000000000000c0de"),
    ])
    func jobsTakeIntervalAndIdentifierFromTheTemplate(
        id: String, interval: String, jobID: String
    ) throws {
        let template = try #require(try Gallery().template(id))
        #expect(template.interval.description == interval)
        #expect(
            template.jobID(tenant: Tenants.defaultID, application: GUID(high: 0, low: 0xAA))
                == jobID)
    }

    @Test func anApplicationOfNoKnownTemplateIsOfferedTheGenericOne() throws {
        let object = try #require(
            DirectoryObject(JSONObject([("id", "00000000-0000-0000-0000-0000000000aa")])))
        #expect(try Gallery().templates(of: object).map(\.id) == ["scim"])
    }
}
