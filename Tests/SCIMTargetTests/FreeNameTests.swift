// A name that was free is asked for again as soon as it may be taken.

import Emulator
import HTTP
import Model
import SCIMTarget
import Support
import Testing

/// Calls that share a transaction, the first of which finds nobody named `eve`.
struct FreeNameTests {
    private let owner = GUID(parsing: TargetClient.servicePrincipal) ?? .zero

    private func answer(
        _ method: String, _ path: String, query: String? = nil, _ body: JSONValue? = nil,
        in transaction: inout Transaction
    ) -> HTTPResponse {
        let request = HTTPRequest(
            method: method, path: "/scim/\(owner)" + path, query: query,
            fields: [HTTPField("Authorization", "Bearer demo-scim-token")])
        return BuiltInTarget().respond(
            to: LocalCall(
                request, json: body, path: path[...], base: "/scim/\(owner)", of: owner),
            in: &transaction
        ).response
    }

    private func eve(_ text: String = "eve") -> JSONValue { ["userName": .string(text)] }

    /// The status of a creation after what came between it and the look for the name.
    private func status(
        of body: JSONValue, after between: (inout Transaction, _ ada: String) throws -> Void
    ) throws -> Int {
        let tenant = try TestWorld().tenant()
        return try tenant.write { transaction in
            let ada = answer("POST", "/Users", ["userName": "ada"], in: &transaction)
            let id = try JSONValue(parsing: ada.body).object?["id"]?.string ?? ""
            let found = answer(
                "GET", "/Users", query: "filter=userName%20eq%20%22eve%22", in: &transaction)
            #expect(try JSONValue(parsing: found.body).object?["totalResults"] == 0)
            try between(&transaction, id)
            return answer("POST", "/Users", body, in: &transaction).status
        }
    }

    @Test func itIsFree() throws {
        #expect(try status(of: eve()) { _, _ in } == 201)
        #expect(try status(of: eve("ADA")) { _, _ in } == 409)
    }

    @Test func whoeverWasMadeMeanwhileHasIt() throws {
        let status = try status(of: eve()) { transaction, _ in
            #expect(answer("POST", "/Users", eve(), in: &transaction).status == 201)
        }
        #expect(status == 409)
    }

    @Test(arguments: ["PUT", "PATCH"]) func whoeverTookItMeanwhileHasIt(method: String) throws {
        let patch: JSONValue = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [["op": "replace", "path": "userName", "value": "eve"]],
        ]
        let status = try status(of: eve()) { transaction, ada in
            let answer = answer(
                method, "/Users/" + ada, method == "PUT" ? eve() : patch, in: &transaction)
            #expect(answer.status == 200)
        }
        #expect(status == 409)
    }

    @Test func bulkMakesOneOfTwo() throws {
        let make: JSONValue = ["method": "POST", "path": "/Users", "bulkId": "a", "data": eve()]
        let bulk: JSONValue = [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": [make],
        ]
        let status = try status(of: eve()) { transaction, _ in
            #expect(answer("POST", "/Bulk", bulk, in: &transaction).status == 200)
        }
        #expect(status == 409)
    }
}
