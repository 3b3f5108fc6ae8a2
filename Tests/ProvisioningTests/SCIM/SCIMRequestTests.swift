// Requests to SCIM endpoints, held against the service's own.

import Expressions
import Model
import Provisioning
import Testing

/// One request and what it has to be.
private struct RequestCase: Sendable, CustomTestStringConvertible {
    let name: String
    let request: SCIMRequest
    let line: String

    init(_ name: String, _ request: SCIMRequest, _ line: String) {
        self.name = name
        self.request = request
        self.line = line
    }

    var testDescription: String { name }
}

private let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
private let user = SCIMTargetType(TargetType(name: enterprise, attributes: []))
private let group = SCIMTargetType(
    TargetType(name: "urn:ietf:params:scim:schemas:core:2.0:Group", attributes: []))
private let manager = TargetAttribute(name: enterprise + ":manager", kind: .reference)
private let members = TargetAttribute(name: "members", kind: .reference, isMultivalued: true)

private let cases: [RequestCase] = [
    RequestCase(
        "a probe, as captured",
        .probe(user, "userName", "7818078a-5ab2-4c9b-9f6a-7b1c5f0f8f11"),
        "GET /Users?filter=userName+eq+%227818078a-5ab2-4c9b-9f6a-7b1c5f0f8f11%22"),
    RequestCase(
        "a user by a matching attribute", .find(user, where: "userName", is: "a@contoso.com"),
        "GET /Users?filter=userName+eq+%22a%40contoso.com%22"),
    RequestCase(
        "a user by a value path", .find(user, where: "emails[type eq \"work\"].value", is: "a b"),
        "GET /Users?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22a+b%22"),
    RequestCase(
        "quotes and backslashes", .find(user, where: "userName", is: "a\"b\\c"),
        "GET /Users?filter=userName+eq+%22a%5C%22b%5C%5Cc%22"),
    RequestCase(
        "what a query could take apart", .find(user, where: "userName", is: "a&b=c+d#é"),
        "GET /Users?filter=userName+eq+%22a%26b%3Dc%2Bd%23%C3%A9%22"),
    RequestCase(
        "a group by a matching attribute", .find(group, where: "displayName", is: "Sales"),
        "GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Sales%22"),
    RequestCase("a linked user", .load(user, id: "48af03ac"), "GET /Users/48af03ac"),
    RequestCase(
        "a linked group", .load(group, id: "1"), "GET /Groups/1?excludedAttributes=members"),
    RequestCase(
        "an identifier with a slash", .load(user, id: "a/../b c"), "GET /Users/a%2F..%2Fb%20c"),
    RequestCase(
        "a manager", .referenceCheck(user, id: "x", manager, to: "y"),
        "GET /Users?filter=id+eq+%22x%22+and+manager+eq+%22y%22&attributes=id"),
    RequestCase(
        "a member", .referenceCheck(group, id: "x", members, to: "y"),
        "GET /Groups?filter=id+eq+%22x%22+and+members+eq+%22y%22&attributes=id"),
    RequestCase("a deletion", .delete(group, id: "1"), "DELETE /Groups/1"),
    RequestCase(
        "a type of another name",
        .load(SCIMTargetType(TargetType(name: "Device", attributes: [])), id: "1"),
        "GET /Devices/1"),
]

struct SCIMRequestTests {
    @Test(arguments: cases)
    fileprivate func isWrittenAsTheServiceDoes(_ example: RequestCase) {
        #expect(example.request.method + " " + example.request.target == example.line)
        #expect(example.request.body == nil)
    }
}

struct SCIMTenantURLTests {
    @Test(arguments: [
        ("https://scim.example.com/v2/", "https://scim.example.com/v2", SCIMDialect.Form?.none),
        ("https://x/scim?aadOptscim062020", "https://x/scim", .compliant),
        ("https://x/scim/?a=b&AADOPTSCIM062020=1#f", "https://x/scim", .compliant),
        ("http://x:8080?AzureAdScimPatch2017", "http://x:8080", .standard),
        ("https://x?aadOptscim062020&AzureAdScimPatch2017", "https://x", .standard),
        (" https://x/scim\n", "https://x/scim", nil),
    ])
    func isTakenApart(_ text: String, _ base: String, _ form: SCIMDialect.Form?) {
        let url = SCIMTenantURL(parsing: text)
        #expect(url?.base == base)
        #expect(url?.form == form)
    }

    @Test(arguments: [
        "", "scim.example.com", "ftp://x/scim", "file:///etc/passwd", "https://", "https:///scim",
        "https://a:b@x/scim", "http://:80/", "gopher://x",
    ])
    func refusesWhatIsNoAddress(_ text: String) {
        #expect(SCIMTenantURL(parsing: text) == nil)
    }

    @Test(arguments: [
        ("https://x/scim/v2", "/scim/v2"), ("https://x", ""), ("http://[::1]:80/s?q", "/s"),
    ])
    func knowsItsPath(_ text: String, _ path: String) {
        #expect(SCIMTenantURL(parsing: text)?.path == path)
    }
}
