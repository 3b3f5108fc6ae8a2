// How jobs name themselves to their targets: tokens, clients that fetch tokens, passwords.

import Emulator
import HTTP
import Model
import Provisioning
import Support
import Testing

private let user = TargetType(name: "User", attributes: [])
private let client = [
    "AuthenticationType": "OAuth2ClientCredentialsGrant", "Oauth2ClientId": "my id",
    "Oauth2ClientSecret": "a&b", "Oauth2TokenExchangeUri": "/token?x=1",
]

private func token(_ text: String, _ seconds: Int) -> ScriptedEndpoint.Answer {
    .json(
        200, #"{"access_token":"\#(text)","token_type":"Bearer","expires_in":\#(seconds)}"#,
        type: "application/json")
}

struct TargetCredentialsTests {
    @Test func aClientFetchesATokenOnceWhileItIsGood() throws {
        try withEndpoint(
            [token("one", 60), .status(204), .status(204), token("two", 60), .status(204)],
            secrets: client
        ) { directory, endpoint, world in
            try directory.delete(user, id: "1")
            try directory.delete(user, id: "2")
            world.send("POST", "/_emulator/clock", ["advance": "PT2M"])
            try directory.delete(user, id: "3")
            #expect(
                endpoint.lines == [
                    "POST /token?x=1", "DELETE /scim/Users/1", "DELETE /scim/Users/2",
                    "POST /token?x=1", "DELETE /scim/Users/3",
                ])
            let form = String(decoding: endpoint.requests[0].body, as: UTF8.self)
            #expect(form == "grant_type=client_credentials&client_id=my+id&client_secret=a%26b")
            #expect(endpoint.requests[1].value(of: "Authorization") == "Bearer one")
            #expect(endpoint.requests[4].value(of: "Authorization") == "Bearer two")
        }
    }

    @Test func aClientMayNameItselfInTheHeader() throws {
        var outbound = OutboundOptions()
        outbound.sendsClientInHeader = true
        try withEndpoint(
            [token("one", 60), .status(204)], secrets: client, outbound: outbound
        ) { directory, endpoint, _ in
            try directory.delete(user, id: "1")
            #expect(
                String(decoding: endpoint.requests[0].body, as: UTF8.self)
                    == "grant_type=client_credentials")
            #expect(endpoint.requests[0].value(of: "Authorization") == "Basic bXkraWQ6YSUyNmI=")
        }
    }

    @Test func aTokenThatIsRefusedIsFetchedAnew() throws {
        try withEndpoint(
            [token("one", 600), .status(401), token("two", 600), .status(204)], secrets: client
        ) { directory, endpoint, _ in
            try directory.delete(user, id: "1")
            #expect(endpoint.requests.last?.value(of: "Authorization") == "Bearer two")
        }
    }

    @Test(arguments: [
        ScriptedEndpoint.Answer.status(401), .json(200, "{}"), .json(200, "no"),
        .json(200, #"{"access_token":""}"#),
    ])
    func withoutATokenNothingIsSent(_ answer: ScriptedEndpoint.Answer) throws {
        try withEndpoint([answer], secrets: client) { directory, endpoint, _ in
            let found = failure { try directory.delete(user, id: "1") }
            #expect(found?.kind == .credentials)
            #expect(endpoint.requests.count == 1)
        }
    }

    @Test func otherCredentials() throws {
        let cases: [([String: String], String?)] = [
            ([:], nil), (["Oauth2AccessToken": "x"], "Bearer x"),
            (["SecretToken": "s", "Oauth2AccessToken": "x"], "Bearer s"),
            (
                ["UserName": "Aladdin", "Password": "open sesame"],
                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
            ),
        ]
        for (secrets, expected) in cases {
            try withEndpoint([.status(204)], secrets: secrets) { directory, endpoint, _ in
                try directory.delete(user, id: "1")
                #expect(endpoint.requests[0].value(of: "Authorization") == expected)
            }
        }
    }
}
