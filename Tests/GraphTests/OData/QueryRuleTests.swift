// What lists of directory objects take, and the words for what they don't.

import HTTP
import Model
import Support
import Testing

struct QueryRuleTests {
    private let world: TestWorld
    private static let eventual = [HTTPField("ConsistencyLevel", "eventual")]

    init() throws { world = try TestWorld() }

    private func names(_ target: String, _ fields: [HTTPField] = []) -> [String] {
        let answer = world.send("GET", "/v1.0/" + target.queryEscaped, fields: fields)
        #expect(answer.status == 200, "\(answer.errorMessage)")
        return (answer.member("value").array ?? []).compactMap {
            "displayName".step(into: $0).string
        }
    }

    @Test(arguments: [
        ("users?$filter=userPrincipalName eq 'MARCUS.whitfield@contoso.com'", 1),
        ("users?$filter=department eq 'Sales' and accountEnabled eq true", nil),
        ("users?$filter=startswith(givenName,'mar') or startswith(surname,'mar')", nil),
        ("users?$filter=id in ('92ba3afa-4614-41d6-994a-6e49dca63b7f','x')", 1),
        ("users?$filter=businessPhones/any(p:startswith(p,'+1 206'))", nil),
        ("users?$filter=createdDateTime ge 2020-01-01T00:00:00Z", nil),
        ("groups?$filter=groupTypes/any(c:c eq 'Unified')", nil),
        ("groups?$filter=mailEnabled eq false", nil),
        ("applications?$filter=displayName eq 'salesforce'", 1),
    ])
    func standardFiltersNeedNoHeader(target: String, count: Int?) {
        let found = names(target)
        #expect(count.map { found.count == $0 } ?? !found.isEmpty, "\(found)")
    }

    @Test(arguments: [
        ("users?$count=true&$filter=accountEnabled ne true", nil),
        ("users?$count=true&$filter=not startswith(displayName,'a')", nil),
        ("users?$count=true&$filter=department ne null&$orderby=displayName", nil),
        ("users?$count=true&$filter=companyName eq 'Contoso'", nil),
        ("users?$count=true&$filter=assignedLicenses/$count eq 0", 51),
        ("applications?$count=true&$orderby=displayName desc", nil),
        ("servicePrincipals?$count=true&$orderby=createdDateTime", nil),
    ])
    func advancedFiltersTakeTheHeaderAndTheCount(target: String, count: Int?) {
        let found = names(target, QueryRuleTests.eventual)
        #expect(count.map { found.count == $0 } ?? !found.isEmpty, "\(found)")
        let without = world.send("GET", "/v1.0/" + target.queryEscaped)
        #expect(without.status == 400)
        #expect(without.errorCode == "Request_UnsupportedQuery")
    }

    @Test(arguments: [
        ("users?$filter=accountEnabled ne true", "Operator 'ne' is not supported because"),
        ("users?$filter=not accountEnabled", "Operator 'not'"),
        ("users?$filter=aboutMe eq 'x'", "Could not find a property named 'aboutMe'"),
        ("users?$filter=passwordPolicies eq 'x'", "specified for property 'passwordPolicies'"),
        ("users?$filter=contains(displayName,'x')", "specified for property 'displayName'"),
        ("users?$filter=displayName", "single boolean value"),
        ("users?$orderby=city", "Sorting not supported"),
        ("users?$orderby=displayName&$filter=displayName eq 'a'", "Sorting not supported"),
        ("users?$orderby=nope", "named 'nope'"), ("users?$orderby=displayName up", "'$orderby'"),
        ("users?$top=0", "'$top'"), ("users?$top=1000", "'$top'"), ("users?$top=x", "'$top'"),
        ("users?$skiptoken=x", "page token"), ("users?$skiptoken=m~zz~t0", "page token"),
        ("users?$count=maybe", "'$count'"), ("users?$select=nope", "named 'nope'"),
        ("users?$expand=nope", "named 'nope'"), ("users?$expand=displayName", "Only navigation"),
        ("users?$nope=1", "'$nope'"), ("users?$deltatoken=x", "'$deltatoken'"),
        (
            "groups/7b5b11a4-736d-44af-8bc5-4624a70066f0/members?$filter=displayName eq 'a'",
            "cast the collection"
        ),
        (
            "groups/7b5b11a4-736d-44af-8bc5-4624a70066f0/members?$skiptoken=m~5",
            "page token"
        ),
    ])
    func refuses(target: String, words: String) {
        let answer = world.send("GET", "/v1.0/" + target.queryEscaped)
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains(words), "\(answer.errorMessage)")
    }

    @Test(arguments: [
        "users?$top=7", "users?$top=7&$orderby=displayName",
        "users?$top=7&$orderby=userPrincipalName%20desc",
        "users?$top=7&$filter=startswith(displayName,'')",
        "users?$top=7&$filter=accountEnabled%20eq%20true",
        "groups/7122a193-2797-41af-a41f-254a5a0a23b5/members?$top=7",
        "groups/7122a193-2797-41af-a41f-254a5a0a23b5/members/microsoft.graph.user?$top=7",
        "users?$top=7&$count=true&$filter=city%20ne%20'x'&$orderby=createdDateTime%20desc",
    ])
    func pagesLeadThroughEverythingOnce(target: String) throws {
        var next: String? = "/v1.0/" + target
        var ids: [String] = []
        while let page = next, ids.count < 200 {
            let answer = world.send("GET", page, fields: QueryRuleTests.eventual)
            #expect(answer.status == 200, "\(answer.errorMessage)")
            // The count is on the first page only.
            #expect(
                (answer.member("@odata.count") != .null)
                    == (target.contains("$count") && ids.isEmpty))
            ids += (answer.member("value").array ?? []).compactMap { "id".step(into: $0).string }
            next = answer.member("@odata.nextLink").string.map {
                String($0.dropFirst("http://127.0.0.1:8585".count))
            }
        }
        #expect(ids.count >= 40)
        #expect(Set(ids).count == ids.count)
    }

    @Test func lenientListsTakeMore() throws {
        let lenient = try TestWorld(isLenient: true)
        for target in ["users?$filter=contains(displayName,'a')", "users?$nope=1", "users?$skip=1"]
        {
            #expect(lenient.send("GET", "/v1.0/" + target).status == 200, "\(target)")
        }
    }

    /// The directory's answers hold no password and nothing that the metadata does not know.
    @Test func passwordsAreNotRead() {
        let answer = world.send(
            "GET", "/v1.0/users/marcus.whitfield@contoso.com?$select=passwordProfile")
        #expect(answer.member("passwordProfile") == .null)
        #expect(answer.status == 200)
    }
}

extension String {
    fileprivate var queryEscaped: String {
        split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
            .split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")
    }
}
