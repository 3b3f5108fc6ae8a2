// The body of a write to the directory, held against metadata, value rules and extensions.

import Model
import Storage

/// Checks what a write gives for one kind of object.
struct DirectoryBody {
    let kind: DirectoryKind
    let types: TypeCatalog
    let writer: DirectoryWriter
    let dropsUnknownMembers: Bool

    /// The members given, checked, in the order written.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for the rest.
    func checked(_ json: JSONObject, in database: Database) throws -> JSONObject {
        let normalizer = BodyNormalizer(catalog: types, dropsUnknownMembers: dropsUnknownMembers)
        let changes = try normalizer.changes(
            json, as: kind.rawValue, welcoming: ExtensionName.isExtension)
        for member in changes.members { try check(member) }
        try checkExtensions(changes, in: database)
        return changes
    }

    private func check(_ member: JSONObject.Member) throws(DirectoryError) {
        guard let property = types.type(kind.rawValue)?.property(member.name) else { return }
        let isServices = property.isReadOnly || property.name == "id"
        if property.isNavigation || isServices && writer == .caller {
            throw DirectoryError.readOnly(property: property.name)
        }
        for rule in ValueRule.all(of: kind) where rule.property == member.name {
            guard rule.allows(member.value) else {
                throw DirectoryError.invalidValue(
                    property: member.name, resource: kind.typeName)
            }
        }
    }

    private func checkExtensions(_ changes: JSONObject, in database: Database) throws {
        let given = changes.members.filter { ExtensionName.isExtension($0.name) }
        guard !given.isEmpty else { return }
        var unavailable: [String] = []
        for member in given {
            guard let declared = try database.extensionProperties.load(name: member.name),
                declared.targetObjects.contains(kind.typeName)
            else {
                unavailable.append(member.name)
                continue
            }
            guard declared.allows(member.value) else {
                throw DirectoryError.invalidExtensionValue(property: member.name)
            }
        }
        guard unavailable.isEmpty else {
            throw DirectoryError.extensionsNotAvailable(unavailable)
        }
    }

    /// Refuses a new object that lacks one of these properties.
    func require(_ names: [String], in json: JSONObject) throws(DirectoryError) {
        for name in names where json[name]?.isNull != false {
            throw DirectoryError.valueRequired(property: name, resource: kind.typeName)
        }
    }
}

extension JSONObject {
    /// Writes changes over members; members of complex values are changed one by one.
    mutating func apply(_ changes: JSONObject) {
        for member in changes.members {
            guard var known = self[member.name]?.object, let given = member.value.object else {
                self[member.name] = member.value
                continue
            }
            known.apply(given)
            self[member.name] = .object(known)
        }
    }
}
