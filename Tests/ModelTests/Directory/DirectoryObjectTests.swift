// Directory objects out of the service's JSON.

import Model
import Testing

struct DirectoryObjectTests {
    @Test func takesItsIdentifiersFromItsMembers() throws {
        let json = JSONObject([
            ("id", "60443998-8CF7-4E61-B05C-A53B658CB5E1"),
            ("appId", "00000000000000000000000000000001"), ("displayName", "x"),
        ])
        let object = try #require(DirectoryObject(json))
        #expect(object.id.description == "60443998-8cf7-4e61-b05c-a53b658cb5e1")
        #expect(object.appID == GUID(high: 0, low: 1))
        #expect(object.json == json)
    }

    @Test(arguments: [JSONValue.null, 1, "", "x", ["60443998-8cf7-4e61-b05c-a53b658cb5e1"]])
    func refusesAnIdentifierThatIsNone(id: JSONValue) {
        #expect(DirectoryObject(JSONObject([("id", id)])) == nil)
    }

    @Test func refusesAMissingIdentifier() {
        #expect(DirectoryObject(JSONObject([("displayName", "x")])) == nil)
    }

    @Test(arguments: [JSONValue.null, 1, "", "x"])
    func hasNoApplicationWhenItsIdentifierIsNone(appID: JSONValue) throws {
        let json = JSONObject([("id", .string(GUID.zero.description)), ("appId", appID)])
        #expect(try #require(DirectoryObject(json)).appID == nil)
    }
}
