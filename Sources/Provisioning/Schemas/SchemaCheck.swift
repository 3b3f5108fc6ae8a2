// Whether a schema means something: its names meet, its expressions parse, its filters fit.

import Expressions
public import Model

/// Something in a schema that no cycle could carry out, and where it stands.
public struct SchemaFinding: Sendable, Hashable {
    /// The place: `synchronizationRules[0].objectMappings[0].scope.groups[0].clauses[0]`.
    public let path: String
    /// One sentence that says what is wrong.
    public let message: String

    /// Makes a finding.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }
}

/// Checks the meaning of a schema document that the metadata has checked already.
public struct SchemaCheck {
    private var findings: [SchemaFinding] = []
    private let directories: [String: Directory]

    /// Everything that is wrong with a schema, in the order of the document.
    public static func findings(in schema: SynchronizationSchema) -> [SchemaFinding] {
        var check = SchemaCheck(schema)
        check.checkDirectories(schema)
        check.checkRules(schema)
        return check.findings
    }

    private init(_ schema: SynchronizationSchema) {
        var directories: [String: Directory] = [:]
        for directory in schema.json.objects("directories") {
            guard let name = directory["name"]?.string else { continue }
            directories[name] = Directory(directory)
        }
        self.directories = directories
    }

    private mutating func report(_ path: String, _ message: String) {
        findings.append(SchemaFinding(path: path, message: message))
    }

    // MARK: Directories

    private mutating func checkDirectories(_ schema: SynchronizationSchema) {
        var names: Set<String> = []
        var ids: Set<String> = []
        for (index, directory) in schema.json.objects("directories").enumerated() {
            let path = "directories[\(index)]"
            if let id = directory["id"]?.string, !id.isEmpty, !ids.insert(id).inserted {
                report("\(path).id", "another directory has the identifier '\(id)' too")
            }
            checkName(directory, "directory", path, among: &names)
            var objects: Set<String> = []
            for (number, object) in directory.objects("objects").enumerated() {
                let place = "\(path).objects[\(number)]"
                checkName(object, "object", place, among: &objects)
                checkAttributes(object, place, directory["name"]?.string ?? "")
            }
        }
    }

    private mutating func checkName(
        _ json: JSONObject, _ kind: String, _ path: String, among names: inout Set<String>
    ) {
        guard let name = json["name"]?.string, !name.isEmpty else {
            return report(path, "the \(kind) has no name")
        }
        if !names.insert(name).inserted {
            report(path, "another \(kind) is named '\(name)' too")
        }
    }

    private mutating func checkAttributes(
        _ object: JSONObject, _ path: String, _ directory: String
    ) {
        var names: Set<String> = []
        let attributes = object.objects("attributes")
        for (index, attribute) in attributes.enumerated() {
            let place = "\(path).attributes[\(index)]"
            checkName(attribute, "attribute", place, among: &names)
            for (number, referenced) in attribute.objects("referencedObjects").enumerated() {
                checkReference(
                    referenced, "\(place).referencedObjects[\(number)]",
                    directories[directory]?.objects ?? [:], directory)
            }
        }
        let anchors = attributes.filter { $0["anchor"]?.bool == true }.count
        if anchors > 1 { report(path, "the object has \(anchors) anchors; one is allowed") }
    }

    private mutating func checkReference(
        _ reference: JSONObject, _ path: String,
        _ objects: [String: [String: ScopingAttribute]], _ directory: String
    ) {
        guard let name = reference["referencedObjectName"]?.string else { return }
        guard let attributes = objects[name] else {
            return report(path, "the directory '\(directory)' has no object '\(name)'")
        }
        if let property = reference["referencedProperty"]?.string, attributes[property] == nil {
            report(path, "the object '\(name)' has no attribute '\(property)'")
        }
    }

    // MARK: Rules

    private mutating func checkRules(_ schema: SynchronizationSchema) {
        var ids: Set<String> = []
        for (index, rule) in schema.json.objects("synchronizationRules").enumerated() {
            let path = "synchronizationRules[\(index)]"
            if let id = rule["id"]?.string, !id.isEmpty, !ids.insert(id).inserted {
                report("\(path).id", "another rule has the identifier '\(id)' too")
            }
            let source = directory(rule, "sourceDirectoryName", path)
            let target = directory(rule, "targetDirectoryName", path)
            for (number, mapping) in rule.objects("objectMappings").enumerated() {
                let place = "\(path).objectMappings[\(number)]"
                checkMapping(
                    mapping, place, object(mapping, "sourceObjectName", source, place),
                    object(mapping, "targetObjectName", target, place))
            }
        }
    }

