// The metadata as bodies and options are checked against it.

import Model
import Testing

struct TypeCatalogTests {
    private let catalog: TypeCatalog
    private let document: MetadataDocument

    init() throws {
        let json = try MetadataDocument.json()
        catalog = try TypeCatalog(json)
        document = try MetadataDocument(json: json)
    }

    @Test func holdsEveryEnumeration() throws {
        for declared in document.enumerations {
            let enumeration = try #require(catalog.enumeration(declared.name))
            #expect(enumeration.name == declared.name)
            #expect(enumeration.isFlags == declared.isFlags)
            #expect(enumeration.members == declared.members)
        }
    }

    @Test func holdsEveryTypeWithInheritedPropertiesFirst() throws {
        for declared in document.structures {
            let type = try #require(catalog.type(declared.name))
            var chain = [declared]
            while let base = chain[0].base {
                chain.insert(try #require(document.structures.first { $0.name == base }), at: 0)
            }
            let expected = chain.flatMap(\.properties)
            #expect(type.name == declared.name)
            #expect(type.isOpen == chain.contains(where: \.isOpen))
            #expect(type.properties.map(\.name) == expected.map(\.name))
            for (property, expected) in zip(type.properties, expected) {
                #expect(property.isCollection == expected.isCollection)
                #expect(property.isNullable == expected.isNullable)
                #expect(property.isNavigation == expected.isNavigation)
                let isPrimitive = expected.type.hasPrefix("Edm.")
                #expect(
                    property.typeName == (isPrimitive ? "" : "microsoft.graph.") + expected.type)
                #expect(type.property(expected.name)?.name == expected.name)
            }
        }
    }

    @Test func everyBaseAndEveryEnumerationIsServed() {
        let names = Set(document.structures.map(\.name))
        for structure in document.structures {
            #expect(structure.base.map(names.contains) ?? true, "\(structure.name)")
        }
        #expect(names.count == document.structures.count)
        #expect(Set(document.enumerations.map(\.name)).count == document.enumerations.count)
    }

    @Test(arguments: [
        ("synchronizationJob", "schedule", TypeProperty.Kind.structured("synchronizationSchedule")),
        ("synchronizationSchedule", "interval", .duration),
        ("synchronizationSchedule", "expiration", .dateTimeOffset),
        ("synchronizationSchedule", "state", .enumeration("synchronizationScheduleState")),
        ("synchronizationTemplate", "applicationId", .guid),
        ("attributeMapping", "matchingPriority", .int32),
        ("attributeDefinition", "anchor", .boolean),
        ("synchronizationStatus", "countSuccessiveCompleteFailures", .int64),
        ("applicationTemplate", "deprecationDate", .date),
        ("synchronizationJob", "id", .string),
    ])
    func knowsWhatAPropertyHolds(type: String, property: String, kind: TypeProperty.Kind) {
        #expect(catalog.type(type)?.property(property)?.kind == kind)
    }

    @Test func findsPropertiesByTheirExactNameOrWhateverTheirCase() throws {
        let type = try #require(catalog.type("servicePrincipal"))
        #expect(type.property("displayname") == nil)
        #expect(type.property(ignoringCase: "displayname")?.name == "displayName")
        #expect(type.property(ignoringCase: "DISPLAYNAME")?.name == "displayName")
        #expect(type.property(ignoringCase: "displayName2") == nil)
        #expect(catalog.type("ServicePrincipal") == nil)
        #expect(catalog.enumeration("Mutability") == nil)
    }

    // MARK: Members of enumerations

    @Test(arguments: [
        ("mutability", "ReadWrite", true), ("mutability", "readWrite", false),
        ("mutability", "", false), ("mutability", " ReadWrite", false),
        ("mutability", "ReadWrite,ReadOnly", false), ("mutability", "0", false),
        ("objectFlowTypes", "Add", true), ("objectFlowTypes", "Add,Update,Delete", true),
        ("objectFlowTypes", "Add, Update", true), ("objectFlowTypes", " Add ,Delete ", true),
        ("objectFlowTypes", "None", true), ("objectFlowTypes", "Add,", false),
        ("objectFlowTypes", ",Add", false), ("objectFlowTypes", "Add Update", false),
        ("objectFlowTypes", "add", false), ("objectFlowTypes", "Add,Upsert", false),
        ("synchronizationSecret", "AppKey", true),
    ])
    func tellsMembers(enumeration: String, text: String, isMember: Bool) {
        #expect(catalog.enumeration(enumeration)?.contains(text) == isMember)
    }

    /// U+212A, the Kelvin sign, is canonically equivalent to K; as a spelling it is another one.
    @Test func membersAreComparedByteByByte() {
        #expect(catalog.enumeration("synchronizationSecret")?.contains("App\u{212A}ey") == false)
        #expect(catalog.type("servicePrincipal")?.property("tokenEncryption\u{212A}eyId") == nil)
    }

    @Test(arguments: [
        ("Add", ["Add"]), ("Add,Update", ["Add", "Update"]),
        (" Add ,  Update ", ["Add", "Update"]),
        ("", []),
    ])
    func listsTheFlagsOfAText(text: String, flags: [String]) {
        #expect(EnumerationType.flags(in: text) == flags)
    }

    // MARK: Documents that are none

    @Test(arguments: [
        (#"{"types":[]}"#, "enums"), (#"{"enums":[]}"#, "types"), ("[]", "enums"),
        (#"{"enums":{},"types":[]}"#, "enums"), (#"{"enums":[],"types":[{}]}"#, "name"),
        (#"{"enums":[{"name":"a"}],"types":[]}"#, "name or members of an enumeration"),
        (#"{"enums":[{"members":[]}],"types":[]}"#, "name or members of an enumeration"),
        (
            #"{"enums":[],"types":[{"name":"a","properties":[{"name":"b"}]}]}"#,
            "name or type of a property"
        ),
        (
            #"{"enums":[],"types":[{"name":"a","properties":[{"type":"Edm.String"}]}]}"#,
            "name or type of a property"
        ),
    ])
    func refusesADocumentThatLacks(text: String, member: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(throws: TypeCatalogError.missing(member: member)) { try TypeCatalog(json) }
    }

    @Test func refusesAnUnknownBase() throws {
        let json = try JSONValue(parsing: #"{"enums":[],"types":[{"name":"a","base":"b"}]}"#)
        #expect(throws: TypeCatalogError.unknownType("b")) { try TypeCatalog(json) }
    }
}
