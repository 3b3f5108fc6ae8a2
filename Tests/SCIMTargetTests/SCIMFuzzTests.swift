// Mutated filters and patches: whatever is asked, the target answers, and never with an error of its own.

import Foundation
import HTTP
import Model
import Support
import Testing

/// Texts and values that are wrong in many ways, the same for the same seed.
struct SCIMMutator {
    private var random: SplitMix64

    private static let filters = [
        "userName eq \"bjensen\" and not (emails[type eq \"work\" and value co \"@x\"])",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"2\"",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\" or active eq true and title pr",
        "emails[type eq \"work\"].value sw \"a\" or (nickName ne null and id le \"z\")",
    ]
    private static let paths = [
        "emails[type eq \"work\" and not (value ew \"x\")].value", "name.familyName",
        "members[value eq \"2819c223\"]", "urn:ietf:params:scim:schemas:extension:x:2.0:User:a.b",
        "addresses[primary eq true].streetAddress", "urn:ietf:params:scim:schemas:core:2.0:User",
    ]
    private static let pieces = [
        "(", ")", "[", "]", "\"", "\\", ".", ":", " ", "not ", " and ", " or ", " eq ", " pr",
        "\\u00",
        "urn:", "null", "true", "-1e9", "\u{0}", "é", "$ref", "members", "emails", "value", "id",
    ]
    private static let names = [
        "userName", "active", "name", "name.givenName", "emails", "emails[type eq \"work\"].value",
        "members", "groups", "schemas", "id", "meta", "externalId", "x509Certificates", "manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "unknown", "", "a b",
    ]

    init(seed: UInt64) { random = SplitMix64(state: seed) }

    mutating func filter() -> String { mutated(Self.filters) }

    mutating func path() -> String { mutated(Self.paths + Self.names) }

    mutating func patch() -> JSONValue {
        var operations: [JSONValue] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var operation = JSONObject()
            let verb = ["add", "Replace", "REMOVE", "remove", "none"].randomElement(using: &random)
            operation["op"] = .string(verb ?? "add")
            if Int.random(in: 0..<5, using: &random) > 0 { operation["path"] = .string(path()) }
            if Int.random(in: 0..<6, using: &random) > 0 { operation["value"] = value(depth: 0) }
            operations.append(.object(operation))
        }
        return ["Operations": .array(operations)]
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 2 ? 6 : 9), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: -3...3, using: &random))
        case 3: return .number(Double.random(in: -1e300...1e300, using: &random))
        case 4: return .string(path())
        case 5: return .string(["True", "", "a@x.com", "work"].randomElement(using: &random) ?? "")
        case 6:
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let name = (Self.names + ["value", "type"]).randomElement(using: &random) ?? ""
                object[name] = value(depth: depth + 1)
            }
            return .object(object)
        }
    }

    private mutating func mutated(_ seeds: [String]) -> String {
        var text = seeds.randomElement(using: &random) ?? ""
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let at = text.index(
                text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &random))
            if Bool.random(using: &random), at < text.endIndex {
                text.remove(at: at)
            } else {
                text.insert(
                    contentsOf: Self.pieces.randomElement(using: &random) ?? "", at: at)
            }
        }
        return text
    }
}

struct SCIMFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_260_101
    private let count = environment["SCIM_FUZZ_COUNT"].flatMap { Int($0) } ?? 2_000

    @Test func aFilterThatIsTakenIsTheSameWhenPrinted() throws {
        var mutator = SCIMMutator(seed: seed)
        var taken = 0
        for _ in 0..<count {
            let text = mutator.filter()
            guard let filter = try? SCIMFilter(parsing: text) else { continue }
            taken += 1
            let again = try? SCIMFilter(parsing: filter.description)
            #expect(again == filter, "seed \(seed): \(text)")
        }
        #expect(taken > 0, "seed \(seed)")
    }

    @Test func aPathThatIsTakenIsTheSameWhenPrinted() throws {
        var mutator = SCIMMutator(seed: seed)
        var taken = 0
        for _ in 0..<count {
            let text = mutator.path()
            guard let path = try? SCIMPath(parsing: text) else { continue }
            taken += 1
            let again = try? SCIMPath(parsing: path.description)
            #expect(again == path, "seed \(seed): \(text)")
        }
        #expect(taken > 0, "seed \(seed)")
    }

    /// Each answer is one of SCIM's, and after all of them the resources can still be read and listed.
    @Test func noRequestMakesTheTargetFail() throws {
        let target = try TargetClient()
        var mutator = SCIMMutator(seed: seed)
        let user = target.user("fuzz@contoso.com")
        let group = target.group("Fuzz", members: [user])
        var statuses: Set<Int> = []
        for turn in 0..<count {
            let answer: HTTPResponse
            let body: JSONValue
            switch turn % 4 {
            case 0:
                body = ["filter": .string(mutator.filter()), "sortBy": .string(mutator.path())]
                answer = target.send("POST", "/.search", body)
            case 1:
                body = mutator.patch()
                answer = target.send("PATCH", "/Users/" + user, body)
            case 2:
                body = mutator.patch()
                answer = target.send("PATCH", "/Groups/" + group, body)
            default:
                body = mutator.value(depth: 0)
                answer = target.send("POST", "/Users", body)
            }
            statuses.insert(answer.status)
            #expect(
                answer.status < 500, "seed \(seed), turn \(turn), \(answer.status): \(body.text)")
        }
        #expect(statuses.isSuperset(of: [200, 400]), "seed \(seed)")
        #expect(target.send("GET", "/Users/" + user).status == 200, "seed \(seed)")
        #expect(target.send("GET", "/Groups/" + group).status == 200, "seed \(seed)")
        #expect(target.send("GET", "?count=1000").status == 200, "seed \(seed)")
    }
}
