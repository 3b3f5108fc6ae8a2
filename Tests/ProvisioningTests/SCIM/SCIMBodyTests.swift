// Bodies of POST and PATCH, held against the service's own, in both dialects.

import Expressions
import Foundation
import Model
import Provisioning
import Support
import Testing

/// A case of `Fixtures/SCIMRequests/requests.json`: changes, and the requests that they become in each dialect.
///
/// Shape: `{"name","type","changes":[{"attribute","kind"?,"multivalued"?,"roles"?,"operation","value"}],
/// "create"?|"standard"?,"compliant"?,"membersPerPatch"?,"nullReferences"?}`.
private struct BodyCase: Sendable, CustomTestStringConvertible {
    let json: JSONObject

    var testDescription: String { json["name"]?.string ?? "" }

    static let all: [BodyCase] = {
        let bytes = try? Fixture.bytes("SCIMRequests/requests.json")
        let document = bytes.flatMap { try? JSONValue(parsing: $0) } ?? .null
        return document.array?.compactMap(\.object).map(BodyCase.init) ?? []
    }()

    var changes: [TargetChange] {
        (json["changes"]?.array ?? []).compactMap(\.object).map { change in
            let attribute = TargetAttribute(
                name: change["attribute"]?.string ?? "",
                kind: change["kind"]?.string.flatMap(TargetAttribute.Kind.init) ?? .string,
                isMultivalued: change["multivalued"]?.bool ?? false,
                roleForm: change["roles"]?.string.flatMap(TargetAttribute.RoleForm.init))
            let operation: TargetChange.Operation =
                switch change["operation"]?.string {
                case "remove": .remove
                case "replace": .replace
                default: .add
                }
            return TargetChange(attribute, operation, Self.value(change["value"] ?? .null))
        }
    }

    private static func value(_ json: JSONValue) -> ExpressionValue {
        switch json {
        case .string(let text): .text(text)
        case .bool(let flag): .one(.boolean(flag))
        case .integer(let number): .one(.integer(number))
        case .array(let values): .texts(values.compactMap(\.string))
        default: .null
        }
    }

    var type: SCIMTargetType {
        let names = [
            "User": "urn:ietf:params:scim:schemas:core:2.0:User",
            "Enterprise": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "Group": "urn:ietf:params:scim:schemas:core:2.0:Group",
        ]
        return SCIMTargetType(
            TargetType(
                name: names[json["type"]?.string ?? ""] ?? "",
                attributes: changes.map(\.attribute)))
    }

    func dialect(_ form: SCIMDialect.Form) -> SCIMDialect {
        var dialect = SCIMDialect(form)
        dialect.membersPerPatch = (json["membersPerPatch"]?.integer).map(Int.init) ?? 1
        dialect.writesNullReferences = json["nullReferences"]?.bool
        return dialect
    }
}

struct SCIMBodyTests {
    @Test func thereAreCases() { #expect(BodyCase.all.count >= 20) }

    @Test(arguments: BodyCase.all.filter { $0.json["create"] != nil })
    fileprivate func creates(_ example: BodyCase) {
        let request = SCIMRequest.create(example.type, example.changes)
        #expect(request.method == "POST")
        #expect(request.target == example.type.path)
        #expect(request.body?.prettyText == example.json["create"]?.prettyText)
    }

    @Test(arguments: BodyCase.all.filter { $0.json["create"] == nil }, ["standard", "compliant"])
    fileprivate func patches(_ example: BodyCase, _ name: String) throws {
        let form = try #require(SCIMDialect.Form(rawValue: name))
        let requests = SCIMRequest.update(
            example.type, id: "1", example.changes, example.dialect(form)
        ).map(\.request)
        #expect(
            requests.allSatisfy { $0.method == "PATCH" && $0.target == "\(example.type.path)/1" })
        let schemas: JSONValue = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
        #expect(requests.allSatisfy { $0.body?.object?["schemas"] == schemas })
        let operations = requests.map { $0.body?.object?["Operations"] ?? .null }
        #expect(
            JSONValue.array(operations).prettyText == example.json[name]?.prettyText, "\(name)")
    }
}
