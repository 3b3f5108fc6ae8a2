// A body that changes an object: what it gives is checked, what it leaves out stays as it was.

extension BodyNormalizer {
    /// The members that a body gives, in the order written, each checked against its type.
    ///
    /// Nothing is filled in but the elements of collections, which are whole values. Annotations are
    /// dropped. Undeclared members are refused, also on open types, but for those that the caller
    /// vouches for.
    ///
    /// - Throws: `BodyError` for the first member that does not fit.
    public func changes(
        _ body: JSONObject, as typeName: String,
        welcoming isWelcome: (String) -> Bool = { _ in false }
    ) throws(BodyError) -> JSONObject {
        guard let type = catalog.type(typeName) else {
            throw BodyError(reason: .unknownProperty(type: typeName), path: "")
        }
        guard
            BodyNormalizer.count(.object(body), upTo: Limits.bodyElements) <= Limits.bodyElements
        else {
            throw BodyError(reason: .tooManyElements(limit: Limits.bodyElements), path: "")
        }
        return try changes(body, type, path: "", welcoming: isWelcome)
    }

    private func changes(
        _ body: JSONObject, _ type: StructuredType, path: String,
        welcoming isWelcome: (String) -> Bool
    ) throws(BodyError) -> JSONObject {
        var result = JSONObject()
        for member in body.members where !member.name.contains("@") {
            let place = join(path, member.name)
            guard let property = type.property(member.name) else {
                if isWelcome(member.name) {
                    result[member.name] = member.value
                } else if !dropsUnknownMembers {
                    throw BodyError(reason: .unknownProperty(type: type.name), path: place)
                }
                continue
            }
            result[member.name] = try change(member.value, of: property, path: place)
        }
        return result
    }

    private func change(
        _ value: JSONValue, of property: TypeProperty, path: String
    ) throws(BodyError) -> JSONValue {
        if property.isCollection {
            guard let elements = value.array else {
                guard !value.isNull else {
                    throw BodyError(
                        reason: .nullNotAllowed(expected: "Collection(\(property.typeName))"),
                        path: path)
                }
                throw wrongType(value, "Collection(\(property.typeName))", path)
            }
            var checked: [JSONValue] = []
            for (index, element) in elements.enumerated() {
                checked.append(try single(element, of: property, path: "\(path)[\(index)]"))
            }
            return .array(checked)
        }
        if value.isNull {
            guard property.isNullable else {
                throw BodyError(
                    reason: .nullNotAllowed(expected: property.typeName), path: path)
            }
            return .null
        }
        if case .structured(let name) = property.kind, let type = catalog.type(name) {
            guard let members = value.object else {
                throw wrongType(value, property.typeName, path)
            }
            return .object(try changes(members, type, path: path, welcoming: { _ in type.isOpen }))
        }
        return try single(value, of: property, path: path)
    }
}
