// What single values of directory objects must be, beside being of their type.

import Model
import Storage

/// A rule about the values of one property.
struct ValueRule: Sendable {
    /// What is asked of a value that is not null.
    enum Test: Sendable {
        /// At most so many characters.
        case length(Int)
        /// At least one and at most so many characters; null is no value.
        case filled(Int)
        /// One of these texts.
        case oneOf([String])
        /// A country's two letters (ISO 3166).
        case country
        /// A mail alias: up to 64 characters that need no quotes in an address (RFC 5322, 3.4.1).
        case alias
        /// An address with one `@`.
        case mail
        /// At most so many elements.
        case count(Int)
    }

    let property: String
    let test: Test

    init(_ property: String, _ test: Test) {
        self.property = property
        self.test = test
    }

    /// Whether a value obeys.
    func allows(_ value: JSONValue) -> Bool {
        switch test {
        case .filled(let limit):
            guard let text = value.string else { return false }
            return !text.isEmpty && text.count <= limit
        case .alias where value.isNull: return false
        case _ where value.isNull: return true
        case .length(let limit): return (value.string?.count ?? 0) <= limit
        case .oneOf(let texts): return texts.contains { $0 == value.string }
        case .country: return value.string.map(ValueRule.isCountry) ?? false
        case .alias: return value.string.map(ValueRule.isAlias) ?? false
        case .mail: return value.string.map(ValueRule.isMail) ?? false
        case .count(let limit): return (value.array?.count ?? 0) <= limit
        }
    }

    private static func isCountry(_ text: String) -> Bool {
        text.utf8.count == 2
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }

    private static func isAlias(_ text: String) -> Bool {
        (1...64).contains(text.count)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && $0.value > 0x20 && $0.value != 0x7F
                    && !"@()\\[]\";:<>,".unicodeScalars.contains($0)
            }
    }

    private static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(" ")
    }
}

extension ValueRule {
    /// The rules of a kind of object.
    ///
    /// Lengths and members follow the property tables of the resource pages.
    static func all(of kind: DirectoryKind) -> [ValueRule] {
        switch kind {
        case .user: user
        case .group: group
        case .application: application
        case .servicePrincipal: servicePrincipal
        }
    }

    private static let user: [ValueRule] = [
        ValueRule("displayName", .filled(256)), ValueRule("mailNickname", .alias),
        ValueRule("usageLocation", .country), ValueRule("mail", .mail),
        ValueRule("userType", .oneOf(["Member", "Guest"])),
        ValueRule("ageGroup", .oneOf(["Minor", "NotAdult", "Adult"])),
        ValueRule("consentProvidedForMinor", .oneOf(["Granted", "Denied", "NotRequired"])),
        ValueRule("businessPhones", .count(1)), ValueRule("givenName", .length(64)),
        ValueRule("surname", .length(64)), ValueRule("jobTitle", .length(128)),
        ValueRule("department", .length(64)), ValueRule("companyName", .length(64)),
        ValueRule("city", .length(128)), ValueRule("state", .length(128)),
        ValueRule("country", .length(128)), ValueRule("postalCode", .length(40)),
        ValueRule("streetAddress", .length(1024)), ValueRule("officeLocation", .length(128)),
        ValueRule("mobilePhone", .length(64)), ValueRule("faxNumber", .length(64)),
        ValueRule("employeeId", .length(16)),
    ]

    private static let group: [ValueRule] = [
        ValueRule("displayName", .filled(256)), ValueRule("mailNickname", .alias),
        ValueRule("description", .length(1024)),
        ValueRule("visibility", .oneOf(["Private", "Public", "HiddenMembership"])),
        ValueRule(
            "theme", .oneOf(["Teal", "Purple", "Green", "Blue", "Pink", "Orange", "Red"])),
    ]

    private static let application: [ValueRule] = [
        ValueRule("displayName", .filled(256)), ValueRule("description", .length(1024)),
        ValueRule("uniqueName", .length(256)),
        ValueRule(
            "signInAudience",
            .oneOf([
                "AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount",
                "PersonalMicrosoftAccount",
            ])),
    ]

    private static let servicePrincipal: [ValueRule] = [
        ValueRule("displayName", .filled(256)), ValueRule("description", .length(1024)),
        ValueRule("notes", .length(1024)),
        ValueRule(
            "preferredSingleSignOnMode",
            .oneOf(["password", "saml", "notSupported", "oidc", "external", "linked", ""])),
    ]
}
