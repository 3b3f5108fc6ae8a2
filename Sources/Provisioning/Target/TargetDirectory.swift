// The directory that a job writes to, as a cycle sees it.

public import Expressions

/// A directory that objects are provisioned into: an application behind SCIM, or the tenant itself.
///
/// Every call may wait for a network, so none is made while a tenant's lock is held, unless the
/// directory lies in the tenant's own database.
public protocol TargetDirectory {
    /// Asks whether the target answers and takes the job's credentials.
    ///
    /// - Throws: `TargetFailure` of kind `credentials`, `contract` or `unreachable`.
    func probe() throws(TargetFailure)

    /// What makes requests ready before the target is asked; nil where nothing is to be made ready.
    func preparation(_ type: TargetType) -> TargetPreparation?

    /// The objects whose attribute has a value; more than one is for the caller to refuse.
    ///
    /// `prepared` is the request for it, where the target's `preparation` made it before.
    func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String,
        prepared: PreparedRequest?
    ) throws(TargetFailure) -> [TargetObject]

    /// An object by its identifier; nil when the target has none of it any more.
    func load(_ type: TargetType, id: String) throws(TargetFailure) -> TargetObject?

    /// Makes an object; `prepared` is as in `find`.
    ///
    /// - Returns: the object with the identifier that the target gave it.
    func create(
        _ type: TargetType, _ values: [TargetChange], prepared: PreparedRequest?
    ) throws(TargetFailure) -> TargetObject

    /// Changes attributes of an object, references and members included.
    func update(
        _ type: TargetType, id: String, _ changes: [TargetChange]
    ) throws(TargetFailure)

    /// Deletes an object; one that is gone already counts as deleted.
    func delete(_ type: TargetType, id: String) throws(TargetFailure)

    /// Whether a reference of an object points to another object of the target.
    func refers(
        _ type: TargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) throws(TargetFailure) -> Bool

    /// What tells `SelectUniqueValue` whether a value of an attribute is taken; nil where it is not
    /// supported.
    func takenValues(
        _ type: TargetType, _ attribute: TargetAttribute
    ) -> (@Sendable (String) -> Bool)?
}

extension TargetDirectory {
    /// Most directories have no requests.
    public func preparation(_ type: TargetType) -> TargetPreparation? { nil }

    /// The objects whose attribute has a value.
    public func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String
    ) throws(TargetFailure) -> [TargetObject] {
        try find(type, where: attribute, is: value, prepared: nil)
    }

    /// Makes an object.
    public func create(
        _ type: TargetType, _ values: [TargetChange]
    ) throws(TargetFailure) -> TargetObject {
        try create(type, values, prepared: nil)
    }

    /// Only directories that Workday, SuccessFactors and the inbound API write to know it.
    public func takenValues(
        _ type: TargetType, _ attribute: TargetAttribute
    ) -> (@Sendable (String) -> Bool)? { nil }
}

/// A type of object in the target, with the attributes that the mapping can touch.
public struct TargetType: Sendable, Hashable {
    /// The type's name in the schema, such as `urn:ietf:params:scim:schemas:core:2.0:Group`.
    public let name: String
    /// The attributes that the mapping writes or matches by, in the mapping's order.
    public let attributes: [TargetAttribute]

    /// Makes a type.
    public init(name: String, attributes: [TargetAttribute]) {
        self.name = name
        self.attributes = attributes
    }
}

/// An attribute of a target object, as the schema defines it and the mapping writes it.
public struct TargetAttribute: Sendable, Hashable {
    /// What kind of values it has (`attributeType`).
    public enum Kind: String, Sendable {
        case string = "String"
        case integer = "Integer"
        case reference = "Reference"
        case binary = "Binary"
        case boolean = "Boolean"
        case dateTime = "DateTime"
    }

    /// How the role functions want their result written; each has a form of its own.
    public enum RoleForm: String, Sendable {
        case single = "SingleAppRoleAssignment"
        case complex = "AppRoleAssignmentsComplex"
        case assertive = "AssertiveAppRoleAssignmentsComplex"
    }

    /// The name in the schema, such as `emails[type eq "work"].value`.
    public let name: String
    /// What kind of values it has.
    public let kind: Kind
    /// Whether it has several values.
    public let isMultivalued: Bool
    /// Whether a change of case alone is a change.
    public let isCaseExact: Bool
    /// How roles are written; nil for what no role function fills.
    public let roleForm: RoleForm?

    /// Makes an attribute.
    public init(
        name: String, kind: Kind = .string, isMultivalued: Bool = false,
        isCaseExact: Bool = false, roleForm: RoleForm? = nil
    ) {
        self.name = name
        self.kind = kind
        self.isMultivalued = isMultivalued
        self.isCaseExact = isCaseExact
        self.roleForm = roleForm
    }
}

/// An object as the target holds it.
public struct TargetObject: Sendable, Equatable {
    /// The target's identifier, the object's target anchor.
    public let id: String
    /// The values of the mapping's attributes that the target gave; absent ones are not in it.
    public let values: [String: ExpressionValue]

    /// Makes an object.
    public init(id: String, values: [String: ExpressionValue] = [:]) {
        self.id = id
        self.values = values
    }
}

/// One attribute to be written.
public struct TargetChange: Sendable, Equatable {
    /// What is done to the attribute.
    public enum Operation: Sendable {
        /// It had no value, or gets more values.
        case add
        /// It had another value.
        case replace
        /// It loses these values, or all when none are given.
        case remove
    }

    /// The attribute.
    public let attribute: TargetAttribute
    /// What is done to it.
    public let operation: Operation
    /// The value; references are identifiers of the target.
    public let value: ExpressionValue
    /// The JSON text of the role that the value names; nil for what is no single role.
    public var role: String?

    /// Makes a change.
    public init(_ attribute: TargetAttribute, _ operation: Operation, _ value: ExpressionValue) {
        self.attribute = attribute
        self.operation = operation
        self.value = value
    }
}
