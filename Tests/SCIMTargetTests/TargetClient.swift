// A client of the built-in target, for the tests.

import HTTP
import Model
import Support

/// The directory of the demo's SCIM application, over the front door.
struct TargetClient {
    static let servicePrincipal = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    let world: TestWorld
    var token = "demo-scim-token"

    init() throws { world = try TestWorld() }

    /// Sends a request below the service's base.
    @discardableResult
    func send(
        _ method: String, _ target: String, _ body: JSONValue? = nil, fields: [HTTPField] = []
    ) -> HTTPResponse {
        world.send(
            method, "/scim/\(Self.servicePrincipal)" + target, body,
            fields: fields + [HTTPField("Authorization", "Bearer " + token)])
    }

    /// Makes a user and gives its identifier.
    @discardableResult
    func user(_ name: String, _ more: [(String, JSONValue)] = []) -> String {
        let answer = send(
            "POST", "/Users", .object(JSONObject([("userName", .string(name))] + more)))
        return answer.member("id").string ?? ""
    }

    /// Makes a group and gives its identifier.
    @discardableResult
    func group(_ name: String, members: [String] = []) -> String {
        let answer = send(
            "POST", "/Groups",
            [
                "displayName": .string(name),
                "members": .array(members.map { ["value": .string($0)] }),
            ])
        return answer.member("id").string ?? ""
    }

    /// Sends a PATCH of these operations.
    @discardableResult
    func patch(_ path: String, _ operations: JSONValue...) -> HTTPResponse {
        send(
            "PATCH", path,
            [
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": .array(operations),
            ])
    }

    /// The identifiers or names that a list gives.
    func names(_ target: String, _ member: String = "userName") -> [String] {
        (send("GET", target).member("Resources").array ?? []).compactMap {
            $0.object?[member]?.string
        }
    }

    /// Has the target misbehave.
    func behave(_ names: String...) {
        world.send(
            "PUT", "/_emulator/targets/\(Self.servicePrincipal)/behaviours",
            ["behaviours": .array(names.map(JSONValue.string))])
    }
}
