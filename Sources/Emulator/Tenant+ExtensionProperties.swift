// Commands on directory extension properties.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// Declares an extension property of an application.
    ///
    /// - Parameters:
    ///   - json: `name`, `dataType`, `targetObjects` and perhaps `isMultiValued`.
    ///   - key: the application.
    /// - Returns: the property, under its full name.
    /// - Throws: `DirectoryError` for what the directory refuses, `BodyError` for what does not fit
    ///   the metadata.
    public func createExtensionProperty(
        _ json: JSONObject, of key: DirectoryKey
    ) throws -> DirectoryObject {
        try write { transaction in
            let database = transaction.database
            let application = try database.require(.application, key)
            let checked = try checkedExtension(json)
            let name = ExtensionName.full(
                checked["name"]?.string ?? "", appID: application.appID ?? application.id)
            guard try database.extensionProperties.load(name: name) == nil else {
                throw DirectoryError.extensionExists(name)
            }
            let property = try Tenant.object(
                JSONObject([
                    ("id", .string(transaction.ids.next().description)),
                    ("deletedDateTime", .null),
                    ("appDisplayName", application.json["displayName"] ?? .null),
                    ("dataType", checked["dataType"] ?? .null),
                    ("isMultiValued", checked["isMultiValued"] ?? false),
                    ("isSyncedFromOnPremises", false), ("name", .string(name)),
                    ("targetObjects", checked["targetObjects"] ?? []),
                ]))
            try database.extensionProperties.insert(property, application: application.id)
            return property
        }
    }

    private func checkedExtension(_ json: JSONObject) throws -> JSONObject {
        let checked = try BodyNormalizer(catalog: gallery.types)
            .changes(json, as: "extensionProperty")
        for name in checked.names {
            let property = gallery.types.type("extensionProperty")?.property(name)
            guard property?.isReadOnly != true, name != "id" else {
                throw DirectoryError.readOnly(property: name)
            }
        }
        for name in ["name", "dataType", "targetObjects"] where checked[name] == nil {
            throw DirectoryError.valueRequired(property: name, resource: "ExtensionProperty")
        }
        let name = checked["name"]?.string ?? ""
        guard ExtensionName.isValid(name) else {
            throw DirectoryError.invalidExtensionName(name)
        }
        let type = checked["dataType"]?.string ?? ""
        guard ExtensionDeclaration.DataType(rawValue: type) != nil else {
            throw DirectoryError.invalidValue(property: "dataType", resource: "ExtensionProperty")
        }
        let targets = (checked["targetObjects"]?.array ?? []).compactMap(\.string)
        guard !targets.isEmpty, targets.allSatisfy(Tenant.extensibleTypes.contains) else {
            throw DirectoryError.invalidValue(
                property: "targetObjects", resource: "ExtensionProperty")
        }
        return checked
    }

    private static let extensibleTypes: Set<String> = [
        "User", "Group", "AdministrativeUnit", "Application", "Device", "Organization",
    ]

    /// Takes an extension property back; values that objects have of it stay, and can't be written.
    ///
    /// - Throws: `DirectoryError.notFound`.
    public func deleteExtensionProperty(_ id: GUID, of key: DirectoryKey) throws {
        try write { transaction in
            let application = try transaction.database.require(.application, key)
            let isFound = try transaction.database.extensionProperties.delete(
                id: id, application: application.id)
            guard isFound else { throw DirectoryError.notFound(id.description) }
        }
    }
}
