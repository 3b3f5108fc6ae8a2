// One object mapping of a schema, made ready: everything that a cycle asks of it.

import Expressions
import Model

/// What a mapping may do to objects (`objectFlowTypes`).
public struct ObjectFlowTypes: OptionSet, Sendable {
    /// The flags as the metadata numbers them.
    public let rawValue: Int
    /// Flags from their numbers.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Objects are made.
    public static let add = ObjectFlowTypes(rawValue: 1)
    /// Objects are changed, and so disabled.
    public static let update = ObjectFlowTypes(rawValue: 2)
    /// Objects are deleted.
    public static let delete = ObjectFlowTypes(rawValue: 4)

    /// Reads `Add, Update, Delete`, with or without blanks.
    init(parsing text: String) {
        self = []
        for name in EnumerationType.flags(in: text) {
            switch name {
            case "Add": insert(.add)
            case "Update": insert(.update)
            case "Delete": insert(.delete)
            default: break
            }
        }
    }
}

/// An object mapping with its rule and its directories.
///
/// A class, because it is handed on for each object; it never changes.
public final class ObjectRule: Sendable {
    /// The rule's identifier.
    public let ruleID: String
    /// The source directory's name.
    public let sourceDirectory: String
    /// What kind of directory that is.
    public let sourceKind: SourceKind
    /// The source directory's identifier.
    public let sourceDirectoryID: String
    /// The target directory's name.
    public let targetDirectory: String
    /// The target directory's identifier.
    public let targetDirectoryID: String
    /// The type of the source objects.
    public let sourceType: String
    /// The type of the target objects, as the schema names it.
    public let targetType: String
    /// The type of the target objects, as the target takes it.
    public let target: TargetType
    /// What the mapping may do.
    public let flow: ObjectFlowTypes
    /// The scoping filter; nil when everything passes.
    public let scope: ScopeEvaluation?
    /// The attribute mappings in their order.
    public let attributes: [AttributeRule]
    /// Those that match, by their turn.
    public let matching: [AttributeRule]
    /// Whether the target can disable an object instead of deleting it.
    public let supportsSoftDeletion: Bool
    /// The source attribute that says whether an object is active.
    public let enabledAttribute: String
    /// The source attributes that the mapping reads, each once.
    public let sourceAttributes: [String]
    /// Distinguished names of the containers whose objects are read; none for all.
    public let containers: [String]
    /// Distinguished names of the groups whose members are read; none for all.
    public let groups: [String]

    /// Reads a mapping of a rule; `ObjectRule+Schema.swift` has the parts.
    init(
        _ mapping: JSONObject, of rule: JSONObject, _ directories: [JSONObject],
        _ wireNames: WireNames
    ) throws(MappingFault) {
        func directory(_ member: String) -> JSONObject {
            directories.first { $0["name"] == rule[member] } ?? JSONObject()
        }
        func object(_ directory: JSONObject, _ member: String) -> JSONObject {
            directory.objects("objects").first { $0["name"] == mapping[member] } ?? JSONObject()
        }
        let source = directory("sourceDirectoryName")
        let target = directory("targetDirectoryName")
        let sourceObject = object(source, "sourceObjectName")
        let targetObject = object(target, "targetObjectName")
        ruleID = rule["id"]?.string ?? ""
        sourceDirectory = rule["sourceDirectoryName"]?.string ?? ""
        sourceKind = SourceKind(directory: sourceDirectory)
        sourceDirectoryID = source["id"]?.string ?? ""
        targetDirectory = rule["targetDirectoryName"]?.string ?? ""
        targetDirectoryID = target["id"]?.string ?? ""
        sourceType = mapping["sourceObjectName"]?.string ?? ""
        targetType = mapping["targetObjectName"]?.string ?? ""
        flow = ObjectFlowTypes(parsing: mapping["flowTypes"]?.string ?? "")
        let title = mapping["name"]?.string ?? sourceType
        scope = try ObjectRule.scope(mapping, sourceObject, title)
        let side = AttributeRule.Sides(
            source: sourceObject, target: targetObject, targetType: targetType, kind: sourceKind)
        var attributes: [AttributeRule] = []
        for attribute in mapping.objects("attributeMappings") {
            attributes.append(
                try AttributeRule(attribute, side, wireNames, title))
        }
        self.attributes = attributes
        matching = attributes.enumerated().filter { $0.element.matchingPriority > 0 }
            .sorted {
                ($0.element.matchingPriority, $0.offset) < ($1.element.matchingPriority, $1.offset)
            }.map(\.element)
        self.target = TargetType(
            name: wireNames.type(targetType), attributes: attributes.map(\.target))
        let metadata = ObjectMetadata(targetObject)
        supportsSoftDeletion = metadata.isTrue("IsSoftDeletionSupported")
        enabledAttribute =
            ObjectMetadata(sourceObject).text("PropertyNameAccountEnabled") ?? "accountEnabled"
        sourceAttributes = ObjectRule.sourceAttributes(mapping, attributes, enabledAttribute)
        containers = rule["containerFilter"]?.object?.texts("includedContainers") ?? []
        groups = rule["groupFilter"]?.object?.texts("includedGroups") ?? []
    }

    /// Whether it writes to the tenant's own directory.
    var isInbound: Bool { SourceKind(directory: targetDirectory) == .tenant }

    /// Whether an attribute looks for a value that is free in the target.
    var hasUniqueValue: Bool { attributes.contains(where: \.isUniqueValue) }

    /// Those that point to other objects.
    public var references: [AttributeRule] { attributes.filter(\.isReference) }

    /// The computed source attribute that tells that an object is to be disabled.
    public static let softDeleted = "IsSoftDeleted"
}
