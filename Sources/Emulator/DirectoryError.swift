// What the tenant's directory refuses, as facts; the faces give them words.

/// Why a change of the directory was not carried out.
public enum DirectoryError: Error, Sendable, Equatable {
    /// No object of this identifier or name is there.
    case notFound(String)
    /// Something that should name an object is no identifier.
    case invalidIdentifier(String)
    /// A new object lacks a property that it can't be without.
    case valueRequired(property: String, resource: String)
    /// A value that its property can't take.
    case invalidValue(property: String, resource: String)
    /// A user principal name that is none.
    case invalidUserPrincipalName
    /// The domain of a user principal name is none of the tenant's.
    case unverifiedDomain
    /// The password is too short or too plain.
    case weakPassword
    /// A property that only the service writes.
    case readOnly(property: String)
    /// A property that can't change once it is written.
    case immutable(property: String)
    /// Another object has the value already.
    case valueTaken(property: String)
    /// Extension properties that no application declares for this kind of object.
    case extensionsNotAvailable([String])
    /// A value that does not fit its extension property's type.
    case invalidExtensionValue(property: String)
    /// A property that the on-premises directory owns.
    case synchronizedFromOnPremises
    /// A group that is neither a security group nor a Microsoft 365 group.
    case mailEnabledGroup
    /// The reference is there already.
    case referenceExists(property: String)
    /// The reference can't be: an object of that kind has no place there.
    case invalidReference(property: String)
    /// More references than one request may add.
    case tooManyReferences(count: Int, limit: Int)
    /// No application of the tenant has this `appId`.
    case noBackingApplication(String)
    /// The application has a service principal already.
    case servicePrincipalNameInUse(String)
    /// Two roles or scopes share an identifier or a value.
    case duplicateEntitlement(property: String, value: String)
    /// A role or scope that is enabled can't go.
    case enabledEntitlement
    /// The assignment is there already.
    case assignmentExists
    /// The service principal declares no such role.
    case roleNotFound
    /// Resource, principal and path of an assignment do not fit together.
    case invalidAssignment
    /// No assignment of this identifier is there.
    case assignmentNotFound
    /// A secret that the caller made up.
    case credentialsFromCaller
    /// No credential of this key is there.
    case credentialNotFound(String)
    /// No application of the gallery has this identifier.
    case applicationTemplateNotFound(String)
    /// The application declares an extension property of this name already.
    case extensionExists(String)
    /// An extension property's name is no name.
    case invalidExtensionName(String)
    /// The object is not deleted, so that there is nothing to restore.
    case notDeleted(String)
}
