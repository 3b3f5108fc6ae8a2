// App roles and permission scopes: what an application lets others be and do.

import Model

/// The roles of an application or service principal with the scopes of its API.
///
/// Follows "Add app roles to your application": identifiers and values are unique among them, and what
/// is enabled can't be removed or get another value before it is disabled.
struct Entitlements {
    private let entries: [JSONObject]

    /// The entitlements of an application or a service principal.
    init(_ json: JSONObject) {
        let scopes =
            json["api"]?.object?["oauth2PermissionScopes"] ?? json["oauth2PermissionScopes"]
        entries = ((json["appRoles"]?.array ?? []) + (scopes?.array ?? [])).compactMap(\.object)
    }

    /// Refuses entitlements that share an identifier or a value, or have none.
    func check() throws(DirectoryError) {
        var ids: Set<String> = []
        var values: Set<String> = []
        for entry in entries {
            let id = entry["id"]?.string?.lowercased() ?? ""
            guard let guid = GUID(parsing: id), guid != .zero else {
                throw DirectoryError.invalidValue(property: "id", resource: "AppRole")
            }
            guard ids.insert(id).inserted else {
                throw DirectoryError.duplicateEntitlement(property: "id", value: id)
            }
            guard let value = entry["value"]?.string, !value.isEmpty else { continue }
            guard value.count <= 120, !value.contains(" ") else {
                throw DirectoryError.invalidValue(property: "value", resource: "AppRole")
            }
            guard values.insert(value).inserted else {
                throw DirectoryError.duplicateEntitlement(property: "value", value: value)
            }
        }
    }

    /// Refuses a change that takes an enabled entitlement away or gives it another value.
    func checkChange(to later: Entitlements) throws(DirectoryError) {
        for entry in entries where entry["isEnabled"]?.bool == true {
            let kept = later.entries.first { $0["id"] == entry["id"] }
            guard let kept else { throw DirectoryError.enabledEntitlement }
            guard kept["isEnabled"]?.bool == false || kept["value"] == entry["value"] else {
                throw DirectoryError.enabledEntitlement
            }
        }
    }

    /// The identifiers that a later set lacks.
    func removed(in later: Entitlements) -> [GUID] {
        entries.filter { entry in !later.entries.contains { $0["id"] == entry["id"] } }
            .compactMap { $0["id"]?.string.flatMap { GUID(parsing: $0) } }
    }
}
