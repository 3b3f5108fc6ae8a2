// auditLogs/provisioning: what cycles tell of what they did.

import Emulator
import Model

/// Answers to GET of `/auditLogs/provisioning`.
///
/// Follows "List provisioningObjectSummary". The newest record comes first.
enum ProvisioningLogHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let isBeta = call.version == "beta"
        let type = try call.type(
            isBeta ? "provisioningObjectSummaryBeta" : "provisioningObjectSummary")
        let request = try CollectionRequest(call, [type], .plain)
        var query = request.query
        query.filter = query.filter.map(stored)
        // Records are numbered as they are written, so the order of numbers is that of time.
        query.order = request.order ?? SortOrder(property: "", isDescending: true)
        try call.tenant.dropOldProvisioningLogs()
        let found = try call.tenant.list(.provisioningLogs, query)
        let elements = found.prefix(request.size).map { record in
            Selection.entity(isBeta ? older(record.json) : record.json, type, request.selection)
        }
        let next = found.count > request.size ? found[request.size - 1].place : nil
        return call.page(request, "auditLogs/provisioning", count: nil, next: next, elements)
    }

    /// A record with the members that beta keeps: `action` and `statusInfo`.
    private static func older(_ json: JSONObject) -> JSONObject {
        var json = json
        if let action = json["provisioningAction"]?.string {
            json["action"] = .string(action.prefix(1).uppercased() + action.dropFirst())
        }
        var status: [(String, JSONValue)] = [
            ("@odata.type", "#microsoft.graph.statusDetails"),
            ("status", "provisioningStatusInfo".value(in: json)?["status"] ?? .null),
        ]
        let error = "provisioningStatusInfo".value(in: json)?["errorInformation"]?.object
        for name in [
            "errorCode", "reason", "additionalDetails", "errorCategory", "recommendedAction",
        ] {
            status.append((name, error?[name] ?? .null))
        }
        json["statusInfo"] = .object(JSONObject(status))
        return json
    }

    /// A filter over the members that records are stored with.
    private static func stored(_ filter: FilterExpression) -> FilterExpression {
        switch filter {
        case .and(let left, let right): .and(stored(left), stored(right))
        case .or(let left, let right): .or(stored(left), stored(right))
        case .not(let inner): .not(stored(inner))
        case .compare(let operand, let comparison, let literal):
            .compare(stored(operand), comparison, literal)
        case .oneOf(let operand, let literals): .oneOf(stored(operand), literals)
        case .match(let match, let operand, let text): .match(match, stored(operand), text)
        case .any(let path, let inner): .any(path, inner.map(stored))
        case .all(let path, let inner): .all(path, stored(inner))
        }
    }

    private static func stored(_ operand: FilterOperand) -> FilterOperand {
        var operand = operand
        switch operand.path.names {
        case ["action"]:
            operand.path.names = ["provisioningAction"]
            operand.path.kind = .enumeration("provisioningAction")
        case ["statusInfo", "status"]: operand.path.names = ["provisioningStatusInfo", "status"]
        case let names where names.first == "statusInfo" && names.count == 2:
            operand.path.names = ["provisioningStatusInfo", "errorInformation", names[1]]
        default: break
        }
        return operand
    }
}

extension String {
    /// The object that is the member of this name.
    fileprivate func value(in json: JSONObject) -> JSONObject? { json[self]?.object }
}
