// A type of the target as a SCIM endpoint serves it, its attribute names taken apart once.

public import Model

/// A target type, prepared for requests: where its resources lie and what its names mean in them.
public struct SCIMTargetType: Sendable {
    /// The type that this was made from.
    public let type: TargetType
    /// `User`, `Group`, or the last part of another type's name.
    public let name: String
    /// Where its resources lie below the endpoint's base: `/Users`.
    public let path: String
    /// The type's attributes, in the mapping's order.
    public let attributes: [SCIMAttribute]
    /// The URNs that a new resource lists.
    public let schemas: [JSONValue]

    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    /// Prepares a type.
    public init(_ type: TargetType) {
        self.type = type
        let last = type.name.split(separator: ":").last.map(String.init) ?? type.name
        let known = ["User", "Group"].first { $0.lowercased() == last.lowercased() }
        name = known ?? last
        path = "/" + SCIMRequest.encode(name, blanksAsPlus: false) + "s"
        attributes = type.attributes.map(SCIMAttribute.init)
        // The service lists the enterprise extension for users whose mapping knows it, and never the
        // URN of a custom extension.
        let usesEnterprise =
            type.name.isSameSCIMName(as: SCIMTargetType.enterprise)
            || attributes.contains {
                $0.path.attribute.schema?.isSameSCIMName(as: SCIMTargetType.enterprise) == true
            }
        schemas =
            [.string("urn:ietf:params:scim:schemas:core:2.0:" + name)]
            + (usesEnterprise ? [.string(SCIMTargetType.enterprise)] : [])
    }

    /// Whether its resources are groups.
    public var isGroup: Bool { name == "Group" }

    func path(_ id: String) -> String {
        path + "/" + SCIMRequest.encode(id, blanksAsPlus: false)
    }

    /// The prepared form of one of the type's attributes, or of another one.
    func attribute(_ attribute: TargetAttribute) -> SCIMAttribute {
        var place = 0
        return self.attribute(attribute, from: &place)
    }

    /// The same for several attributes, most of which come in the type's order: the search begins at a
    /// place, which is behind what was found afterwards.
    func attribute(_ attribute: TargetAttribute, from place: inout Int) -> SCIMAttribute {
        for index in [place..<attributes.count, 0..<place].joined()
        where attributes[index].target.name == attribute.name {
            place = index + 1
            return attributes[index]
        }
        return SCIMAttribute(attribute)
    }
}

/// An attribute of a target type, its name taken apart.
///
/// A class, because it is looked up for each value; it never changes.
public final class SCIMAttribute: Sendable {
    /// The attribute as the schema defines it.
    public let target: TargetAttribute
    /// The place in a resource that its name means.
    public let path: SCIMPath

    /// Takes an attribute's name apart; one that is no path stands for a member of that name.
    init(_ target: TargetAttribute) {
        self.target = target
        do throws(SCIMSyntaxError) {
            path = try SCIMPath(parsing: target.name)
        } catch {
            path = SCIMPath(attribute: SCIMAttributePath(name: target.name))
        }
    }

    /// Whether the name picks an element: `emails[type eq "work"].value`.
    var isValuePath: Bool { path.condition != nil }

    /// Whether it is one of the attributes that hold roles.
    var isRoles: Bool {
        path.attribute.schema == nil && path.attribute.name.isSameSCIMName(as: "roles")
    }

    /// Whether its value is an identifier of another object.
    var isReference: Bool {
        target.kind == .reference
            || (path.attribute.schema == nil && path.attribute.subAttribute == nil
                && path.attribute.name.isSameSCIMName(as: "members"))
    }

    /// Whether it has several values: a reference of a group always has.
    var isMultivalued: Bool {
        target.isMultivalued
            || (isReference && path.attribute.name.isSameSCIMName(as: "members"))
    }

    /// Whether it can join others in one operation without a path.
    var isSimple: Bool { !isValuePath && !isReference && !isMultivalued && !isRoles }
}
