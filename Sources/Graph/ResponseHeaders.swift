// The header fields that every answer of the service carries.

import Locks
import Emulator
import HTTP
import Model
import VirtualTime

/// Completes answers with the service's headers and identifiers.
///
/// A class, because it owns the sequence of request identifiers.
final class ResponseHeaders: Sendable {
    /// The identifiers that an answer carries in its headers and, for an error, in its body.
    struct Identifiers {
        let request: String
        let client: String
    }

    static let odataVersion = HTTPField("OData-Version", "4.0")
    static let json =
        constant + [
            HTTPField(
                "Content-Type",
                "application/json;odata.metadata=minimal;odata.streaming=true;"
                    + "IEEE754Compatible=false;charset=utf-8"),
            odataVersion,
        ]
    /// What every answer carries, whatever it says.
    static let constant = [
        HTTPField("Cache-Control", "no-cache"), HTTPField("Vary", "Accept-Encoding"),
        HTTPField("Strict-Transport-Security", "max-age=31536000"),
        HTTPField(
            "x-ms-ags-diagnostic",
            "{\"ServerInfo\":{\"DataCenter\":\"Local\",\"Slice\":\"E\",\"Ring\":\"1\","
                + "\"ScaleUnit\":\"000\",\"RoleInstance\":\"ENTRASYNC\"}}"),
    ]

    private let ids: Guarded<IDGenerator>
    private let date = Guarded<(second: Int64, text: String)>((-1, ""))

    /// - Parameter ids: text that makes the identifiers the same from run to run.
    init(ids: String?) {
        let seed =
            ids.map { IDGenerator.seed(from: $0 + "/requests", tenant: .zero) }
            ?? RealTime.entropy()
        self.ids = Guarded(IDGenerator(seed: seed))
    }

    /// The identifiers of an answer: the client's own GUID is echoed, else there is one for both.
    func identifiers(for request: HTTPRequest) -> Identifiers {
        let id = ids.withLock { $0.next() }.description
        guard let sent = request.value(of: "client-request-id"), GUID(parsing: sent) != nil else {
            return Identifiers(request: id, client: id)
        }
        return Identifiers(request: id, client: sent)
    }

    /// The answer with the headers that differ from request to request, at an instant.
    func complete(
        _ response: HTTPResponse, _ identifiers: Identifiers, now: Timestamp
    ) -> HTTPResponse {
        var response = response
        response.fields.reserveCapacity(response.fields.count + 3)
        response.fields.append(HTTPField("request-id", identifiers.request))
        response.fields.append(HTTPField("client-request-id", identifiers.client))
        response.fields.append(HTTPField("Date", dateText(now)))
        return response
    }

    /// The text of a second, remembered until the next.
    private func dateText(_ now: Timestamp) -> String {
        let second = now.ticks / Timestamp.ticksPerSecond
        return date.withLock { known in
            if known.second != second { known = (second, now.httpDate) }
            return known.text
        }
    }
}
