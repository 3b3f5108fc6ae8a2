// The document of the control API says what the face does.

import HTTP
import Model
import Support
import Testing

struct GetControlDocumentTests {
    @Test func everyOperationOfTheDocumentIsRouted() throws {
        let world = try TestWorld()
        let document = world.send("GET", "/_emulator/openapi-control.json")
        #expect(document.member("openapi") == "3.0.3")
        let paths = document.member("paths").object?.members ?? []
        #expect(paths.count > 20)
        var identifiers: Set<String> = []
        for path in paths {
            for operation in path.value.object?.members ?? [] {
                let id = "operationId".step(into: operation.value).string ?? ""
                #expect(identifiers.insert(id).inserted, "\(id) comes twice")
            }
            let unrouted = world.send("TRACE", path.name)
            #expect(unrouted.status == 405, "\(path.name)")
        }
        let index = world.send("GET", "/_emulator").member("operations").array
        #expect(index?.count == identifiers.count)
    }
}
