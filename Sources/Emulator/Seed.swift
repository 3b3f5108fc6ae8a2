// What a new tenant is filled with.

public import Model

/// A seed document (DESIGN 3.6): users, groups, applications, assignments, jobs, secrets, directories.
///
/// Shape: `Fixtures/Tenants/demo.json`.
public struct Seed: Sendable {
    /// The name that it was asked for by: `demo`, `none` or a file's path.
    public let name: String
    let document: JSONObject
    /// How many users are generated besides.
    let population: Int

    /// `load:N`: so many generated users, with groups, in place of a document.
    ///
    /// - Throws: `EmulatorError.unknownSeed` for a number out of range.
    public init(load name: String) throws(EmulatorError) {
        guard name.hasPrefix(Seed.loadPrefix),
            let count = Int(name.dropFirst(Seed.loadPrefix.count)),
            (1...Limits.generatedUsers).contains(count)
        else { throw EmulatorError.unknownSeed(name) }
        self.name = name
        document = JSONObject()
        population = count
    }

    /// What the name of a generated seed begins with.
    public static let loadPrefix = "load:"

    /// One of the embedded seeds.
    ///
    /// - Throws: `EmulatorError.unknownSeed`.
    public init(named name: String) throws(EmulatorError) {
        guard Assets.names(in: "Tenants").contains(name) else {
            throw EmulatorError.unknownSeed(name)
        }
        try self.init(name: name, document: try Assets.json("Tenants/\(name).json"))
    }

    /// A seed from a document of the user's.
    ///
    /// - Throws: `EmulatorError.unreadableSeed` when it is no object or has an unknown member.
    public init(name: String, document: JSONValue) throws(EmulatorError) {
        guard let members = document.object else {
            throw EmulatorError.unreadableSeed(path: name, reason: "the document is no object")
        }
        for member in members.names where !Seed.memberNames.contains(member) {
            throw EmulatorError.unreadableSeed(path: name, reason: "unknown member '\(member)'")
        }
        self.name = name
        self.document = members
        population = 0
    }

    /// The names of the embedded seeds.
    public static var embedded: [String] { Assets.names(in: "Tenants") }

    private static let memberNames: Set<String> = [
        "tenant", "users", "groups", "applications", "servicePrincipals", "assignments", "secrets",
        "jobs", "directories", "faults", "clients", "signIns", "records",
    ]

    /// The elements of one of its lists, each with the path that errors name.
    func elements(_ list: String) throws(EmulatorError) -> [SeedElement] {
        guard let value = document[list], !value.isNull else { return [] }
        guard let elements = value.array else {
            throw EmulatorError.unreadableSeed(path: name, reason: "'\(list)' is no list")
        }
        var result: [SeedElement] = []
        for (index, element) in elements.enumerated() {
            guard let members = element.object else {
                throw EmulatorError.unreadableSeed(
                    path: name, reason: "'\(list)[\(index)]' is no object")
            }
            result.append(SeedElement(members: members, path: "\(list)[\(index)]", seed: name))
        }
        return result
    }
}

/// One object of a seed and where it stands.
struct SeedElement {
    let members: JSONObject
    let path: String
    let seed: String

    func failure(_ member: String, _ problem: String) -> EmulatorError {
        .unreadableSeed(path: seed, reason: "'\(path).\(member)' \(problem)")
    }

    func text(_ member: String) throws(EmulatorError) -> String {
        guard let text = members[member]?.string else { throw failure(member, "is missing") }
        return text
    }

    func guid(_ member: String) throws(EmulatorError) -> GUID {
        guard let id = GUID(parsing: try text(member)) else {
            throw failure(member, "is no GUID")
        }
        return id
    }

    func instantIfGiven(_ member: String) throws(EmulatorError) -> Timestamp? {
        guard let value = members[member], !value.isNull else { return nil }
        guard let instant = value.string.flatMap(Timestamp.init(parsing:)) else {
            throw failure(member, "is no instant")
        }
        return instant
    }

    func guidIfGiven(_ member: String) throws(EmulatorError) -> GUID? {
        guard let value = members[member], !value.isNull else { return nil }
        return try guid(member)
    }
}
