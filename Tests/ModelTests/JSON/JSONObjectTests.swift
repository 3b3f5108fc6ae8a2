// Members in order: looked up, set, added and removed.

import Model
import Testing

struct JSONObjectTests {
    private let object = JSONObject([("b", 1), ("a", nil), ("c", [2])])

    @Test func findsMembersByTheirExactName() {
        #expect(object["b"] == 1)
        #expect(object["a"] == JSONValue.null)
        #expect(object["B"] == nil)
        #expect(object["d"] == nil)
        #expect(object.names == ["b", "a", "c"])
    }

    @Test func aChangedMemberKeepsItsPlace() {
        var changed = object
        changed["a"] = true
        #expect(changed == JSONObject([("b", 1), ("a", true), ("c", [2])]))
    }

    @Test func aNewMemberComesLast() {
        var changed = object
        changed["d"] = JSONValue.null
        #expect(changed.names == ["b", "a", "c", "d"])
    }

    @Test func settingNothingRemovesTheMember() {
        var changed = object
        changed["b"] = nil
        changed["x"] = nil
        #expect(changed == JSONObject([("a", nil), ("c", [2])]))
    }

    @Test func aPrependedMemberComesFirst() {
        var changed = object
        changed.prepend("id", "x")
        #expect(changed.names == ["id", "b", "a", "c"])
        #expect(changed["id"] == "x")
    }

    @Test func orderIsPartOfTheValue() {
        #expect(JSONObject([("a", 1), ("b", 2)]) != JSONObject([("b", 2), ("a", 1)]))
    }
}
