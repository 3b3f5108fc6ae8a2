// The two ways in which the service writes PATCH requests, and what chooses between them.

/// How requests to a SCIM endpoint are written.
///
/// Follows "Known issues and resolutions with SCIM 2.0 protocol compliance".
public struct SCIMDialect: Sendable, Hashable {
    /// How PATCH requests are written.
    public enum Form: String, Sendable {
        /// `Add`, `Replace`, `Remove`, booleans as text, one operation for each attribute.
        case standard
        /// `add`, `replace`, `remove`, real booleans, simple attributes merged into one operation.
        case compliant
    }

    /// How PATCH requests are written.
    public var form: Form
    /// How many values of a reference attribute one PATCH adds or removes, at least one.
    ///
    /// Unverified: one member in each PATCH, as in every sample.
    public var membersPerPatch = 1
    /// Whether members that are added carry `"$ref":null`; nil for as the form has it.
    ///
    /// Unverified: the default form has `"$ref":null` in members that are added, the compliant one not.
    public var writesNullReferences: Bool?

    /// Makes a dialect.
    public init(_ form: Form = .standard) { self.form = form }

    var isCompliant: Bool { form == .compliant }
}

/// The tenant URL of a job, taken apart: the endpoint's address, and the flags in its query.
///
/// Shape: `https://scim.example.com/v2?aadOptscim062020`. The query is for the service and is not sent
/// to the endpoint.
public struct SCIMTenantURL: Sendable, Hashable {
    /// The address that `/Users` is appended to, without a slash at its end.
    public let base: String
    /// The form that the flags ask for; nil when there are none.
    public let form: SCIMDialect.Form?
    /// The whole URL, its query included.
    public let whole: String
    /// What follows `?`; nil without one.
    public let query: String?

    /// Takes a tenant URL apart; nil for what is no absolute `http` or `https` URL.
    ///
    /// Unverified: with both flags in the URL, `AzureAdScimPatch2017` wins.
    public init?(parsing text: String) {
        let text = text.utf8.filter { $0 > 0x20 && $0 != 0x7F }
        let whole = String(decoding: text, as: UTF8.self)
        let address = whole.prefix { $0 != "?" && $0 != "#" }
        let scheme = address.prefix(8).lowercased()
        let start = scheme == "https://" ? 8 : scheme.hasPrefix("http://") ? 7 : nil
        guard let start else { return nil }
        let host = address.dropFirst(start).prefix { $0 != "/" }
        // A name and password in an address would go to whoever it names.
        guard !host.isEmpty, !host.contains("@"), !host.hasPrefix(":") else { return nil }
        var base = address
        while base.hasSuffix("/") { base.removeLast() }
        self.base = String(base)
        self.whole = String(whole.prefix { $0 != "#" })
        let rest = self.whole.dropFirst(address.count)
        query = rest.isEmpty ? nil : String(rest.dropFirst())
        form = SCIMTenantURL.form(whole.dropFirst(address.count))
    }

    /// The path of the address: `/v2`; empty when it is a host alone.
    public var path: String {
        let host = base.drop { $0 != "/" }.dropFirst(2)
        return String(host.drop { $0 != "/" })
    }

    private static func form(_ query: Substring) -> SCIMDialect.Form? {
        let names = query.dropFirst().split(separator: "&").map {
            $0.prefix { $0 != "=" && $0 != "#" }.lowercased()
        }
        if names.contains("azureadscimpatch2017") { return .standard }
        return names.contains("aadoptscim062020") ? .compliant : nil
    }
}
