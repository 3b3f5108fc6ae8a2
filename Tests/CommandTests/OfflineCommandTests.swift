// The commands that need no server: `eval` and `schema check`.

import Foundation
import HTTP
import Model
import Support
import Testing

@Suite(.serialized)
struct OfflineCommandTests {
    @Test(arguments: [
        (
            [
                "Join(\" \", [givenName], [surname])", "--attribute", "givenName=Ada",
                "--attribute",
                "surname=Lovelace",
            ], "Ada Lovelace\n"
        ),
        (
            [
                "Count([proxyAddresses])", "--attribute", "proxyAddresses=a", "--attribute",
                "proxyAddresses=b",
            ], "2\n"
        ),
        (
            [
                "[emails[type eq \"work\"].value]", "--attribute",
                "emails[type eq \"work\"].value=a=b",
            ],
            "a=b\n"
        ),
        (
            [
                "FormatDateTime(Now(), , \"M/d/yyyy h:mm:ss tt\", \"yyyy\")", "--now",
                "2031-05-06T00:00:00Z",
            ], "2031\n"
        ),
        (["DefaultDomain()", "--default-domain", "contoso.com"], "contoso.com\n"),
        (["Split([a], \",\")", "--attribute", "a=x,y"], "x\ny\n"),
        (["[absent]"], ""),
    ])
    func evaluates(arguments: [String], output: String) throws {
        let result = try Program.run(["eval"] + arguments)
        #expect(result.status == 0, "\(result.problems)")
        #expect(result.output == output)
    }

    @Test func explainsEachPart() throws {
        let result = try Program.run([
            "eval", "Append(ToLower([a]), \"!\")", "--attribute", "a=X", "--explain",
        ])
        #expect(
            result.output == """
                [a] = "X"
                ToLower([a]) = "x"
                "!" = "!"
                Append(ToLower([a]), "!") = "x!"

                """)
    }

    @Test func showsTheErrorsPlace() throws {
        let result = try Program.run(["eval", "Mid(\"abc\", \"x\", 1)"])
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.problems == """
                Mid("abc", "x", 1)
                           ^^^ Mid: the argument 'start' expects a whole number, found 'x'
                entrasync: the expression failed at character 12.

                """)
    }

    @Test func readsAttributesFromAFile() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/user.json"
        try Data(#"{"a":"x","many":["1","2"],"flag":true,"none":null,"number":7}"#.utf8)
            .write(to: URL(filePath: file))
        let result = try Program.run([
            "eval", "Join(\"-\", [a], [many], [flag], [none], [number])", "--json", file,
        ])
        #expect(result.output == "x-1-2-True-7\n")
        let missing = try Program.run(["eval", "[a]", "--json", "/nowhere.json"])
        #expect(missing.status == 2)
        #expect(missing.problems.hasPrefix("entrasync: '/nowhere.json' can't be read"))
        let bad = try Program.run(["eval", "[a]", "--attribute", "x"])
        #expect(bad.status == 2)
        #expect(bad.problems.contains("--attribute takes name=value"))
    }

    @Test func randomPartsAreTheSameUnderIDs() throws {
        let run = { try Program.run(["eval", "Guid()", "--ids", "x"]).output }
        #expect(try run() == run())
        #expect(try run().count == 37)
    }

    @Test func aSchemaIsCheckedAndItsFindingsNamed() throws {
        let directory = try TemporaryDirectory()
        let server = try LiveServer([])
        let job =
            "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
            + "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
        let schema = String(
            decoding: try server.send("GET", job + "/schema").body, as: UTF8.self)
        let file = directory.path + "/schema.json"
        try schema.write(toFile: file, atomically: true, encoding: .utf8)
        let well = try Program.run(["schema", "check", file])
        #expect(well.status == 0, "\(well.output)")
        #expect(well.output.isEmpty)
        try schema.replacingOccurrences(of: "Not([IsSoftDeleted])", with: "Not([IsSoftDeleted]")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let broken = try Program.run(["schema", "check", file])
        #expect(broken.status == 1)
        #expect(broken.output.hasPrefix(file + ":synchronizationRules[0].objectMappings[0]."))
        #expect(broken.problems == "entrasync: \(file) has 1 finding.\n")
        let json = try Program.run(["schema", "check", file, "--json"])
        #expect(try JSONValue(parsing: json.output).array?.count == 1)
        try #"{"synchronizationRules":[{"priority":"high"}]}"#
            .write(toFile: file, atomically: true, encoding: .utf8)
        let shape = try Program.run(["schema", "check", file])
        #expect(shape.status == 1)
        #expect(shape.output.hasPrefix(file + ":synchronizationRules[0].priority: Cannot convert"))
        try #"{"bogus":1,"synchronizationRules":[{"priority":"high","zz":1}]}"#
            .write(toFile: file, atomically: true, encoding: .utf8)
        let many = try Program.run(["schema", "check", file])
        // Three of the shape, and the rule names no directories.
        #expect(many.output.split(separator: "\n").count == 5, "\(many.output)")
    }
}
