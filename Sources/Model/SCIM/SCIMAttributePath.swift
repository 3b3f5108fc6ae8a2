// The name of an attribute, as filters, PATCH paths and mappings write it.

/// An attribute by name, with its extension's schema and its sub-attribute (RFC 7644, 3.10).
///
/// Shapes: `userName`, `name.givenName`,
/// `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value`, or a schema's URN alone.
public struct SCIMAttributePath: Sendable, Hashable {
    /// The URN of the extension; nil for the core schemas, whose attributes lie at the top.
    public var schema: String?
    /// The attribute's name; empty when the path is a schema's URN alone.
    public var name: String
    /// The sub-attribute's name; nil for the whole attribute.
    public var subAttribute: String?

    /// Makes a path of its parts.
    public init(schema: String? = nil, name: String, subAttribute: String? = nil) {
        self.schema = schema
        self.name = name
        self.subAttribute = subAttribute
    }

    private static let coreSchemas = "urn:ietf:params:scim:schemas:core:2.0:"

    /// Takes a name apart; nil when it is none.
    init?(spelled text: Substring) {
        let begin = text.utf8.prefix(4)
        guard begin.count == 4, zip(begin, "urn:".utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else {
            self.init(dotted: text, schema: nil)
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 2, !parts.contains(where: \.isEmpty), let last = parts.last else {
            return nil
        }
        var schema = parts.dropLast().joined(separator: ":")
        // A type behind a version is part of the URN; an attribute may follow it behind a dot, as the
        // job `customappsso` writes it.
        if SCIMAttributePath.isVersion(parts[parts.count - 2]) {
            let type = last.prefix { $0 != "." }
            guard !type.isEmpty else { return nil }
            schema += ":" + type
            guard type.endIndex < last.endIndex else {
                self.init(schema: schema, name: "")
                return
            }
            self.init(dotted: last[last.index(after: type.endIndex)...], schema: schema)
        } else {
            self.init(dotted: last, schema: schema)
        }
        if schema.hasSCIMPrefix(SCIMAttributePath.coreSchemas) { self.schema = nil }
    }

    private init?(dotted text: Substring, schema: String?) {
        // Most have no sub-attribute.
        if SCIMAttributePath.isName(text) {
            self.init(schema: schema, name: String(text))
            return
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(SCIMAttributePath.isName) else { return nil }
        self.init(
            schema: schema, name: String(parts[0]),
            subAttribute: parts.count == 2 ? String(parts[1]) : nil)
    }

    private static func isVersion(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// A letter or `$`, then letters, digits, `-` and `_` (RFC 7643, section 2.1).
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first else { return false }
        guard first == UInt8(ascii: "$") || (0x61...0x7A).contains(first | 0x20) else {
            return false
        }
        return text.utf8.dropFirst().allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }

    /// Whether both name the same attribute; names are compared without case.
    public func isSame(as other: SCIMAttributePath) -> Bool {
        func same(_ left: String?, _ right: String?) -> Bool {
            guard let left, let right else { return left == nil && right == nil }
            return left.isSameSCIMName(as: right)
        }
        return same(schema, other.schema) && same(name, other.name)
            && same(subAttribute, other.subAttribute)
    }
}

extension SCIMAttributePath: CustomStringConvertible {
    /// The path as text.
    public var description: String {
        let head = [schema, name.isEmpty ? nil : name].compactMap { $0 }.joined(separator: ":")
        return subAttribute.map { head + "." + $0 } ?? head
    }
}
