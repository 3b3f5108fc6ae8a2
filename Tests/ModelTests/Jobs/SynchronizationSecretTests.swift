// Secrets as they may be read.

import Model
import Testing

struct SynchronizationSecretTests {
    /// `reference/provisioning-service.md`, 1.6: what opens a door is masked, what only tells is not.
    private static let masked = [
        "Password", "SecretToken", "AppKey", "ClientSecret", "ConsumerKey", "ConsumerSecret",
        "TokenKey", "Oauth2AccessToken", "Oauth2RefreshToken", "Oauth2ClientSecret",
        "Oauth2AuthorizationCode", "ConnectionString", "SyncAgentCompatibilityKey",
    ]

    @Test(arguments: masked)
    func masks(key: String) {
        for value in ["s3cret", "", "*"] {
            let secret = SynchronizationSecret(key: key, value: value)
            #expect(secret.maskedJSON == JSONObject([("key", .string(key)), ("value", "*")]))
            #expect(secret.value == value)
        }
    }

    @Test func tellsEveryOtherMemberOfTheEnumeration() throws {
        let catalog = try TypeCatalog(MetadataDocument.json())
        let members = try #require(catalog.enumeration("synchronizationSecret")).members
        #expect(Set(members).isSuperset(of: SynchronizationSecretTests.masked))
        for key in members where !SynchronizationSecretTests.masked.contains(key) {
            let secret = SynchronizationSecret(key: key, value: "plain")
            #expect(
                secret.maskedJSON == JSONObject([("key", .string(key)), ("value", "plain")]),
                "\(key)")
        }
    }

    @Test(arguments: [
        ("{baseURL}/scim/1", "http://localhost:8585/scim/1"),
        ("{baseURL}", "http://localhost:8585"),
        ("https://example.com/{baseURL}", "https://example.com/{baseURL}"),
        ("{baseurl}/scim", "{baseurl}/scim"), ("", ""),
        ("{baseURL}{baseURL}", "http://localhost:8585{baseURL}"),
    ])
    func fillsInTheEmulatorsOwnAddress(value: String, filledIn: String) {
        let secret = SynchronizationSecret(key: "BaseAddress", value: value)
        #expect(
            secret.withBaseURL("http://localhost:8585")
                == SynchronizationSecret(key: "BaseAddress", value: filledIn))
    }
}
