// What the tenant's directory refuses, in the words of the provisioning log.

import Model
import Provisioning

extension TargetFailure {
    /// The failure of one object, from what a command threw.
    ///
    /// Unverified: the codes but those of names, of on-premises objects and of missing values.
    init(_ error: any Error) {
        let (code, message): (String, String)
        switch error {
        case let failure as TargetFailure:
            self = failure
            return
        case let error as BodyError:
            (code, message) = (
                "AttributeValidationFailed", "The value of \(error.path) is invalid."
            )
        case let error as DirectoryError: (code, message) = TargetFailure.words(error)
        default: (code, message) = ("InternalError", "The directory failed.")
        }
        self.init(.entry, code: code, message: message)
    }

    private static func words(_ error: DirectoryError) -> (String, String) {
        switch error {
        case .invalidUserPrincipalName:
            (
                "AzureActiveDirectoryInvalidUserPrincipalName",
                "Property userPrincipalName is invalid."
            )
        case .unverifiedDomain:
            (
                "AzureActiveDirectoryInvalidUserPrincipalName",
                "The domain portion of the userPrincipalName property is invalid. You must use one "
                    + "of the verified domain names in your organization."
            )
        case .valueTaken(let property):
            (
                "EntryConflict",
                "Another object with the same value for property \(property) already exists."
            )
        case .synchronizedFromOnPremises:
            (
                "AzureActiveDirectoryCannotUpdateObjectsMasteredOnPremises",
                "Unable to update the specified properties for on-premises mastered Directory Sync "
                    + "objects or objects currently undergoing migration."
            )
        case .valueRequired(let property, let resource):
            (
                "MandatoryFieldsMissing",
                "A value is required for property \(property) of resource \(resource)."
            )
        case .invalidValue(let property, let resource):
            (
                "AttributeValidationFailed",
                "Invalid value specified for property \(property) of resource \(resource)."
            )
        case .extensionsNotAvailable(let names):
            (
                "SchemaAttributeNotFound",
                "The attributes are not in the directory: \(names.joined(separator: ", "))."
            )
        case .weakPassword:
            (
                "AttributeValidationFailed",
                "The specified password does not comply with password complexity requirements."
            )
        case .notFound(let id): ("InvalidAnchor", "Resource '\(id)' does not exist.")
        default: ("AttributeValidationFailed", "The directory refused the change: \(error).")
        }
    }
}
