// All faults of a filter at once, for checks of a schema.

extension ScopingFilter {
    /// Every fault of the filter, in the order of its sets, groups and clauses.
    ///
    /// - Parameters:
    ///   - attributes: Describes the source object's attributes, nil for one it does not have;
    ///     without it, names and types are not checked.
    ///   - limits: What the filter may cost.
    /// - Returns: The faults; none for a valid filter.
    public func faults(
        attributes: ((String) -> ScopingAttribute?)? = nil, limits: ScopingLimits = .standard
    ) -> [ScopingError] {
        var faults: [ScopingError] = []
        if characterCount > limits.characters {
            let reason = ScopingError.Reason.filterTooLong(
                limit: limits.characters, found: characterCount)
            faults.append(ScopingError(reason, at: nil))
        }
        for set in ScopingSet.allCases {
            for (index, group) in groups(of: set).enumerated() {
                for (number, clause) in group.clauses.enumerated() {
                    let place = ScopingError.Place(set: set, group: index, clause: number)
                    do throws(ScopingError) {
                        _ = try PreparedClause(clause, at: place, attributes: attributes, limits)
                    } catch {
                        faults.append(error)
                    }
                }
            }
        }
        return faults
    }

    /// How many UTF-16 units all names and values have together.
    var characterCount: Int {
        let groups = ScopingSet.allCases.flatMap(groups(of:))
        return groups.reduce(0) { sum, group in
            group.clauses.reduce(sum + (group.name ?? "").utf16.count) { sum, clause in
                let texts = [clause.operatorName, clause.sourceOperandName] + clause.values
                return texts.reduce(sum) { $0 + $1.utf16.count }
            }
        }
    }
}
