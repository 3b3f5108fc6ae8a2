// What of an endpoint's answers is used, and the failures that the rest becomes.

import Expressions
import Model
import Provisioning
import Testing

private let scim = "application/scim+json"
private let user = SCIMTargetType(
    TargetType(name: "urn:ietf:params:scim:schemas:core:2.0:User", attributes: []))

private func answer(
    _ status: Int, _ body: String = "", _ type: String? = scim, retryAfter: String? = nil
) -> SCIMAnswer {
    SCIMAnswer(
        status: status, contentType: type, retryAfter: retryAfter, body: Array(body.utf8))
}

private func failure(
    _ body: () throws(TargetFailure) -> Void
) -> TargetFailure? {
    do throws(TargetFailure) { try body() } catch { return error }
    return nil
}

struct SCIMAnswerTests {
    private static let prefix = "SystemForCrossDomainIdentityManagement"

    @Test(arguments: [
        (400, "SystemForCrossDomainIdentityManagementBadResponse"),
        (401, "SystemForCrossDomainIdentityManagementInvalidCredentials"),
        (403, "InsufficientRights"), (404, "InvalidAnchor"), (405, "MethodNotAllowed"),
        (409, "Conflict"), (422, "UnprocessableEntity"), (429, "TooManyRequests"),
        (500, "InternalServerError"), (501, "NotImplemented"), (502, "WebExceptionProtocolError"),
        (503, "WebExceptionProtocolError"), (504, "Timeout"),
        (302, "SystemForCrossDomainIdentityManagementBadResponse"),
    ])
    func refusedUpdatesHaveTheirCodes(_ status: Int, _ code: String) {
        let found = failure { () throws(TargetFailure) in try answer(status).checkUpdated() }
        #expect(found?.code == code)
        #expect(found?.status == status)
        #expect(found?.kind == .entry || [401, 429].contains(status))
    }

    @Test func statusesDecideWhatACycleMakesOfThem() {
        let kinds = [401, 429, 500].map { status in
            failure { () throws(TargetFailure) in try answer(status).checkUpdated() }?.kind
        }
        #expect(kinds == [.credentials, .throttled(retryAfter: nil), .entry])
        let waiting = failure { () throws(TargetFailure) in
            try answer(429, retryAfter: "30").checkDeleted()
        }
        #expect(waiting?.kind == .throttled(retryAfter: .seconds(30)))
        let endless = failure { () throws(TargetFailure) in
            try answer(429, retryAfter: "99999999999").checkDeleted()
        }
        #expect(endless?.kind == .throttled(retryAfter: .seconds(86_400)))
    }

    @Test func theReasonIsTheServicesText() {
        let found = failure { () throws(TargetFailure) in
            try answer(400, #"{"detail":"no"}"#).checkUpdated()
        }
        #expect(
            found?.message
                == "StatusCode: BadRequest\nMessage: Processing of the HTTP request resulted in an "
                + "exception. Please see the HTTP response returned by the 'Response' property of "
                + "this exception for details.\nWeb Response: \n{\"detail\":\"no\"}")
    }

    @Test func aReasonKeepsNoMegabytes() {
        let body = String(repeating: "x", count: 100_000)
        let found = failure { () throws(TargetFailure) in try answer(400, body).checkUpdated() }
        #expect((found?.message.utf8.count ?? 0) < 5_000)
    }

    @Test(arguments: [200, 204]) func changesAreTaken(_ status: Int) throws {
        try answer(status).checkUpdated()
    }

    @Test(arguments: [200, 204, 404]) func whatIsGoneIsDeleted(_ status: Int) throws {
        try answer(status).checkDeleted()
    }

