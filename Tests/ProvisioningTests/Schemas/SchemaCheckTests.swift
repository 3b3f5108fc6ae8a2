// What the check of a schema finds, and where it says that it is.

import Emulator
import Model
import Provisioning
import Support
import Testing

struct SchemaCheckTests {
    @Test(arguments: [
        "scim", "SfSandboxOutDelta", "DropboxSCIMOutDelta", "ServiceNowOutDelta", "Workday2AAD",
        "AD2AADProvisioning", "API2AAD",
    ])
    func nothingIsWrongWithATemplate(id: String) throws {
        #expect(SchemaCheck.findings(in: try Gallery().schema(of: id)) == [])
    }

    /// A schema of one rule; the edit breaks it.
    private func findings(_ edit: (String) -> String) throws -> [String] {
        let text = """
            {"synchronizationRules":[{"name":"RULE","sourceDirectoryName":"Source",
            "targetDirectoryName":"Target","objectMappings":[{"name":"m","enabled":true,
            "sourceObjectName":"User","targetObjectName":"Account","scope":{"groups":[{"clauses":[
            {"operatorName":"EQUALS","sourceOperandName":"department",
            "targetOperand":{"values":["Sales"]}}]}]},"attributeMappings":[
            {"targetAttributeName":"login","matchingPriority":1,
            "source":{"name":"mail","type":"Attribute"}},
            {"targetAttributeName":"name","source":{"type":"Function","name":"Append",
            "expression":"Append([department], \\"!\\")","parameters":[]}}]}]}],
            "directories":[{"name":"Source","objects":[{"name":"User","attributes":[
            {"name":"mail","anchor":true},{"name":"department"},{"name":"tags","multivalued":true},
            {"name":"manager","type":"Reference",
            "referencedObjects":[{"referencedObjectName":"User"}]}]}]},
            {"name":"Target","objects":[{"name":"Account","attributes":[
            {"name":"login","anchor":true},{"name":"name"}]}]}]}
            """
        let schema = try SynchronizationSchema(
            completing: try JSONValue(parsing: edit(text)), by: try Gallery().types)
        return SchemaCheck.findings(in: schema).map { "\($0.path): \($0.message)" }
    }

    @Test func nothingIsWrongWithTheExample() throws {
        #expect(try findings { $0 } == [])
    }

    private static let mapping = "synchronizationRules[0].objectMappings[0]"

    @Test(arguments: [
        (
            #""sourceDirectoryName":"Source""#, #""sourceDirectoryName":"source""#,
            "synchronizationRules[0].sourceDirectoryName: the schema has no directory 'source'"
        ),
        (
            #""targetDirectoryName":"Target""#, #""targetDirectoryName":null"#,
            "synchronizationRules[0].targetDirectoryName: the rule names no directory"
        ),
        (
            #""sourceObjectName":"User""#, #""sourceObjectName":"user""#,
            "\(mapping).sourceObjectName: the directory 'Source' has no object 'user'"
        ),
        (
            #""operatorName":"EQUALS""#, #""operatorName":"EQUAL""#,
            "\(mapping).scope.groups[0].clauses[0]: no operator is named 'EQUAL'"
        ),
        (
            #""sourceOperandName":"department""#, #""sourceOperandName":"tags""#,
            "\(mapping).scope.groups[0].clauses[0]: the attribute 'tags' may have several values"
        ),
        (
            #""values":["Sales"]"#, #""values":[]"#,
            "\(mapping).scope.groups[0].clauses[0]: the operator 'EQUALS' compares with one value"
        ),
        (
            #""targetAttributeName":"login""#, #""targetAttributeName":"logon""#,
            "\(mapping).attributeMappings[0].targetAttributeName: the target object has no "
                + "attribute 'logon'"
        ),
        (
            #"{"name":"mail","type":"Attribute"}"#, #"{"name":"email","type":"Attribute"}"#,
            "\(mapping).attributeMappings[0].source: the source object has no attribute 'email'"
        ),
        (
            #"Append([department], \"!\")"#, #"Append([colour], \"!\")"#,
            "\(mapping).attributeMappings[1].source: the source object has no attribute 'colour'"
        ),
        (
            #"Append([department], \"!\")"#, #"Append([department])"#,
            "\(mapping).attributeMappings[1].source: Append"
        ),
        (
            #""matchingPriority":1"#, #""matchingPriority":0"#,
            "\(mapping).attributeMappings: no attribute has a matchingPriority above 0"
        ),
        (
            #"{"name":"department"}"#, #"{"name":"department","anchor":true}"#,
            "directories[0].objects[0]: the object has 2 anchors; one is allowed"
        ),
        (
            #"{"name":"name"}"#, #"{"name":"name"},{"name":"name"}"#,
            "directories[1].objects[0].attributes[2]: another attribute is named 'name' too"
        ),
        (
            #"{"name":"Source","#, #"{"id":"1","name":"Other"},{"id":"1","name":"Source","#,
            "directories[1].id: another directory has the identifier '1' too"
        ),
        (
            #""referencedObjectName":"User""#, #""referencedObjectName":"Users""#,
            "directories[0].objects[0].attributes[3].referencedObjects[0]: the directory 'Source' "
                + "has no object 'Users'"
        ),
    ])
    func namesThePlace(part: String, broken: String, finding: String) throws {
        let found = try findings { text in
            guard let range = text.firstRange(of: part) else { return "" }
            return text.replacingCharacters(in: range, with: broken)
        }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(finding) == true, "\(found)")
    }
}

extension String {
    fileprivate func replacingCharacters(
        in range: Range<Index>, with replacement: String
    ) -> String {
        String(self[..<range.lowerBound]) + replacement + String(self[range.upperBound...])
    }
}
