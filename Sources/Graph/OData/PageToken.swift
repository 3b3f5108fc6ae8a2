// Where the next page of a list begins.

import HTTP
import Model

/// The opaque value of `$skiptoken`: the place of the last object of the page before.
enum PageToken {
    private static let prefix = "m~"

    /// The place after which the page begins; 0 without a token.
    ///
    /// - Throws: `GraphError.expiredPage` for a token that was not made here.
    static func read(_ token: String?) throws(GraphError) -> Int64 {
        guard let token else { return 0 }
        guard token.hasPrefix(prefix), let place = Int64(token.dropFirst(prefix.count), radix: 36),
            place >= 0
        else { throw GraphError.expiredPage }
        return place
    }

    /// The link to the page after a place: absolute, with all options of the request.
    static func link(after place: Int64, of call: GraphCall) -> String {
        var options = (call.request.query ?? "").split(separator: "&").filter { option in
            let name = option.prefix { $0 != "=" }.lowercased()
            return name != "$skiptoken" && name != "%24skiptoken"
        }.map(String.init)
        options.append("$skiptoken=" + prefix + String(place, radix: 36))
        return call.baseURL + "/" + call.version + "/" + call.path + "?"
            + options.joined(separator: "&")
    }
}
