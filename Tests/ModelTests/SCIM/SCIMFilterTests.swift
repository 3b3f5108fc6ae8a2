// Filters over one resource, read, evaluated and printed.

import Model
import Support
import Testing

struct SCIMFilterTests {
    static let user: JSONValue = [
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": "2819c223", "externalId": "Ada", "userName": "Ada@Contoso.com", "active": true,
        "logins": 12, "ratio": .number(1.5), "title": "", "note": "say \"hi\" \\ bye",
        "name": ["givenName": "Ada", "familyName": "Lovelace"],
        "emails": [
            ["type": "work", "value": "ada@contoso.com", "primary": true],
            ["type": "home", "value": "ada@home.example"],
        ],
        "tags": ["red", "blue"], "nothing": .null,
        "meta": ["created": "2026-01-01T00:00:00Z"],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
            "department": "R&D", "manager": ["value": "m1"],
        ],
        "urn:contoso:custom:1.0:User": ["badge": "B-7"],
    ]

    /// A filter, and whether it holds of the user.
    static let cases: [(filter: String, holds: Bool)] = [
        (#"userName eq "ada@contoso.COM""#, true), (#"USERNAME EQ "ada@contoso.com""#, true),
        (#"userName eq "ada""#, false), (#"userName ne "ada""#, true),
        (#"id eq "2819C223""#, false), (#"id eq "2819c223""#, true),
        (#"externalId eq "ada""#, false), (#"userName co "CONTOSO""#, true),
        (#"userName sw "ada@""#, true), (#"userName ew ".COM""#, true),
        (#"userName sw "contoso""#, false), (#"userName co """#, true),
        ("active eq true", true), ("active eq True", true), (#"active eq "True""#, true),
        ("active ne false", true), ("active eq false", false),
        ("logins gt 11", true), ("logins ge 12", true), ("logins lt 12", false),
        ("logins le 12.0", true), ("logins eq 12.0", true), ("ratio gt 1", true),
        (#"logins eq "12""#, false), (#"logins co "1""#, false),
        ("title pr", false), ("userName pr", true), ("nothing pr", false), ("absent pr", false),
        ("name pr", true), ("name.givenName pr", true), ("name.honorific pr", false),
        ("absent eq null", true), ("userName eq null", false), ("userName ne null", true),
        (#"absent ne "x""#, true), (#"absent eq "x""#, false),
        (#"emails eq "ada@home.example""#, true), (#"emails.type eq "home""#, true),
        (#"emails.type eq "other""#, false), (#"emails[type eq "work"]"#, true),
        (#"emails[type eq "work" and value ew "home.example"]"#, false),
        (#"emails[type eq "home" and not (primary eq true)]"#, true),
        (#"emails[type eq "work"].value eq "ada@contoso.com""#, true),
        (#"emails[type eq "home"].value eq "ada@contoso.com""#, false),
        (#"emails[primary eq "True"].value sw "ada""#, true),
        (#"tags eq "BLUE""#, true), (#"tags[value eq "red"]"#, true), (#"tags eq "b""#, false),
        (#"meta.created gt "2025-12-31T23:59:59.5Z""#, true),
        (#"meta.created eq "2026-01-01T00:00:00.000Z""#, true),
        (#"meta.created lt "2026-01-01T00:00:00Z""#, false),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"r&d\"",
            true
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"m1\"",
            true
        ),
        ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"m1\"", true),
        ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr", true),
        ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department pr", true),
        ("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"ada\"", true),
        ("urn:contoso:custom:1.0:User:badge eq \"b-7\"", true),
        (#"note eq "say \"hi\" \\ bye""#, true),
        (#"userName pr and active eq false or logins eq 12"#, true),
        (#"userName pr and (active eq false or logins eq 13)"#, false),
        (#"not (userName pr) or not(active eq true)"#, false),
        (#"active eq true and logins eq 12 and id pr"#, true), ("  userName   pr  ", true),
        ("not pr", false),
    ]

    @Test(arguments: cases)
    func holdsOrNot(filter: String, holds: Bool) throws {
        let parsed = try SCIMFilter(parsing: filter)
        let user = try #require(SCIMFilterTests.user.object)
        #expect(parsed.matches(user) == holds)
        #expect(try SCIMFilter(parsing: parsed.description) == parsed)
    }

    @Test(arguments: [
        ("", 0), ("userName", 8), ("userName eq", 11), ("userName xx 1", 9),
        ("userName eq ada", 12), ("userName eq \"ada", 16), ("(userName pr", 12),
        ("userName pr)", 11), ("userName pr userName pr", 12), ("and", 3), ("1 eq 1", 0),
        ("emails[type eq \"work\"", 21), ("emails[]", 7), ("a.b.c eq 1", 0), ("urn::x eq 1", 0),
        ("userName eq {}", 12), ("userName eq [1]", 12), ("usér pr", 2), ("a pr and", 8),
        ("not (a pr", 9), ("a eq \"\\q\"", 5),
    ])
    func refusesWithAPlace(filter: String, offset: Int) {
        #expect { try SCIMFilter(parsing: filter) } throws: { error in
            (error as? SCIMSyntaxError)?.offset == offset
        }
    }

    @Test func isBoundedInLengthAndDepth() throws {
        let depth = Limits.scimFilterDepth
        func nested(_ levels: Int) -> String {
            String(repeating: "(", count: levels) + "a pr" + String(repeating: ")", count: levels)
        }
        _ = try SCIMFilter(parsing: nested(depth - 1))
        #expect(throws: SCIMSyntaxError(reason: .tooDeep(limit: depth), offset: depth)) {
            try SCIMFilter(parsing: nested(depth))
        }
        let limit = Limits.scimFilterBytes
        #expect(throws: SCIMSyntaxError(reason: .tooLong(limitBytes: limit), offset: limit)) {
            try SCIMFilter(parsing: String(repeating: "a", count: limit + 1))
        }
    }

    @Test func staysOnItsFeetWithAnyText() throws {
        let pieces = [
            "userName", "emails", " eq ", " and ", " or ", "not ", "(", ")", "[", "]", ".", ":",
            "urn:",
            "\"", "\\", "\"x\"", "true", "null", "12", " pr", " ", "é", "$ref", "2.0", "-",
        ]
        var random = SplitMix64(state: 7)
        let user = try #require(SCIMFilterTests.user.object)
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &random))
                .compactMap { _ in pieces.randomElement(using: &random) }.joined()
            guard let filter = try? SCIMFilter(parsing: text) else { continue }
            read += 1
            #expect(try SCIMFilter(parsing: filter.description) == filter, "\(text)")
            _ = filter.matches(user)
        }
        #expect(read > 40)
    }
}
