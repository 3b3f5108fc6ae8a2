// Where the tenant's objects keep what synchronization calls by names of its own.

import Expressions
import Model
import Provisioning

/// The place of one target attribute in Graph's JSON; the inverse of `TenantAttribute`.
struct TenantProperty {
    /// The members that lead to the value.
    let path: [String]
    /// Whether the property is a list of which the attribute is the first.
    let isFirstOfList: Bool
    /// Whether Graph shows it; else it is kept beside the object.
    let isShown: Bool

    /// Finds the place.
    init(_ name: String, of kind: DirectoryKind, _ types: TypeCatalog) {
        switch name {
        case "objectId": path = ["id"]
        case "mobile": path = ["mobilePhone"]
        case "facsimileTelephoneNumber": path = ["faxNumber"]
        case "physicalDeliveryOfficeName": path = ["officeLocation"]
        case "telephoneNumber": path = ["businessPhones"]
        case "dirSyncEnabled": path = ["onPremisesSyncEnabled"]
        case "sourceAnchorBinary": path = ["onPremisesImmutableId"]
        case _ where name.hasPrefix("extensionAttribute"):
            path = ["onPremisesExtensionAttributes", name]
        case _ where ExtensionName.isExtension(name): path = [name]
        default: path = name.split(separator: ".").map(String.init)
        }
        isFirstOfList = name == "telephoneNumber"
        let head = path.first ?? name
        isShown =
            ExtensionName.isExtension(head)
            || types.type(kind.rawValue)?.property(head) != nil
    }

    /// A value as Graph's JSON has it.
    func json(_ change: TargetChange) -> JSONValue {
        let texts = change.value.texts
        guard change.operation != .remove, !change.value.isNull, let first = texts.first else {
            return isFirstOfList || change.attribute.isMultivalued ? [] : .null
        }
        if isFirstOfList { return [.string(first)] }
        if change.attribute.isMultivalued { return .array(texts.map(JSONValue.string)) }
        switch change.attribute.kind {
        case .boolean where first.lowercased() == "true": return true
        case .boolean where first.lowercased() == "false": return false
        case .integer:
            if let number = Int64(first) { return .integer(number) }
            return .string(first)
        case .dateTime:
            // Any form of a date that expressions read; the directory keeps UTC.
            guard let date = DateTime(parsing: first) else { return .string(first) }
            return .string(Timestamp(ticks: date.ticks).description)
        default: break
        }
        // A country's letters are upper case, whatever the source has.
        return .string(path == ["usageLocation"] ? first.uppercased() : first)
    }
}

extension JSONObject {
    /// Writes a value at the end of a path, making the objects on the way.
    mutating func set(_ value: JSONValue, at path: ArraySlice<String>) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            self[name] = value
            return
        }
        var inner = self[name]?.object ?? JSONObject()
        inner.set(value, at: path.dropFirst())
        self[name] = .object(inner)
    }
}
