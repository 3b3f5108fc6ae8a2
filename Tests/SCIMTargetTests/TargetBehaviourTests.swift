// The target's ways to misbehave, one by one.

import Emulator
import HTTP
import Model
import Support
import Testing

struct TargetBehaviourTests {
    @Test func behavesUntilItIsTold() throws {
        let client = try TargetClient()
        let path = "/_emulator/targets/" + TargetClient.servicePrincipal
        #expect(client.world.send("GET", path).member("behaviours") == [])
        let set = client.world.send(
            "PUT", path + "/behaviours", ["behaviours": ["slow", "404-on-empty"]])
        #expect(set.member("behaviours") == ["404-on-empty", "slow"])
        let known = client.world.send("GET", path)
        #expect(known.member("known").object?.members.count == TargetBehaviour.allCases.count)
        #expect(
            client.world.send("PUT", path + "/behaviours", ["behaviours": ["rude"]]).status == 400)
        #expect(
            client.world.send("PUT", path + "/behaviours", ["behaviours": []]).member("behaviours")
                == [])
        #expect(client.world.send("GET", "/_emulator/targets/none").status == 404)
        let unknown = "/_emulator/targets/11111111-2222-4333-8444-555555555555"
        #expect(client.world.send("GET", unknown).status == 404)
    }

    @Test func anEmptyListIsNotFound() throws {
        let client = try TargetClient()
        client.behave("404-on-empty")
        #expect(client.send("GET", "/Users?filter=userName+eq+%22x%22").status == 404)
        client.user("x")
        #expect(client.send("GET", "/Users?filter=userName+eq+%22x%22").status == 200)
    }

    @Test func textIsNoBoolean() throws {
        let client = try TargetClient()
        let path = "/Users/" + client.user("x", [("active", true)])
        client.behave("refuses-text-booleans")
        let text = client.patch(path, ["op": "Replace", "path": "active", "value": "False"])
        #expect(text.member("scimType") == "invalidValue")
        let flag = client.patch(path, ["op": "Replace", "path": "active", "value": false])
        #expect(flag.member("active") == false)
    }

    @Test func caseIsNormalised() throws {
        let client = try TargetClient()
        client.behave("normalises-case")
        let made = client.send(
            "POST", "/Users",
            ["userName": "Ada@X", "title": "CEO", "emails": [["type": "Work", "value": "Ada@X"]]])
        #expect(made.member("userName") == "ada@x")
        #expect(made.member("emails", 0) == ["type": "Work", "value": "ada@x"])
        #expect(made.member("title") == "CEO")
    }

    @Test func theSecondClauseIsIgnored() throws {
        let client = try TargetClient()
        client.user("x")
        let query = "/Users?filter=userName+eq+%22x%22+and+title+eq+%22none%22"
        #expect(client.names(query) == [])
        client.behave("ignores-second-clause")
        #expect(client.names(query) == ["x"])
    }

    @Test func aNameIsGivenTwice() throws {
        let client = try TargetClient()
        client.behave("duplicate-create")
        client.user("x")
        client.user("X")
        #expect(client.names("/Users?filter=userName+eq+%22x%22") == ["x", "X"])
    }

    @Test func anAbsentEntryIsNoTarget() throws {
        let client = try TargetClient()
        let path = "/Users/" + client.user("x")
        client.behave("no-target-on-absent-value-path")
        let add: JSONValue = [
            "op": "Add", "path": "emails[type eq \"work\"].value", "value": "a@b",
        ]
        #expect(client.patch(path, add).member("scimType") == "noTarget")
    }

    @Test func groupNamesAreUnique() throws {
        let client = try TargetClient()
        client.behave("unique-group-names")
        client.group("Sales")
        #expect(client.send("POST", "/Groups", ["displayName": "sales"]).status == 409)
    }

    @Test func answersAreGarbled() throws {
        let client = try TargetClient()
        let whole = client.send("GET", "/Users")
        client.behave("429-storm")
        let refused = client.send("GET", "/Users")
        #expect(refused.status == 429)
        #expect(refused.value(of: "Retry-After") == "60")
        client.behave("half-body", "wrong-content-type")
        let half = client.send("GET", "/Users")
        #expect(half.body.count == whole.body.count / 2)
        #expect(half.value(of: "Content-Type") == "text/html")
    }
}
