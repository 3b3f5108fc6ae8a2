// Users and groups out of a number, for work at scale.

import Model
import Storage
import VirtualTime

/// The seed `load:N`: N users and a group for every hundred of them, the same each time.
///
/// User 7 is `user7@load.contoso.com`; group 0 has the first hundred users, and so on.
struct GeneratedPopulation {
    let count: Int
    private var ids = IDGenerator(seed: 0x10AD)

    init(count: Int) { self.count = count }

    private static let usersOfGroup = 100
    private static let givenNames = [
        "Ada", "Bea", "Cem", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jon", "Kaya", "Lena",
        "Mats", "Nora", "Otto", "Pia", "Quin", "Rosa", "Sven", "Tara", "Uwe", "Vera", "Wim",
    ]
    private static let surnames = [
        "Abel", "Berg", "Clark", "Diaz", "Evers", "Fox", "Grant", "Haas", "Ivers", "Jansen",
        "Kowal", "Lund", "Moreau", "Nagy", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Toth",
    ]
    private static let departments = [
        "Engineering", "Finance", "Human Resources", "IT", "Legal", "Marketing", "Operations",
        "Sales", "Support",
    ]
    private static let cities = ["Antwerp", "Bergen", "Cork", "Denver", "Espoo", "Fukuoka"]

    /// Adds the users and groups.
    ///
    /// - Throws: `StorageError.statement` when a name of theirs is taken.
    mutating func load(into transaction: Transaction) throws {
        let created = transaction.now.description
        var group = GUID.zero
        for number in 0..<count {
            if number % GeneratedPopulation.usersOfGroup == 0 {
                group = ids.next()
                try addGroup(
                    group, number / GeneratedPopulation.usersOfGroup, created, transaction)
            }
            let id = ids.next()
            if let user = user(id, number, created) {
                try transaction.database.users.insert(user)
                try transaction.database.links.insert(from: group, .member, to: id)
            }
        }
    }

    private func addGroup(
        _ id: GUID, _ number: Int, _ created: String, _ transaction: Transaction
    ) throws {
        let group = DirectoryObject(
            JSONObject([
                ("id", .string(id.description)), ("displayName", .string("Load Group \(number)")),
                ("mailNickname", .string("load-group-\(number)")), ("mailEnabled", false),
                ("securityEnabled", true), ("groupTypes", []),
                ("createdDateTime", .string(created)),
            ]))
        if let group { try transaction.database.groups.insert(group) }
    }

    private func user(_ id: GUID, _ number: Int, _ created: String) -> DirectoryObject? {
        func pick(_ names: [String], _ step: Int) -> String { names[number / step % names.count] }
        let given = pick(GeneratedPopulation.givenNames, 1)
        let surname = pick(GeneratedPopulation.surnames, GeneratedPopulation.givenNames.count)
        let name = "user\(number)"
        return DirectoryObject(
            JSONObject([
                ("id", .string(id.description)), ("accountEnabled", .bool(number % 20 != 19)),
                ("displayName", .string("\(given) \(surname) \(number)")),
                ("givenName", .string(given)), ("surname", .string(surname)),
                ("userPrincipalName", .string(name + "@load.contoso.com")),
                ("mail", .string(name + "@load.contoso.com")), ("mailNickname", .string(name)),
                ("department", .string(pick(GeneratedPopulation.departments, 1))),
                ("city", .string(pick(GeneratedPopulation.cities, 1))),
                ("employeeId", .string(String(100_000 + number))), ("userType", "Member"),
                ("createdDateTime", .string(created)),
            ]))
    }
}
