// Rules of dynamic groups: what they say of a user, and which are not understood.

import Model
import Testing

@testable import Emulator

struct MembershipRuleTests {
    private static let user = JSONObject([
        ("department", "Sales"), ("accountEnabled", true), ("jobTitle", "Sales Lead"),
        ("mobilePhone", "+1"), ("otherMails", ["a@x.example", "b@x.example"]),
        ("onPremisesExtensionAttributes", ["extensionAttribute3": "blue"]),
    ])

    @Test(arguments: [
        (#"user.department -eq "Sales""#, true), (#"user.department -eq 'sales'"#, true),
        (#"user.department -ne "Sales""#, false), (#"user.city -ne "Oslo""#, true),
        (#"user.city -eq null"#, true), (#"user.department -eq $null"#, false),
        (#"user.department -ne null"#, true), (#"user.jobTitle -startsWith "sal""#, true),
        (#"user.jobTitle -notStartsWith "sal""#, false), (#"user.jobTitle -contains "LEAD""#, true),
        (#"user.jobTitle -notContains "boss""#, true), (#"user.accountEnabled -eq true"#, true),
        (#"user.department -in ["HR", "Sales"]"#, true),
        (#"user.department -notIn ["HR","Sales"]"#, false), (#"user.mobile -eq "+1""#, true),
        (#"user.otherMails -contains "b@x""#, true),
        (#"user.extensionAttribute3 -eq "blue""#, true),
        (#"(user.department -eq "HR") -or (user.accountEnabled -eq true)"#, true),
        (
            #"user.department -eq "HR" -or user.city -eq null -and user.accountEnabled -eq false"#,
            false
        ),
        (#"-not (user.department -eq "HR")"#, true), (#"((user.department -EQ "Sales"))"#, true),
    ])
    func aRuleDecides(text: String, expected: Bool) throws {
        let rule = try #require(MembershipRule(parsing: text))
        #expect(rule.matches(Self.user) == expected)
    }

    @Test(arguments: [
        "", "user.department", #"user.department -eq"#, #"user.department -match "S.*""#,
        #"device.displayName -eq "x""#, #"(user.department -eq "x""#, #"user.department -eq "x"#,
        #"user.department -eq "x" -and"#, #"user.department -in ["x""#, "user.a -eq -and",
        String(repeating: "(", count: 10_000), String(repeating: "-not ", count: 3_000) + "user.a",
        #"user.department -eq "x" )"#,
    ])
    func aRuleIsNotUnderstood(text: String) {
        #expect(MembershipRule(parsing: text) == nil)
    }
}
