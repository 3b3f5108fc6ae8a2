// What a SCIM endpoint answered, and what of it can be used.

public import Model

/// An endpoint's answer, as far as the service looks at it.
public struct SCIMAnswer: Sendable {
    /// What a body says that need not be parsed to know.
    public enum Known: Sendable {
        /// The whole body.
        case json(JSONObject)
        /// A resource that was made, of which nobody asks for more than its identifier.
        case created(id: String)
    }

    /// The status.
    public let status: Int
    /// The field `Content-Type`; nil when there is none.
    public let contentType: String?
    /// The field `Retry-After`; nil when there is none.
    public let retryAfter: String?
    /// The body.
    public let body: [UInt8]
    let known: Known?

    /// Makes an answer.
    public init(
        status: Int, contentType: String? = nil, retryAfter: String? = nil, body: [UInt8] = [],
        known: Known? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
        self.known = known
    }
}

extension SCIMAnswer {
    /// The resources of a list.
    ///
    /// - Throws: `TargetFailure` for another status than 200 and for what is no `ListResponse`.
    public func list() throws(TargetFailure) -> [JSONObject] {
        guard status == 200 else { throw TargetFailure(self) }
        let members = try json()
        guard let total = members[scim: "totalResults"]?.integer, total >= 0 else {
            throw .incompatible(self, "The list has no 'totalResults'.")
        }
        let resources = members[scim: "Resources"] ?? .null
        if resources.isNull, total == 0 { return [] }
        guard let elements = resources.array else {
            throw .incompatible(self, "The list has no 'Resources'.")
        }
        var objects: [JSONObject] = []
        for element in elements {
            guard let object = element.object else {
                throw .incompatible(self, "An element of 'Resources' is no object.")
            }
            objects.append(object)
        }
        return objects
    }

    /// The resource that was asked for by its identifier; nil when there is none.
    ///
    /// - Throws: `TargetFailure` for other statuses than 200 and 404, and for what is no resource.
    public func resource() throws(TargetFailure) -> JSONObject? {
        if status == 404 { return nil }
        guard status == 200 else { throw TargetFailure(self) }
        let members = try json()
        // Some endpoints answer with a list where a resource is asked for.
        guard members[scim: "totalResults"] != nil else { return members }
        let listed = try list()
        guard listed.count < 2 else { throw .multipleEntries(self) }
        return listed.first
    }

    /// The resource that was made.
    ///
    /// Unverified: 200 with the resource is taken for 201.
    ///
    /// - Throws: `TargetFailure` for other statuses, and for a body without an `id`.
    public func created() throws(TargetFailure) -> JSONObject {
        guard status == 201 || status == 200 else { throw TargetFailure(self, isCreation: true) }
        return try json()
    }

    /// Checks that a change was taken.
    ///
    /// - Throws: `TargetFailure` for other statuses than 200 and 204; `InvalidAnchor` for 404.
    public func checkUpdated() throws(TargetFailure) {
        guard status != 204, status != 200 else { return }
        let failure = TargetFailure(self)
        guard status == 404 else { throw failure }
        throw TargetFailure(.entry, code: "InvalidAnchor", message: failure.message, status: 404)
    }

    /// Checks that an object is gone.
    ///
    /// - Throws: `TargetFailure` for other statuses than 204, 200 and 404.
    public func checkDeleted() throws(TargetFailure) {
        guard ![204, 200, 404].contains(status) else { return }
        throw TargetFailure(self)
    }

    /// Checks the answer to a probe.
    ///
    /// - Throws: `TargetFailure`, here always of a kind that stops the run.
    public func checkProbe() throws(TargetFailure) {
        do throws(TargetFailure) {
            _ = try list()
        } catch {
            throw error.asProbe
        }
    }

    private func json() throws(TargetFailure) -> JSONObject {
        guard isJSON else {
            throw .badResponse(
                self, "The content type '\(contentType ?? "")' is not application/scim+json.")
        }
        if case .json(let json)? = known { return json }
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: body) } catch {
            throw .badResponse(self, "The body is no JSON.")
        }
        guard let members = value.object else {
            throw .badResponse(self, "The body is no JSON object.")
        }
        return members
    }

    /// Unverified: `application/json` is taken as well, and a missing type too.
    private var isJSON: Bool {
        guard let contentType, contentType != "application/scim+json" else { return true }
        let type = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
        return ["application/scim+json", "application/json", "text/json"].contains(type)
    }
}