    @Test(arguments: [201, 200]) func aNewResourceHasAnIdentifier(_ status: Int) throws {
        let made = try answer(status, #"{"id":"7"}"#).createdObject()
        #expect(made == TargetObject(id: "7"))
    }

    @Test(arguments: [
        (201, #"{"userName":"a"}"#, scim, "ServiceIncompatible"),
        (201, #"{"id":""}"#, scim, "ServiceIncompatible"),
        (201, #"{"id":null}"#, scim, "ServiceIncompatible"), (201, "", scim, "BadResponse"),
        (201, "[]", scim, "BadResponse"), (201, #"{"id":"#, scim, "BadResponse"),
        (201, "{}", "text/html", "BadResponse"), (202, #"{"id":"7"}"#, scim, "BadResponse"),
    ])
    func aUselessCreationFails(_ status: Int, _ body: String, _ type: String, _ code: String) {
        let found = failure { () throws(TargetFailure) in
            _ = try answer(status, body, type).createdObject()
        }
        #expect(found?.code == Self.prefix + code)
        #expect(found?.kind == .entry)
    }

    @Test func aCreationConflictIsAnEntryConflict() {
        let found = failure { () throws(TargetFailure) in
            _ = try answer(409).createdObject()
        }
        #expect(found?.code == "EntryConflict")
    }

    @Test(arguments: [
        (#"{"totalResults":0}"#, 0), (#"{"totalResults":0,"Resources":[]}"#, 0),
        (#"{"TotalResults":1,"resources":[{"ID":"1"}]}"#, 1),
        (#"{"totalResults":2,"Resources":[{"id":"1"},{"id":2}]}"#, 2),
    ])
    func listsAreRead(_ body: String, _ count: Int) throws {
        #expect(
            try answer(200, body, "application/json; charset=utf-8").objects(user).count == count)
    }

    @Test(arguments: [
        "{}", #"{"totalResults":-1}"#, #"{"totalResults":1}"#,
        #"{"totalResults":"0","Resources":[]}"#, #"{"totalResults":1,"Resources":{}}"#,
        #"{"totalResults":1,"Resources":["a"]}"#, #"{"totalResults":1,"Resources":[{}]}"#,
    ])
    func whatIsNoListFails(_ body: String) {
        let found = failure { () throws(TargetFailure) in _ = try answer(200, body).objects(user) }
        #expect(found?.code == Self.prefix + "ServiceIncompatible")
    }

    @Test func aResourceMayBeMissing() throws {
        #expect(try answer(404).object(user) == nil)
        #expect(try answer(200, #"{"totalResults":0}"#).object(user) == nil)
        #expect(
            try answer(200, #"{"totalResults":1,"Resources":[{"id":"1"}]}"#).object(user)?.id == "1"
        )
        let several = failure { () throws(TargetFailure) in
            _ = try answer(200, #"{"totalResults":2,"Resources":[{"id":"1"},{"id":"2"}]}"#)
                .object(user)
        }
        #expect(several?.code == Self.prefix + "MultipleEntriesInResponse")
    }

    @Test(arguments: [
        (401, TargetFailure.Kind.credentials), (403, .credentials), (404, .contract),
        (500, .contract), (400, .contract),
    ])
    func aFailedProbeStopsTheRun(_ status: Int, _ kind: TargetFailure.Kind) {
        let found = failure { () throws(TargetFailure) in try answer(status).checkProbe() }
        #expect(found?.kind == kind)
    }

    @Test func aMissingEndpointIsExplained() {
        let found = failure { () throws(TargetFailure) in try answer(404).checkProbe() }
        #expect(
            found?.message.hasPrefix(
                "An HTTP/404 Not Found response was returned rather than the expected HTTP/200 OK "
                    + "response. To address this issue, ensure that the tenant URL is correct. ")
                == true)
        let useless = failure { () throws(TargetFailure) in try answer(200, "{}").checkProbe() }
        #expect(useless?.kind == .contract)
    }
}

struct SCIMReadingTests {
    private static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    private static let attributes: [TargetAttribute] = [
        TargetAttribute(name: "userName"), TargetAttribute(name: "active", kind: .boolean),
        TargetAttribute(name: "emails[type eq \"work\"].value"),
        TargetAttribute(name: "name.givenName"), TargetAttribute(name: enterprise + ":department"),
        TargetAttribute(name: enterprise + ":manager", kind: .reference),
        TargetAttribute(name: "members", kind: .reference, isMultivalued: true),
        TargetAttribute(name: "level", kind: .integer), TargetAttribute(name: "note"),
        TargetAttribute(name: "roles", isMultivalued: true, roleForm: .assertive),
    ]

    private static func read(_ body: String) throws -> [String: ExpressionValue] {
        let type = SCIMTargetType(TargetType(name: "User", attributes: attributes))
        let object = try answer(200, body).object(type)
        return try #require(object).values
    }

    @Test func namesAreComparedWithoutCase() throws {
        let values = try Self.read(
            #"{"ID":"1","USERNAME":"a","Name":{"GIVENNAME":"Joy"},"#
                + #""Emails":[{"Type":"home","Value":"h"},{"TYPE":"WORK","value":"w"}]}"#)
        #expect(
            values == [
                "userName": "a", "name.givenName": "Joy",
                "emails[type eq \"work\"].value": "w",
            ])
    }

    @Test(arguments: [
        ("true", true), (#""True""#, true), (#""FALSE""#, false), ("false", false),
    ])
    func booleansMayBeText(_ json: String, _ flag: Bool) throws {
        let values = try Self.read(#"{"id":"1","active":\#(json)}"#)
        #expect(values == ["active": .one(.boolean(flag))])
    }

    @Test func extensionsAndReferencesAreRead() throws {
        let values = try Self.read(
            #"{"id":"1","\#(Self.enterprise)":{"department":"R&D","manager":{"value":"2"}},"#
                + #""members":[{"value":"3","type":"User"},{"value":"4"}],"level":7,"note":true}"#)
        #expect(
            values == [
                Self.enterprise + ":department": "R&D", Self.enterprise + ":manager": "2",
                "members": ["3", "4"], "level": 7, "note": "True",
            ])
        let plain = try Self.read(#"{"id":"1","\#(Self.enterprise)":{"manager":"2"}}"#)
        #expect(plain == [Self.enterprise + ":manager": "2"])
    }

    @Test func nullsAndStrayShapesAreNoValues() throws {
        let values = try Self.read(
            #"{"id":"1","userName":null,"name":"x","emails":{},"active":[],"members":[],"level":{}}"#
        )
        #expect(values.isEmpty)
    }

    @Test func rolesComeInTheFormOfTheirFunction() throws {
        let values = try Self.read(
            #"{"id":"1","roles":[{"value":"25","display":"Admin","type":"x","primary":"False"}]}"#)
        #expect(
            values == [
                "roles": [
                    #"{"primary":false,"type":"WindowsAzureActiveDirectoryRole","#
                        + #""display":"Admin","value":"25"}"#
                ]
            ])
    }
}
