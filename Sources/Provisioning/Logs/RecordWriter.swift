// Records as rows of the log, on whichever thread has the time: cycles make one for each object.

public import Model

/// Writes the records of one mapping in one cycle.
///
/// A class, because all records of the mapping refer to it; it never changes.
public final class RecordWriter: Sendable {
    private let rule: ObjectRule
    private let context: ProvisioningLogContext
    private let contextText: String
    private let job: String
    private let cycle: String

    /// Makes ready to write.
    public init(_ surroundings: RecordSurroundings, _ rule: ObjectRule) {
        self.rule = rule
        context = ProvisioningLogContext(surroundings, rule)
        contextText = context.text
        job = surroundings.jobID
        cycle = surroundings.cycle.description
    }

    /// Whether it writes the records of a mapping.
    public func writes(_ rule: ObjectRule) -> Bool {
        self.rule.ruleID == rule.ruleID && self.rule.sourceType == rule.sourceType
            && self.rule.targetType == rule.targetType
    }

    /// The row of a record.
    public func row(
        of record: ProvisioningRecord, id: GUID, change: GUID, activity: Timestamp
    ) -> ProvisioningLogRow {
        ProvisioningLogRow(
            id: id.description, activity: activity, job: job, cycle: cycle,
            change: change.description, action: record.action.rawValue,
            status: record.status.rawValue, servicePrincipal: context.servicePrincipal,
            source: record.sourceAnchor, target: record.targetAnchor, context: contextText,
            body: record.logged(rule).bytes(in: context))
    }

    /// The whole record of a row, as `provisioningObjectSummary`.
    public func whole(_ row: ProvisioningLogRow) -> JSONValue {
        let bytes = LoggedRecordWriter(context).bytes(of: row) ?? []
        return (try? JSONValue(parsing: bytes)) ?? .null
    }
}
