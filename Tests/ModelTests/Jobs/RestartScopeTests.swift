// The flags of a restart, as the metadata numbers them and clients write them.

import Model
import Testing

struct RestartScopeTests {
    /// `reference/provisioning-service.md`, 1.5.
    @Test(arguments: [
        ("None", 0), ("ConnectorDataStore", 1), ("Escrows", 2), ("Watermark", 4),
        ("QuarantineState", 8), ("Full", 15), ("ForceDeletes", 32),
        ("Watermark, Escrows, QuarantineState", 14), ("Watermark,Escrows", 6),
        (" Escrows ,  Watermark ", 6), ("Full,ForceDeletes", 47), ("Watermark,Watermark", 4),
        ("None,Watermark", 4), ("", 14),
    ])
    func readsFlags(text: String, number: Int) {
        #expect(RestartScope(parsing: text)?.rawValue == number)
    }

    @Test(arguments: [
        "full", "Everything", "Watermark;Escrows", "Watermark Escrows", "15", "Full,x",
    ])
    func refusesUnknownMembers(text: String) {
        #expect(RestartScope(parsing: text) == nil)
    }

    /// A list with a gap is no list of members, as `EnumerationType.contains` says of it too.
    @Test(arguments: [",", "Watermark,", ",Watermark", "Watermark,,Escrows"])
    func refusesGaps(text: String) {
        #expect(RestartScope(parsing: text) == nil)
    }

    @Test func thePortalKeepsTheConnections() {
        #expect(RestartScope.portal == [.quarantineState, .watermark, .escrows])
        #expect(!RestartScope.portal.contains(.connectorDataStore))
        #expect(!RestartScope.full.contains(.forceDeletes))
    }

    /// The numbers are those of the metadata, member by member.
    @Test func knowsEveryMemberOfTheMetadata() throws {
        let catalog = try TypeCatalog(MetadataDocument.json())
        let enumeration = try #require(catalog.enumeration("synchronizationJobRestartScope"))
        #expect(enumeration.isFlags)
        for member in enumeration.members {
            #expect(RestartScope(parsing: member) != nil, "\(member)")
        }
    }
}
