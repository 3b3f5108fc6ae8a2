// What the SQL function `whole_record` does.

import Model

/// Makes records of the provisioning log whole.
///
/// A class, because it remembers the context of the last one, which most of the next share. It is used by
/// its connection only.
final class WholeRecords {
    /// How many values the function takes.
    static let valueCount = 12

    private var context = ""
    private var writer: LoggedRecordWriter?

    /// A record as JSON; nil when it can't be read.
    ///
    /// The values are the context's body, the record's, and the columns in their order.
    func bytes(of values: [String]) -> [UInt8]? {
        guard values.count == WholeRecords.valueCount, let ticks = Int64(values[3]) else {
            return nil
        }
        if values[0] != context {
            context = values[0]
            writer = ProvisioningLogContext(parsing: context).map { LoggedRecordWriter($0) }
        }
        return writer?.bytes(
            of: ProvisioningLogRow(
                id: values[2], activity: Timestamp(ticks: ticks), job: values[4],
                cycle: values[5], change: values[6], action: values[7], status: values[8],
                servicePrincipal: values[9], source: values[10], target: values[11],
                context: context, body: Array(values[1].utf8)))
    }
}
