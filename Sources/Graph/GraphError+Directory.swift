// The catalogue's part of the directory: what writes to users, groups and applications are refused with.

import Emulator

extension GraphError {
    /// The words for what the directory refuses.
    init(directory error: DirectoryError) {
        self =
            switch error {
            case .notFound(let id), .notDeleted(let id): .resourceNotFound(id)
            case .invalidIdentifier(let id): .invalidID(id)
            case .valueRequired(let property, let resource):
                .directory(
                    "A value is required for property '\(property)' of resource '\(resource)'.")
            case .invalidValue(let property, let resource):
                .invalidValue(property, of: resource)
            case .invalidUserPrincipalName:
                .invalidProperty(
                    "userPrincipalName", "Property userPrincipalName is invalid.")
            case .unverifiedDomain:
                .invalidProperty(
                    "userPrincipalName",
                    "The domain portion of the userPrincipalName property is invalid. You must "
                        + "use one of the verified domain names in your organization.")
            case .weakPassword:
                .directory(
                    "The specified password does not comply with password complexity "
                        + "requirements. Please provide a different password.")
            case .readOnly(let property), .immutable(let property):
                .directory("Property '\(property)' is read-only and cannot be set.")
            case .valueTaken(let property): .valueTaken(property)
            case .extensionsNotAvailable(let names):
                .directory(
                    "The following extension properties are not available: "
                        + names.joined(separator: ",") + ".")
            case .invalidExtensionValue(let property): .invalidValue(property, of: "User")
            case .synchronizedFromOnPremises:
                .directory(
                    "Unable to update the specified properties for on-premises mastered Directory "
                        + "Sync objects or objects currently undergoing migration.")
            default: GraphError(reference: error)
            }
    }

    /// The words for refusals of references, roles and credentials.
    private init(reference error: DirectoryError) {
        self =
            switch error {
            case .mailEnabledGroup:
                .directory(
                    "The service does not currently support writes of mail-enabled groups. Please "
                        + "ensure that the mail-enablement property is unset and the "
                        + "security-enablement property is set.")
            case .referenceExists(let property):
                .directory(
                    "One or more added object references already exist for the following modified "
                        + "properties: '\(property)'.")
            case .invalidReference(let property): .invalidReference(property)
            case .tooManyReferences(_, let limit): .tooManyReferences(limit)
            case .noBackingApplication(let id):
                GraphError(
                    400, "NoBackingApplicationObject",
                    "The appId '\(id)' of the service principal does not reference a valid "
                        + "application object.")
            case .servicePrincipalNameInUse(let name):
                GraphError(
                    409, "Request_MultipleObjectsWithSameKeyValue",
                    "The service principal cannot be created, updated, or restored because the "
                        + "service principal name \(name) is already in use.")
            case .duplicateEntitlement(let property, let value):
                .duplicateEntitlement(property, value)
            case .enabledEntitlement:
                GraphError(
                    400, "CannotDeleteOrUpdateEnabledEntitlement",
                    "Permission (scope or role) cannot be deleted or updated unless disabled "
                        + "first.")
            case .assignmentExists:
                .directory("Permission being assigned already exists on the object")
            case .roleNotFound:
                .directory("Permission being assigned was not found on application")
            case .invalidAssignment: .directory("Not a valid reference update.")
            case .assignmentNotFound:
                GraphError(
                    404, "Request_ResourceNotFound",
                    "EntitlementGrant being updated or deleted is not found.")
            case .credentialsFromCaller: .credentialsFromCaller
            case .credentialNotFound(let key): .credentialNotFound(key)
            case .applicationTemplateNotFound(let id): .resourceNotFound(id)
            case .extensionExists(let name):
                .directory("An extension property exists with the name \(name).")
            case .invalidExtensionName(let name): .invalidExtensionName(name)
            default: .internalFailure("\(error)")
            }
    }

    private static func directory(_ message: String) -> GraphError {
        GraphError(400, "Request_BadRequest", message)
    }

    private static func invalidProperty(_ property: String, _ message: String) -> GraphError {
        GraphError(
            400, "Request_BadRequest", message,
            details: [Detail(code: "InvalidValue", message: message, target: property)])
    }

    private static func invalidValue(_ property: String, of resource: String) -> GraphError {
        invalidProperty(
            property,
            "Invalid value specified for property '\(property)' of resource '\(resource)'.")
    }

    private static func valueTaken(_ property: String) -> GraphError {
        let message = "Another object with the same value for property \(property) already exists."
        return GraphError(
            400, "Request_BadRequest", message,
            details: [Detail(code: "ObjectConflict", message: message, target: property)])
    }

    /// Unverified: the words for a reference to an object that has no place there.
    private static func invalidReference(_ property: String) -> GraphError {
        directory("The object can't be added to the property '\(property)'.")
    }

    /// Unverified: the words for more references in one request than the documented twenty.
    private static func tooManyReferences(_ limit: Int) -> GraphError {
        directory("The number of references in the request exceeds the limit of \(limit).")
    }

    /// Unverified: the words for two roles or scopes of one identifier or value.
    private static func duplicateEntitlement(_ property: String, _ value: String) -> GraphError {
        let message =
            "Property \(property) contains the duplicate value '\(value)'. Please provide a "
            + "unique value."
        return GraphError(
            400, "Request_BadRequest", message,
            details: [Detail(code: "DuplicateValue", message: message, target: property)])
    }

    /// Unverified: the code for a password credential that the caller made up.
    private static let credentialsFromCaller = GraphError(
        400, "Request_BadRequest",
        "New password credentials must be generated with service generated values.")

    /// Unverified: the words for a credential that is not there.
    private static func credentialNotFound(_ key: String) -> GraphError {
        directory("No password credential found with keyId '\(key)'.")
    }

    /// Unverified: the words for a name that is none.
    private static func invalidExtensionName(_ name: String) -> GraphError {
        directory(
            "Extension property name '\(name)' is invalid: it begins with a letter and holds "
                + "letters, digits and '_' only.")
    }

    /// Unverified: the words for a reference that is no address of an object.
    static func invalidReferenceURL(_ text: String) -> GraphError {
        directory("Invalid URL format specified in @odata.id or @odata.bind: '\(text)'.")
    }

    /// Follows "directoryObject: validateProperties".
    static func propertyConflict(_ property: String) -> GraphError {
        let message = "Another object with the same value for property \(property) already exists."
        return GraphError(
            422, "Request_UnprocessableEntity", message,
            details: [Detail(code: "PropertyConflict", message: message, target: property)])
    }
}
