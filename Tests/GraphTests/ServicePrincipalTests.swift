// Lists of service principals: filters, selection, pages.

import HTTP
import Model
import Support
import Testing

struct ServicePrincipalTests {
    private func names(_ query: String) throws -> [String] {
        let response = try TestWorld().send("GET", "/v1.0/servicePrincipals?" + query)
        #expect(response.status == 200, "\(response.errorMessage)")
        return (response.member("value").array ?? []).compactMap {
            "displayName".step(into: $0).string
        }
    }

    @Test(arguments: [
        ("$filter=startswith(displayName,'salesforce')", ["Salesforce", "salesforce 3"]),
        ("$filter=startswith(displayName,+'SALESFORCE')", ["Salesforce", "salesforce 3"]),
        ("%24filter=displayName%20eq%20'SALESFORCE'", ["Salesforce"]),
        ("$filter=displayName+eq+'salesforce'", ["Salesforce"]),
        ("$filter=AppId eq '219561ee-1480-4c67-9aa6-63d861fae3ef'", ["salesforce 3"]),
        ("$filter=id eq 'D813D7D7-0F41-4EDC-B284-D0DFAF399D15'", ["salesforce 3"]),
        (
            "$filter=startswith(displayName,'s') and servicePrincipalType eq 'Application'",
            ["Salesforce", "salesforce 3", "ServiceNow"]
        ),
        (
            "$filter=(startswith(displayName,'s') and (displayName eq 'ServiceNow'))",
            ["ServiceNow"]
        ),
        ("$filter=displayName eq 'it''s not there'", []),
        ("$filter=startswith(displayName,'%25')", []),
        ("$filter=accountEnabled eq false", []),
    ])
    func filters(query: String, expected: [String]) throws {
        #expect(try names(query.filterEscaped) == expected)
    }

    @Test(arguments: [
        ("displayName eq 'x", "unterminated string"), ("displayName", "single boolean value"),
        ("displayName eq", "Syntax error"), ("eq 'x'", "named 'eq'"),
        ("startswith(displayName)", "Syntax error"), ("(displayName eq 'x'", "Syntax error"),
        ("displayName eq 7", "incompatible types"),
        ("accountEnabled eq 'x'", "incompatible types"), ("tags eq 'x'", "is a collection"),
        ("startswith(accountEnabled,'x')", "No function signature"),
        ("startswith(displayName,'O'Brien')", "unterminated string"), ("", "Syntax error"),
    ])
    func refusesWhatIsNoFilter(filter: String, problem: String) throws {
        let response = try TestWorld().send(
            "GET", "/v1.0/servicePrincipals?$filter=" + filter.filterEscaped)
        #expect(response.status == 400)
        #expect(response.errorMessage.contains(problem), "\(response.errorMessage)")
    }

    @Test func deepAndLongFiltersAreRefusedByTheirSize() throws {
        let world = try TestWorld()
        let deep =
            String(repeating: "(", count: 30_000) + "id eq 'x'"
            + String(repeating: ")", count: 30_000)
        let long = Array(repeating: "id eq 'x'", count: 5_000).joined(separator: " and ")
        // Deep and long at once, each within its own bound.
        var both = "id eq 'x'"
        for _ in 0..<18 {
            both = "(" + both + ")" + String(repeating: " and id eq 'x'", count: 48)
        }
        for filter in [deep, long, both] {
            let response = world.send(
                "GET", "/v1.0/servicePrincipals?$filter=" + filter.filterEscaped)
            #expect(response.status == 400)
        }
    }

    @Test func pagesLeadThroughTheWholeList() throws {
        let world = try TestWorld()
        var target = "/v1.0/servicePrincipals?$top=4&$select=id"
        var ids: [String] = []
        var sizes: [Int] = []
        while true {
            let page = world.send("GET", target)
            let found = (page.member("value").array ?? []).compactMap {
                "id".step(into: $0).string
            }
            ids += found
            sizes.append(found.count)
            guard let next = page.member("@odata.nextLink").string else { break }
            #expect(next.hasPrefix("http://127.0.0.1:8585/v1.0/servicePrincipals?$top=4"))
            target = String(next.dropFirst("http://127.0.0.1:8585".count))
        }
        #expect(sizes == [4, 4, 4, 2])
        #expect(Set(ids).count == 14)
    }

    @Test func selectionKeepsWhatWasAskedFor() throws {
        let response = try TestWorld().send(
            "GET", "/v1.0/servicePrincipals?$select=DisplayName,id&$top=1")
        #expect(response.member("value", 0).object?.names == ["id", "displayName"])
        #expect(
            response.member("@odata.context")
                == "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals(displayName,id)")
    }

    @Test(arguments: [
        "/v1.0//servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/",
        "/v1.0/servicePrincipals('d813d7d7-0f41-4edc-b284-d0dfaf399d15')",
        "/v1.0/servicePrincipals/D813D7D7-0F41-4EDC-B284-D0DFAF399D15",
        "/v1.0/servicePrincipals(appId%3D'219561ee-1480-4c67-9aa6-63d861fae3ef')",
        "/V1.0/ServicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15",
    ])
    func readsPathsAsClientsWriteThem(path: String) throws {
        let response = try TestWorld().send("GET", path)
        #expect(response.member("displayName") == "salesforce 3")
    }

    @Test(arguments: ["start", "microsoft.graph.start", "start()", "microsoft.graph.start()"])
    func actionsMayBeQualified(name: String) throws {
        let job =
            "/v1.0/servicePrincipals(appId='79079396-c301-405d-900f-e2e0c2439a90')"
            + "/synchronization/jobs/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa/"
        #expect(try TestWorld().send("POST", job + name).status == 204)
    }
}

extension String {
    /// The text with spaces as they travel.
    fileprivate var filterEscaped: String {
        split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
    }
}
