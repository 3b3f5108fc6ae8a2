// Scoping filters that a seed gives a job, without writing its whole schema down.

extension SynchronizationSchema {
    /// The same schema with scoping filters for the mappings of some types of source objects.
    ///
    /// Shape: `{"User":{"groups":[{"name":"Sales","clauses":[{"operatorName":"EQUALS",
    /// "sourceOperandName":"department","targetOperand":{"values":["Sales"]}}]}]}}`.
    public func scoped(by scopes: JSONObject) -> SynchronizationSchema {
        var document = json
        document["synchronizationRules"] = SynchronizationSchema.changing(
            json["synchronizationRules"]
        ) { rule in
            rule["objectMappings"] = SynchronizationSchema.changing(rule["objectMappings"]) {
                mapping in
                guard let type = mapping["sourceObjectName"]?.string, let scope = scopes[type]
                else { return }
                mapping["scope"] = SynchronizationSchema.complete(scope)
            }
        }
        return SynchronizationSchema(normalized: document)
    }

    private static func changing(
        _ list: JSONValue?, _ change: (inout JSONObject) -> Void
    ) -> JSONValue {
        .array(
            (list?.array ?? []).map { element in
                guard var members = element.object else { return element }
                change(&members)
                return .object(members)
            })
    }

    /// A filter with the sets that it leaves out, its members in the metadata's order.
    private static func complete(_ scope: JSONValue) -> JSONValue {
        guard let members = scope.object else { return scope }
        let sets = ["categoryFilterGroups", "groups", "inputFilterGroups"].map { name in
            (name, changing(members[name]) { $0 = group($0) })
        }
        return .object(JSONObject(sets))
    }

    private static func group(_ members: JSONObject) -> JSONObject {
        JSONObject([("name", members["name"] ?? ""), ("clauses", members["clauses"] ?? [])])
    }
}
