// delta queries: everything first, then what changed, and nothing twice.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

struct DeltaTests {
    private let world: TestWorld

    init() throws { world = try TestWorld() }

    /// All pages of a round from a target on, and the link that ends it.
    private func round(
        _ target: String, _ fields: [HTTPField] = []
    ) throws -> (elements: [JSONValue], link: String, pages: Int) {
        var target = target
        var elements: [JSONValue] = []
        for page in 1...50 {
            let answer = world.send("GET", target, fields: fields)
            #expect(answer.status == 200, "\(answer.errorMessage)")
            elements += answer.member("value").array ?? []
            if let link = answer.member("@odata.deltaLink").string {
                return (elements, String(link.dropFirst("http://127.0.0.1:8585".count)), page)
            }
            let next = try #require(answer.member("@odata.nextLink").string)
            target = String(next.dropFirst("http://127.0.0.1:8585".count))
        }
        Issue.record("the round does not end")
        return ([], "", 0)
    }

    private func write(_ sql: (Tenant) throws -> Void) throws { try sql(world.tenant()) }

    @Test(arguments: ["users", "groups", "applications", "servicePrincipals"])
    func theFirstRoundHasEverything(set: String) throws {
        let pageSize = [HTTPField("Prefer", "odata.maxpagesize=4")]
        let first = try round("/v1.0/\(set)/delta?$select=displayName", pageSize)
        let count = world.send(
            "GET", "/v1.0/\(set)/$count", fields: [HTTPField("ConsistencyLevel", "eventual")])
        #expect(count.json == .integer(Int64(first.elements.count)))
        #expect(first.pages > 1)
        let again = try round(first.link)
        #expect(again.elements.isEmpty)
        // Options of the first request are in the link.
        #expect(!first.link.contains("$select"))
    }

    @Test func spellings() throws {
        for path in ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"] {
            #expect(world.send("GET", "/v1.0/users/\(path)?$deltatoken=latest").status == 200)
        }
    }

    @Test func laterRoundsHaveWhatChanged() throws {
        let start = try round("/v1.0/groups/delta?$select=displayName,members&$deltatoken=latest")
        #expect(start.elements.isEmpty)
        let group = try #require(GUID(parsing: "f692a420-5029-4f2c-a9b7-952e6eae97dd"))
        let user = try #require(GUID(parsing: "92ba3afa-4614-41d6-994a-6e49dca63b7f"))
        try write { tenant in
            try tenant.write { transaction in
                try transaction.database.links.insert(from: group, .member, to: user)
            }
        }
        let added = try round(start.link)
        #expect(added.elements.count == 1)
        let member = "members@delta".step(into: added.elements.first ?? .null)
        #expect(
            member == [
                ["@odata.type": "#microsoft.graph.user", "id": .string(user.description)]
            ])
        #expect(try round(added.link).elements.isEmpty)
    }

    @Test(arguments: [
        "/v1.0/users/delta?$deltatoken=x", "/v1.0/users/delta?$deltatoken=",
        "/v1.0/users/delta?$skiptoken=zz", "/v1.0/users/delta?$deltatoken=6431",
    ])
    func unreadableTokensAreGone(target: String) {
        let answer = world.send("GET", target)
        #expect(answer.status == 410)
        #expect(answer.errorCode == "syncStateNotFound")
    }

    @Test func aTokenIsOfItsCollection() throws {
        let link = try round("/v1.0/users/delta?$deltatoken=latest").link
        let token = link.drop { $0 != "?" }
        #expect(world.send("GET", "/v1.0/groups/delta" + token).status == 410)
    }

    @Test(arguments: [
        "$filter=displayName%20eq%20'a'", "$filter=id%20eq%20'x'", "$orderby=displayName", "$top=5",
        "$expand=manager", "$select=nope",
    ])
    func refusesOtherOptions(query: String) {
        #expect(world.send("GET", "/v1.0/users/delta?" + query).status == 400)
    }
}
