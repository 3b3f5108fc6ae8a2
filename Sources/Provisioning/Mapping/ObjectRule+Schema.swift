// Reading the object mappings of a schema.

import Expressions
public import Model

/// Why a schema's mapping can't be run.
public struct MappingFault: Error, Sendable, Equatable {
    /// Which part, such as `Users: department`.
    public let part: String
    /// What is wrong with it.
    public let message: String
}

extension ObjectRule {
    /// The enabled mappings of a schema, users before groups where the schema says so, by the
    /// priority of their rules.
    ///
    /// - Throws: `MappingFault` for an expression or a filter that can't be run.
    public static func rules(
        of schema: SynchronizationSchema, wireNames: WireNames = .same
    ) throws(MappingFault) -> [ObjectRule] {
        let directories = schema.json.objects("directories")
        let rules = schema.json.objects("synchronizationRules").enumerated().sorted {
            let left = $0.element["priority"]?.integer ?? 0
            let right = $1.element["priority"]?.integer ?? 0
            return (left, $0.offset) < (right, $1.offset)
        }
        var result: [ObjectRule] = []
        for (_, rule) in rules {
            for mapping in rule.objects("objectMappings")
            where mapping["enabled"]?.bool == true {
                result.append(try ObjectRule(mapping, of: rule, directories, wireNames))
            }
        }
        return result
    }

    static func scope(
        _ mapping: JSONObject, _ source: JSONObject, _ title: String
    ) throws(MappingFault) -> ScopeEvaluation? {
        guard let json = mapping["scope"]?.object else { return nil }
        do throws(ScopingError) {
            return try ScopeEvaluation(ScopingFilter(json))
        } catch {
            throw MappingFault(part: "\(title): scope", message: "\(error)")
        }
    }

    /// Every source attribute that a mapping or its filter reads, in the order of first use.
    static func sourceAttributes(
        _ mapping: JSONObject, _ attributes: [AttributeRule], _ enabled: String
    ) -> [String] {
        var names: [String] = []
        var seen: Set<String> = [softDeleted]
        func add(_ name: String) { if seen.insert(name).inserted { names.append(name) } }
        for attribute in attributes {
            if let name = attribute.sourceAttribute { add(name) }
            attribute.expression?.tree.attributeNames.forEach(add)
        }
        let scope = mapping["scope"]?.object ?? JSONObject()
        for set in ScopingSet.allCases {
            for group in scope.objects(set.rawValue) {
                for clause in group.objects("clauses") {
                    if let name = clause["sourceOperandName"]?.string { add(name) }
                }
            }
        }
        add(enabled)
        return names
    }
}

extension AttributeRule {
    /// The definitions of the objects that a mapping joins.
    struct Sides {
        let source: JSONObject
        let target: JSONObject
        let targetType: String
        let kind: SourceKind
    }

    convenience init(
        _ mapping: JSONObject, _ sides: Sides, _ wireNames: WireNames, _ title: String
    ) throws(MappingFault) {
        let name = mapping["targetAttributeName"]?.string ?? ""
        let definition =
            sides.target.objects("attributes").first { $0["name"]?.string == name }
            ?? JSONObject()
        let source = mapping["source"].flatMap(MappingSource.init)
        var expression: MappingExpression?
        if let source {
            do throws(ExpressionError) {
                expression = try MappingExpression(source)
            } catch {
                throw MappingFault(part: "\(title): \(name)", message: "\(error)")
            }
        }
        // As the page of `attributeMapping` has it, jobs of cloud sync do not respect the flow type.
        let flowType: FlowType =
            sides.kind == .onPremises
            ? .always : mapping["flowType"]?.string.flatMap(FlowType.init(rawValue:)) ?? .always
        let target = TargetAttribute(
            name: wireNames.attribute(name, of: sides.targetType),
            kind: definition["type"]?.string.flatMap(TargetAttribute.Kind.init(rawValue:))
                ?? .string,
            isMultivalued: definition["multivalued"]?.bool ?? false,
            isCaseExact: definition["caseExact"]?.bool ?? false,
            roleForm: source.flatMap { TargetAttribute.RoleForm(rawValue: $0.name) })
        self.init(
            name: name, target: target, expression: expression,
            defaultValue: mapping["defaultValue"]?.string, flowType: flowType,
            flowsAlways: mapping["flowBehavior"]?.string == "FlowAlways",
            matchingPriority: Int(mapping["matchingPriority"]?.integer ?? 0),
            isRequired: definition["required"]?.bool ?? false,
            mutability: definition["mutability"]?.string.flatMap(Mutability.init(rawValue:))
                ?? .readWrite,
            flowsNull: AttributeRule.flowsNull(
                expression?.tree.attributeNames ?? [], definition, sides))
    }
}

extension AttributeRule {
    /// Whether an empty source clears the target.
    ///
    /// Follows "Clear attribute values (Preview)": only where both sides say so, only single values,
    /// and only towards the tenant's directory.
    fileprivate static func flowsNull(
        _ read: [String], _ definition: JSONObject, _ sides: Sides
    ) -> Bool {
        switch sides.kind {
        case .tenant: return false
        case .onPremises:
            // Unverified: cloud sync clears what the on-premises directory has cleared.
            return definition["required"]?.bool != true && !read.isEmpty
        case .workers, .other:
            let flowing = sides.source.objects("attributes").filter {
                $0["flowNullValues"]?.bool == true
            }.compactMap { $0["name"]?.string }
            // Unverified: the mapping's own switch for nulls; the target attribute's stands for it.
            return definition["flowNullValues"]?.bool == true && !read.isEmpty
                && definition["multivalued"]?.bool != true && read.allSatisfy(flowing.contains)
        }
    }
}

/// The names under which a target takes what a schema names otherwise.
public struct WireNames: Sendable {
    private let types: [String: String]
    private let attributes: [String: [String: String]]

    /// Names from tables: of types, and of attributes by type.
    public init(types: [String: String], attributes: [String: [String: String]]) {
        self.types = types
        self.attributes = attributes
    }

    /// Everything under its own name.
    public static let same = WireNames(types: [:], attributes: [:])

    /// The wire name of a type.
    func type(_ name: String) -> String { types[name] ?? name }

    /// The wire name of an attribute.
    func attribute(_ name: String, of type: String) -> String { attributes[type]?[name] ?? name }
}

/// The metadata entries of an object definition.
struct ObjectMetadata {
    private let entries: [JSONObject]

    init(_ object: JSONObject) { entries = object.objects("metadata") }

    func text(_ key: String) -> String? {
        entries.first { $0["key"]?.string == key }?["value"]?.string
    }

    func isTrue(_ key: String) -> Bool { text(key)?.lowercased() == "true" }
}

extension JSONObject {
    /// The texts of an array member.
    func texts(_ name: String) -> [String] {
        (self[name]?.array ?? []).compactMap(\.string)
    }
}
