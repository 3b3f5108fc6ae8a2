// A schema as a client sends it, made into a schema as the service gives it.

extension SynchronizationSchema {
    /// Checks a document against the metadata and fills in what a client may leave out.
    ///
    /// Beside the defaults of the metadata, a source without `expression` gets the one that its name
    /// means: `[name]` for an attribute, `"name"` for a constant. A `null` stays where it was given.
    ///
    /// - Parameters:
    ///   - document: the body of a schema write.
    ///   - types: the metadata.
    ///   - dropsUnknownMembers: whether unknown members are dropped instead of refused.
    /// - Throws: `BodyError` for the first member that does not fit.
    public init(
        completing document: JSONValue, by types: TypeCatalog, dropsUnknownMembers: Bool = false
    ) throws(BodyError) {
        let normalizer = BodyNormalizer(catalog: types, dropsUnknownMembers: dropsUnknownMembers)
        var json = try normalizer.normalize(document, as: "synchronizationSchema")
        let rules = (json["synchronizationRules"]?.array ?? []).map { rule in
            rule.mapping("objectMappings") { mapping in
                mapping.mapping("attributeMappings") { attribute in
                    guard var members = attribute.object, let source = members["source"],
                        !source.isNull
                    else { return attribute }
                    members["source"] = SynchronizationSchema.withExpression(source)
                    return .object(members)
                }
            }
        }
        json["synchronizationRules"] = .array(rules)
        self.init(normalized: json)
    }

    private static func withExpression(_ source: JSONValue) -> JSONValue {
        guard var members = source.object else { return source }
        if members["expression"]?.isNull != false, let name = members["name"]?.string {
            switch members["type"]?.string {
            case "Attribute": members["expression"] = .string("[\(name)]")
            case "Constant": members["expression"] = .string(quoted(name))
            default: break
            }
        }
        let parameters = JSONValue.object(members).mapping("parameters") { parameter in
            guard var pair = parameter.object, let value = pair["value"], !value.isNull else {
                return parameter
            }
            pair["value"] = withExpression(value)
            return .object(pair)
        }
        return parameters
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }
}

extension JSONValue {
    /// The object with each element of one of its arrays replaced.
    fileprivate func mapping(
        _ member: String, _ replace: (JSONValue) -> JSONValue
    ) -> JSONValue {
        guard var members = object, let elements = members[member]?.array else { return self }
        members[member] = .array(elements.map(replace))
        return .object(members)
    }
}
