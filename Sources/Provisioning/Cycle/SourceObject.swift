// An object of the source, as a cycle reads it.

public import Expressions

/// A user, group or worker with everything that deciding about it needs.
public struct SourceObject: Sendable {
    /// How the cycle came to see it.
    public enum Arrival: Sendable {
        /// All objects are read, or it is new.
        case added
        /// It changed, or has to be tried again.
        case updated
        /// It was asked for.
        case demanded
    }

    /// What assigns it to the application.
    public enum Assignment: Sendable, Equatable {
        /// Nothing has to: the job takes everything.
        case everything
        /// Roles of assignments, its own and those of its groups.
        case roles([AppRole])
        /// Nothing does.
        case none
    }

    /// The type's name in the schema.
    public var type: String
    /// The object's identifier in the source.
    public var anchor: String
    /// The name that people know it by.
    public var displayName: String
    /// The user principal name, or what the source knows like that.
    public var principalName: String?
    /// The attributes that the mapping reads; absent ones are null.
    public var attributes: [String: ExpressionValue]
    /// Whether it is enabled in the source and not deleted.
    public var isActive: Bool
    /// What assigns it.
    public var assignment: Assignment
    /// How the cycle came to see it.
    public var arrival: Arrival

    /// Makes an object.
    public init(
        type: String, anchor: String, displayName: String, principalName: String? = nil,
        attributes: [String: ExpressionValue], isActive: Bool = true,
        assignment: Assignment = .everything, arrival: Arrival = .added
    ) {
        self.type = type
        self.anchor = anchor
        self.displayName = displayName
        self.principalName = principalName
        self.attributes = attributes
        self.isActive = isActive
        self.assignment = assignment
        self.arrival = arrival
    }

    /// An object of which no more is left than its link.
    init(_ connection: ObjectConnection) {
        self.init(
            type: connection.objectType, anchor: connection.sourceAnchor,
            displayName: connection.displayName, attributes: [:], isActive: false,
            assignment: .none)
    }
}

/// The link between an object of the source and one of the target.
public struct ObjectConnection: Sendable, Equatable {
    /// The type of the source object.
    public var objectType: String
    /// The source object's identifier.
    public var sourceAnchor: String
    /// The type of the target object, as the schema names it.
    public var targetType: String
    /// The target object's identifier.
    public var targetAnchor: String
    /// The source object's name.
    public var displayName: String
    /// Whether deletions of the source still reach the target.
    public var isManaged: Bool
    /// What was written last of attributes that the target never shows, by name.
    public var exported: [String: String]

    /// Makes a connection.
    public init(
        objectType: String, sourceAnchor: String, targetType: String, targetAnchor: String,
        displayName: String, isManaged: Bool = true, exported: [String: String] = [:]
    ) {
        self.objectType = objectType
        self.sourceAnchor = sourceAnchor
        self.targetType = targetType
        self.targetAnchor = targetAnchor
        self.displayName = displayName
        self.isManaged = isManaged
        self.exported = exported
    }
}
