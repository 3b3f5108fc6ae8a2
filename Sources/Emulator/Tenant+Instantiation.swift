// Applications of the gallery, brought into the tenant.

public import Model
import Storage
import VirtualTime

/// What comes of an application template.
public struct ApplicationServicePrincipal: Sendable, Equatable {
    /// The application.
    public let application: DirectoryObject
    /// Its service principal.
    public let servicePrincipal: DirectoryObject
}

extension Tenant {
    /// Makes an application and its service principal from an application of the gallery.
    ///
    /// Follows "applicationTemplate: instantiate"; what they have at first is as captured.
    ///
    /// - Throws: `DirectoryError.applicationTemplateNotFound`; `.invalidValue` for a name that is
    ///   none.
    public func instantiate(
        template id: GUID, displayName: String
    ) throws -> ApplicationServicePrincipal {
        guard
            let template = gallery.applicationTemplates.first(where: {
                $0["id"]?.string.flatMap { GUID(parsing: $0) } == id
            })
        else { throw DirectoryError.applicationTemplateNotFound(id.description) }
        return try write { transaction in
            let scope = Tenant.impersonation(of: displayName, id: transaction.ids.next())
            let application = try createApplication(
                JSONObject([
                    ("displayName", .string(displayName)),
                    ("applicationTemplateId", .string(id.description)),
                    ("appRoles", .array(Tenant.galleryRoles(of: id))),
                    ("api", ["oauth2PermissionScopes": [scope]]),
                    ("web", ["homePageUrl": .string(homePage(of: template, id))]),
                    (
                        "info",
                        ["logoUrl": template["logoUrl"] ?? .null]
                    ),
                ]), as: .synchronization, in: &transaction)
            let principal = try createServicePrincipal(
                JSONObject([
                    ("appId", application.json["appId"] ?? .null),
                    ("appRoleAssignmentRequired", true),
                    ("tags", ["WindowsAzureActiveDirectoryIntegratedApp"]),
                ]), as: .synchronization, in: &transaction)
            return ApplicationServicePrincipal(
                application: application, servicePrincipal: principal)
        }
    }

    /// The template of cross-tenant synchronization, whose applications have no role `User`.
    private static let crossTenantTemplate = GUID(
        high: 0x518E_5F48_1FC8_4C48, low: 0x9387_9FDF_28B0_DFE7)

    private static func galleryRoles(of template: GUID) -> [JSONValue] {
        let user: JSONValue = role("18d14569-c3bd-439b-9a66-3a2aee01d14f", "User")
        let access: JSONValue = role("b9632174-c057-4f7e-951b-be3adc52bfe6", "msiam_access")
        return template == crossTenantTemplate ? [access] : [user, access]
    }

    private static func role(_ id: String, _ name: String) -> JSONValue {
        [
            "allowedMemberTypes": ["User"], "description": .string(name),
            "displayName": .string(name), "id": .string(id), "isEnabled": true,
            "origin": "Application", "value": .null,
        ]
    }

    private static func impersonation(of name: String, id: GUID) -> JSONValue {
        let consent = "Allow the application to access \(name) on "
        return [
            "adminConsentDescription": .string(consent + "behalf of the signed-in user."),
            "adminConsentDisplayName": .string("Access \(name)"),
            "id": .string(id.description), "isEnabled": true, "type": "User",
            "userConsentDescription": .string(consent + "your behalf."),
            "userConsentDisplayName": .string("Access \(name)"), "value": "user_impersonation",
        ]
    }

    /// The address of "My Apps", which names the template by its key.
    private func homePage(of template: JSONObject, _ id: GUID) -> String {
        let name = (template["displayName"]?.string ?? "").lowercased()
        let key =
            gallery.applicationKey(of: id)
            ?? String(name.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic })
        return "https://account.activedirectory.windowsazure.com:444/applications/default.aspx"
            + "?metadata=\(key)|ISV9.1|primary|z"
    }
}

extension Gallery {
    /// The key by which the gallery knows an application; nil when its templates do not tell.
    fileprivate func applicationKey(of id: GUID) -> String? {
        let owner = DirectoryObject(
            JSONObject([
                ("id", .string(id.description)), ("applicationTemplateId", .string(id.description)),
            ]))
        guard let owner else { return nil }
        let entries = templates(of: owner).flatMap { $0.json["metadata"]?.array ?? [] }
        return entries.compactMap(\.object).first {
            $0["key"]?.string?.lowercased() == "galleryapplicationkey"
        }?["value"]?.string
    }
}