    private mutating func directory(
        _ rule: JSONObject, _ member: String, _ path: String
    ) -> Directory? {
        guard let name = rule[member]?.string else {
            report("\(path).\(member)", "the rule names no directory")
            return nil
        }
        guard let found = directories[name] else {
            report("\(path).\(member)", "the schema has no directory '\(name)'")
            return nil
        }
        return found
    }

    private mutating func object(
        _ mapping: JSONObject, _ member: String, _ directory: Directory?, _ path: String
    ) -> [String: ScopingAttribute]? {
        guard let directory else { return nil }
        guard let name = mapping[member]?.string else {
            report("\(path).\(member)", "the mapping names no object")
            return nil
        }
        guard let found = directory.objects[name] else {
            report("\(path).\(member)", "the directory '\(directory.name)' has no object '\(name)'")
            return nil
        }
        return found
    }

    private mutating func checkMapping(
        _ mapping: JSONObject, _ path: String, _ source: [String: ScopingAttribute]?,
        _ target: [String: ScopingAttribute]?
    ) {
        if let scope = mapping["scope"]?.object {
            let attributes = source.map { known in { (name: String) in known[name] } }
            for fault in ScopingFilter(scope).faults(attributes: attributes) {
                let place = fault.place.map { ".\($0)" } ?? ""
                report("\(path).scope\(place)", "\(fault.reason)")
            }
        }
        let attributes = mapping.objects("attributeMappings")
        var targets: Set<String> = []
        for (index, attribute) in attributes.enumerated() {
            guard let name = attribute["targetAttributeName"]?.string,
                !targets.insert(name).inserted
            else { continue }
            report(
                "\(path).attributeMappings[\(index)].targetAttributeName",
                "the attribute '\(name)' is mapped twice")
        }
        for (index, attribute) in attributes.enumerated() {
            checkAttributeMapping(
                attribute, "\(path).attributeMappings[\(index)]", source, target)
        }
        // A mapping that matches nothing would create everything anew.
        let isMatching = attributes.contains { ($0["matchingPriority"]?.integer ?? 0) > 0 }
        if !attributes.isEmpty, !isMatching {
            report("\(path).attributeMappings", "no attribute has a matchingPriority above 0")
        }
    }

    private mutating func checkAttributeMapping(
        _ mapping: JSONObject, _ path: String, _ source: [String: ScopingAttribute]?,
        _ target: [String: ScopingAttribute]?
    ) {
        if let name = mapping["targetAttributeName"]?.string {
            if let target, target[name] == nil {
                report(
                    "\(path).targetAttributeName", "the target object has no attribute '\(name)'")
            }
        } else {
            report("\(path).targetAttributeName", "the mapping names no target attribute")
        }
        guard let json = mapping["source"], !json.isNull else { return }
        guard let mappingSource = MappingSource(json) else {
            return report("\(path).source.type", "the source has no type")
        }
        do throws(ExpressionError) {
            let expression = try MappingExpression(mappingSource)
            // The parameters are looked at as well: what they name has to be there too.
            var names = expression.tree.attributeNames
            for name in mappingSource.attributeNames where !names.contains(name) {
                names.append(name)
            }
            for name in names {
                guard let source, source[name] == nil else { continue }
                report("\(path).source", "the source object has no attribute '\(name)'")
            }
        } catch {
            report("\(path).source", "\(error)")
        }
    }
}

/// A directory's objects and what is known of their attributes.
private struct Directory {
    let name: String
    let objects: [String: [String: ScopingAttribute]]

    init(_ json: JSONObject) {
        name = json["name"]?.string ?? ""
        var objects: [String: [String: ScopingAttribute]] = [:]
        for object in json.objects("objects") {
            guard let name = object["name"]?.string else { continue }
            var attributes: [String: ScopingAttribute] = [:]
            for attribute in object.objects("attributes") {
                guard let name = attribute["name"]?.string else { continue }
                let type = attribute["type"]?.string.flatMap(
                    ScopingAttribute.AttributeType.init(rawValue:))
                attributes[name] = ScopingAttribute(
                    type ?? .string, isMultivalued: attribute["multivalued"]?.bool ?? false)
            }
            objects[name] = attributes
        }
        self.objects = objects
    }
}
