// Scoping filters in the service's JSON.

public import Model

extension ScopingFilter {
    /// Reads a `filter` that the metadata has checked.
    public init(_ json: JSONObject) {
        func groups(_ set: ScopingSet) -> [ScopingGroup] {
            (json[set.rawValue]?.array ?? []).compactMap { $0.object.map(ScopingGroup.init) }
        }
        self.init(
            groups: groups(.groups), inputFilterGroups: groups(.inputFilterGroups),
            categoryFilterGroups: groups(.categoryFilterGroups))
    }
}

extension ScopingGroup {
    fileprivate init(_ json: JSONObject) {
        self.init(
            name: json["name"]?.string,
            clauses: (json["clauses"]?.array ?? []).compactMap { clause in
                guard let members = clause.object else { return nil }
                return ScopingClause(
                    operatorName: members["operatorName"]?.string ?? "",
                    sourceOperandName: members["sourceOperandName"]?.string ?? "",
                    values: (members["targetOperand"]?.object?["values"]?.array ?? [])
                        .compactMap(\.string))
            })
    }
}
