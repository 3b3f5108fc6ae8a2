// Which exchanges of the journal are asked for.

import Emulator
import Model

/// The query of `GET /_emulator/requests`.
struct JournalQuery {
    static let parameters: [ControlRoute.Parameter] = [
        .init("direction", "inbound or outbound."), .init("method", "The request's method."),
        .init("path", "A pattern: a prefix of segments, or with * for any text; URLs fit too."),
        .init("status", "The answer's status."), .init("job", "The job that asked."),
        .init("fault", "The fault rule that was applied."),
        .init("after", "Only exchanges of greater sequence."),
        .init("since", "Only exchanges from this instant of the tenant's clock on."),
        .init("limit", "At most so many, 100 unless said; the latest, or with 'after' the next."),
        .init("bodies", "false to leave headers and bodies out."),
    ]

    private(set) var filter = JournalFilter()
    private(set) var withBodies = true

    /// - Throws: `ControlError` naming the parameter.
    init(_ call: ControlFace.Call) throws {
        let query = try call.query(JournalQuery.parameters.map(\.name))
        if let text = query["direction"] {
            guard let direction = JournalEntry.Direction(rawValue: text) else {
                throw ControlError.invalidMember("direction", expected: "inbound or outbound")
            }
            filter.direction = direction
        }
        filter.method = query["method"]?.uppercased()
        filter.path = query["path"].map(PathPattern.init)
        filter.job = query["job"]
        filter.fault = query["fault"]
        filter.status = try call.number("status", query["status"], 100...999)
        filter.after = try call.number("after", query["after"], 0...Int.max).map(Int64.init)
        filter.isLatestFirst = filter.after == nil
        filter.limit =
            try call.number("limit", query["limit"], 1...Limits.pageSize) ?? filter.limit
        if let text = query["since"] {
            guard let since = Timestamp(parsing: text) else {
                throw ControlError.invalidMember("since", expected: "an ISO 8601 instant in UTC")
            }
            filter.since = since
        }
        switch query["bodies"] {
        case nil, "true": break
        case "false": withBodies = false
        default: throw ControlError.invalidMember("bodies", expected: "true or false")
        }
    }
}
