// types.json says exactly what edm-sync.xml, the official metadata, says.

import Foundation
import Model
import Testing

struct MetadataDocumentTests {
    private let official: MetadataDocument
    private let text: String

    /// With `RECORD=1` in the environment, types.json is written anew before it is compared.
    init() throws {
        official = try MetadataDocument(xmlAt: MetadataDocument.xmlFile)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(official.layout.utf8).write(to: MetadataDocument.jsonFile, options: .atomic)
        }
        text = String(
            decoding: try Data(contentsOf: MetadataDocument.jsonFile), as: UTF8.self)
    }

    @Test func everyEnumerationIsTheOfficialOne() throws {
        let served = try MetadataDocument(json: try JSONValue(parsing: text))
        #expect(served.enumerations.map(\.name) == official.enumerations.map(\.name))
        for (served, official) in zip(served.enumerations, official.enumerations) {
            #expect(served == official)
        }
    }

    @Test func everyTypeIsTheOfficialOne() throws {
        let served = try MetadataDocument(json: try JSONValue(parsing: text))
        #expect(served.structures.map(\.name) == official.structures.map(\.name))
        for (served, official) in zip(served.structures, official.structures) {
            #expect(served == official)
        }
    }

    @Test func theFileHasItsLayout() {
        #expect(text == official.layout)
    }

    /// The reader itself is held to what stands in the file, so that two empty lists don't agree.
    @Test func theXMLIsReadInFull() throws {
        let xml = String(
            decoding: try Data(contentsOf: MetadataDocument.xmlFile), as: UTF8.self)
        func count(_ element: String) -> Int { xml.ranges(of: "<\(element) ").count }
        #expect(official.enumerations.count == count("EnumType"))
        #expect(official.enumerations.map(\.members.count).reduce(0, +) == count("Member"))
        #expect(official.structures.count == count("ComplexType") + count("EntityType"))
        let properties = official.structures.flatMap(\.properties)
        #expect(properties.count == count("Property") + count("NavigationProperty"))
        #expect(properties.filter(\.isNavigation).count == count("NavigationProperty"))
        #expect(properties.contains { !$0.isNullable && $0.isCollection })
        #expect(official.structures.contains { $0.isOpen && $0.base != nil })
        #expect(official.enumerations.contains { $0.isFlags })
    }
}
