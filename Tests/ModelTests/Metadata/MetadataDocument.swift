// The metadata as it lies in Fixtures/Metadata: read from its JSON and from its XML, and laid out.

import Foundation
import Model
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What the metadata declares: enumerations and structured types, in the order of the document.
struct MetadataDocument: Equatable {
    struct Enumeration: Equatable, CustomStringConvertible {
        let name: String
        let isFlags: Bool
        var members: [String] = []

        var description: String { "\(isFlags ? "flags" : "enum") \(name) \(members)" }
    }

    struct Structure: Equatable, CustomStringConvertible {
        let name: String
        let base: String?
        let isOpen: Bool
        var properties: [Property] = []

        var description: String {
            "\(name): \(base ?? "nothing")\(isOpen ? ", open," : "") \(properties)"
        }
    }

    struct Property: Equatable, CustomStringConvertible {
        let name: String
        let type: String
        let isCollection: Bool
        let isNullable: Bool
        let isNavigation: Bool

        var description: String {
            "\(name) \(type)\(isCollection ? "[]" : "")\(isNullable ? "?" : "")"
                + (isNavigation ? " (navigation)" : "")
        }
    }

    var enumerations: [Enumeration] = []
    var structures: [Structure] = []

    // MARK: Files

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/Metadata")

    static let jsonFile = folder.appending(path: "types.json")
    static let xmlFile = folder.appending(path: "edm-sync.xml")

    /// The JSON document.
    static func json() throws -> JSONValue {
        try JSONValue(parsing: [UInt8](try Data(contentsOf: jsonFile)))
    }
}

// MARK: - JSON

extension MetadataDocument {
    /// Reads `types.json`; any member that is not known here is a failure.
    init(json document: JSONValue) throws {
        let root = try MetadataDocument.members(document, known: ["enums", "types"])
        for entry in try #require(root["enums"]?.array) {
            let members = try MetadataDocument.members(entry, known: ["name", "flags", "members"])
            enumerations.append(
                Enumeration(
                    name: try #require(members["name"]?.string),
                    isFlags: try #require(members["flags"]?.bool as Bool?),
                    members: try #require(members["members"]?.array).map {
                        try #require($0.string)
                    }))
        }
        for entry in try #require(root["types"]?.array) {
            let members = try MetadataDocument.members(
                entry, known: ["name", "base", "open", "properties"])
            structures.append(
                Structure(
                    name: try #require(members["name"]?.string), base: members["base"]?.string,
                    isOpen: members["open"]?.bool ?? false,
                    properties: try #require(members["properties"]?.array).map {
                        try MetadataDocument.property($0)
                    }))
        }
    }

    private static func property(_ entry: JSONValue) throws -> Property {
        let members = try members(
            entry, known: ["name", "type", "collection", "nullable", "navigation"])
        return Property(
            name: try #require(members["name"]?.string),
            type: try #require(members["type"]?.string),
            isCollection: members["collection"]?.bool ?? false,
            isNullable: members["nullable"]?.bool ?? true,
            isNavigation: members["navigation"]?.bool ?? false)
    }

    private static func members(_ value: JSONValue, known: [String]) throws -> JSONObject {
        let members = try #require(value.object)
        #expect(Set(members.names).subtracting(known).isEmpty, "\(members.names)")
        return members
    }

    /// The layout of `types.json`: an enumeration, a type's head or a property a line.
    var layout: String {
        let enums = enumerations.map { enumeration in
            let members = enumeration.members.map(JSONValue.string)
            let entry: JSONValue = [
                "name": .string(enumeration.name), "flags": .bool(enumeration.isFlags),
                "members": .array(members),
            ]
            return "  " + entry.text
        }
        let types = structures.map { structure in
            var head = JSONObject([("name", .string(structure.name))])
            head["base"] = structure.base.map(JSONValue.string)
            head["open"] = structure.isOpen ? true : nil
            let properties = structure.properties.map { "\n    " + $0.json.text }
            return "  " + JSONValue.object(head).text.dropLast() + ",\"properties\":["
                + properties.joined(separator: ",") + "]}"
        }
        return "{\n \"enums\": [\n" + enums.joined(separator: ",\n") + "\n ],\n \"types\": [\n"
            + types.joined(separator: ",\n") + "\n ]\n}\n"
    }
}

extension MetadataDocument.Property {
    fileprivate var json: JSONValue {
        var members = JSONObject([("name", .string(name)), ("type", .string(type))])
        members["collection"] = isCollection ? true : nil
        members["nullable"] = isNullable ? nil : false
        members["navigation"] = isNavigation ? true : nil
        return .object(members)
    }
}

// MARK: - XML

extension MetadataDocument {
    /// Reads `edm-sync.xml` (OData 4.01 CSDL XML, sections 6, 8, 9 and 10).
    init(xmlAt url: URL) throws {
        let parser = try #require(XMLParser(contentsOf: url))
        let reader = CSDLReader()
        parser.delegate = reader
        let isRead = parser.parse()
        try #require(isRead, "\(parser.parserError.map(String.init(describing:)) ?? "")")
        self = reader.document
        enumerations = enumerations.map { enumeration in
            var sorted = enumeration
            // "The members in the order of their numbers."
            sorted.members = (reader.numbers[enumeration.name] ?? []).sorted { $0.0 < $1.0 }
                .map(\.1)
            return sorted
        }
    }
}

/// Collects declarations out of the elements of CSDL.
///
/// A class, because `XMLParserDelegate` asks for one.
private final class CSDLReader: NSObject, XMLParserDelegate {
    var document = MetadataDocument()
    /// Each enumeration's members with their numbers.
    var numbers: [String: [(Int, String)]] = [:]

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        let name = attributes["Name"] ?? ""
        switch element {
        case "EnumType":
            document.enumerations.append(
                MetadataDocument.Enumeration(
                    name: name, isFlags: attributes["IsFlags"] == "true"))
        case "Member":
            guard let enumeration = document.enumerations.last?.name else { return }
            let number = attributes["Value"].flatMap { Int($0) } ?? -1
            numbers[enumeration, default: []].append((number, name))
        case "ComplexType", "EntityType":
            document.structures.append(
                MetadataDocument.Structure(
                    name: name, base: attributes["BaseType"].map(withoutNamespace),
                    isOpen: attributes["OpenType"] == "true"))
        case "Property", "NavigationProperty":
            let type = attributes["Type"] ?? ""
            let isCollection = type.hasPrefix("Collection(") && type.hasSuffix(")")
            let single = isCollection ? String(type.dropFirst(11).dropLast()) : type
            let property = MetadataDocument.Property(
                name: name, type: withoutNamespace(single), isCollection: isCollection,
                isNullable: attributes["Nullable"] != "false",
                isNavigation: element == "NavigationProperty")
            document.structures[document.structures.count - 1].properties.append(property)
        default: break
        }
    }

    private func withoutNamespace(_ name: String) -> String {
        for prefix in ["graph.", "microsoft.graph."] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count))
        }
        return name
    }
}
