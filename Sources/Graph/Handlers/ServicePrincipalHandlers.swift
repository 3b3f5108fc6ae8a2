// Service principals: list, and get by id or by application id.

import Emulator
import Model

/// Answers below `/servicePrincipals`.
///
/// Follows "List servicePrincipals" and "Get servicePrincipal".
enum ServicePrincipalHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let type = try type(of: call)
        let selection = try Selection(call.options[.select], of: type)
        let size = try call.options.top(maximum: Limits.largestPage) ?? Limits.defaultPage
        let filter = try call.options[.filter].map { text throws(GraphError) in
            try FilterParser.parse(text, over: type)
        }
        // One more than asked for, to know whether a next page exists.
        let found = try call.tenant.servicePrincipals(
            ListQuery(
                filter: filter, after: try PageToken.read(call.options[.skipToken]),
                limit: size + 1))
        let page = found.prefix(size)
        var answer = JSONObject([
            ("@odata.context", call.context("servicePrincipals" + Selection.suffix(selection)))
        ])
        if found.count > size, let last = page.last {
            answer["@odata.nextLink"] = .string(PageToken.link(after: last.sequence, of: call))
        }
        answer["value"] = .array(
            page.map { .object(Selection.apply(selection, to: $0.object.json)) })
        return .json(status: 200, answer)
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let selection = try Selection(call.options[.select], of: try type(of: call))
        let key = try SynchronizationRoot.servicePrincipalKey(
            call.parameter(Routes.servicePrincipalID))
        let found = try call.tenant.servicePrincipal(key)
        var answer = Selection.apply(selection, to: found.json)
        answer.prepend(
            "@odata.context",
            call.context("servicePrincipals" + Selection.suffix(selection) + "/$entity"))
        return .json(status: 200, answer)
    }

    private static func type(of call: GraphCall) throws(GraphError) -> StructuredType {
        guard let type = call.tenant.gallery.types.type("servicePrincipal") else {
            throw GraphError.internalFailure("The metadata lacks servicePrincipal.")
        }
        return type
    }
}
