// The route table against the service's metadata: nothing that the types offer is without a row.

import Foundation
import Graph
import Support
import Testing

struct RouteDriftTests {
    /// The entity types of the sub-tree and where a route reaches one.
    private static let places: [(type: String, path: String)] = [
        ("synchronization", "{S}"), ("synchronizationJob", "{J}"),
        ("synchronizationSchema", "{J}/schema"), ("synchronizationSchema", "{T}/schema"),
        ("synchronizationTemplate", "{T}"),
        ("directoryDefinition", "{J}/schema/directories/{directoryDefinition-id}"),
        ("directoryDefinition", "{T}/schema/directories/{directoryDefinition-id}"),
    ]

    private let metadata: String

    init() throws {
        metadata = String(decoding: try Fixture.bytes("Metadata/edm-sync.xml"), as: UTF8.self)
    }

    private func has(_ method: String, _ path: String) -> Bool {
        Routes.all.contains { $0.method == method && $0.path == path }
    }

    /// Elements of a name, whole: `<Action …>…</Action>`.
    private func elements(_ name: String, in text: String) -> [String] {
        text.components(separatedBy: "<\(name) ").dropFirst().map { part in
            let end = part.range(of: "</\(name)>")?.lowerBound ?? part.endIndex
            let short = part.range(of: "/>")?.lowerBound ?? part.endIndex
            let isEmpty = !part[..<short].contains(">")
            return String(part[..<(isEmpty ? short : end)])
        }
    }

    private func attribute(_ name: String, of element: String) -> String? {
        guard let start = element.range(of: "\(name)=\"") else { return nil }
        return element[start.upperBound...].split(separator: "\"").first.map(String.init)
    }

    @Test func everyNavigationPropertyHasARow() throws {
        var checked = 0
        for (type, path) in Self.places {
            let entity = try #require(
                elements("EntityType", in: metadata).first {
                    attribute("Name", of: $0) == type
                })
            for property in elements("NavigationProperty", in: entity) {
                let name = try #require(attribute("Name", of: property))
                #expect(has("GET", "\(path)/\(name)"), "GET \(path)/\(name)")
                checked += 1
            }
        }
        #expect(checked == 7)
    }

    @Test func everyActionAndFunctionHasARow() throws {
        var checked = 0
        for (element, method) in [("Action", "POST"), ("Function", "GET")] {
            for operation in elements(element, in: metadata) {
                let name = try #require(attribute("Name", of: operation))
                let binding = elements("Parameter", in: operation).first.flatMap {
                    attribute("Type", of: $0)
                }
                guard let binding else { continue }
                let type = binding.split(whereSeparator: { "().".contains($0) }).last
                    .map(String.init)
                let isCollection = binding.hasPrefix("Collection(")
                for (known, path) in Self.places where known == type {
                    let place = isCollection && path == "{J}" ? "{S}/jobs" : path
                    #expect(has(method, "\(place)/\(name)"), "\(method) \(place)/\(name)")
                    checked += 1
                }
            }
        }
        #expect(checked > 10)
    }

    @Test func theServicesListIsWhole() {
        let numbers = Set(Routes.all.map(\.number))
        let listed =
            (1...56).map(String.init) + (1...7).map { "A\($0)" } + ["B1", "G1"]
        #expect(numbers.isSuperset(of: listed))
        #expect(numbers.count == Routes.all.count, "two rows share a number")
    }
}
