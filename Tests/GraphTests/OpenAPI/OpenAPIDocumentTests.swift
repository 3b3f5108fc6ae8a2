// The OpenAPI document: it has every route, once, and all that it refers to.

import Graph
import HTTP
import Model
import Support
import Testing

struct OpenAPIDocumentTests {
    private let document: JSONValue

    init() throws {
        document = try TestWorld().send("GET", "/_emulator/openapi.json").json
    }

    private func values(_ name: String, in value: JSONValue) -> [JSONValue] {
        let own = value.object?[name].map { [$0] } ?? []
        let parts = value.array ?? value.object?.members.map(\.value) ?? []
        return own + parts.flatMap { values(name, in: $0) }
    }

    @Test func everyAnsweredRouteIsThere() {
        let rows = Set(values("x-row", in: document).compactMap(\.string))
        let answered = Routes.all.filter { $0.coverage != .notCovered && !$0.isSpelling }
        #expect(rows == Set(answered.map(\.number)))
    }

    @Test func operationsHaveNamesOfTheirOwn() {
        let names = values("operationId", in: document).compactMap(\.string)
        #expect(names.count > 100)
        #expect(Set(names).count == names.count)
    }

    @Test func everyReferenceLeadsSomewhere() {
        let components = "schemas".step(into: "components".step(into: document)).object
        let references = Set(values("$ref", in: document).compactMap(\.string))
        #expect(references.contains("#/components/schemas/synchronizationJob"))
        for reference in references {
            let name = String(reference.dropFirst("#/components/schemas/".count))
            #expect(components?[name]?.object != nil, "\(reference)")
        }
    }

    @Test func theServerIsTheAddressAsked() throws {
        let world = try TestWorld()
        let prefix = "/tenants/00000000-0000-0000-0000-0000000000aa"
        let other = world.send("GET", prefix + "/_emulator/openapi.json")
        #expect(
            other.member("servers", 0, "url").string == "http://127.0.0.1:8585" + prefix)
    }
}
