// A job's target behind SCIM: the requests of the pure part, sent and their answers read.

import HTTP
import Model
public import Provisioning
import VirtualTime

/// An application's directory, reached over SCIM.
///
/// A class, because it owns a connection. Not `Sendable`: one is for one thread at a time, and for one
/// cycle. Unless it is local and in a session, no call may be made while the tenant's lock is held.
public final class SCIMDirectory: TargetDirectory {
    /// Where the endpoint lies.
    public let address: SCIMTenantURL
    /// How requests are written.
    public let dialect: SCIMDialect
    /// What the probe asks for.
    let probed: (type: SCIMTargetType, attribute: String)

    let door: OutboundDoor
    private let credentials: TargetCredentials
    private let local: OutboundDoor.LocalRoute?
    private let basePath: String
    /// What is known of the target's types; one that a caller knows need not be made again.
    var types: [String: SCIMTargetType] = [:]
    /// The service's own token, made when the first call needs it.
    private lazy var serviceToken = door.tenant.outbound.serviceToken?(door.tenant.id, door.now)

    private lazy var bearer: String? = {
        guard case .bearer(let token) = credentials else { return nil }
        return "Bearer " + token
    }()

    /// The header fields of requests with and without a body.
    private struct Heads {
        let authorization: String?
        var bare: [HTTPField]
        var withBody: [HTTPField]
    }
    private var lastHeads: Heads?

    init(
        address: SCIMTenantURL, dialect: SCIMDialect, credentials: TargetCredentials,
        probed: (type: SCIMTargetType, attribute: String), door: OutboundDoor
    ) {
        self.address = address
        self.dialect = dialect
        self.credentials = credentials
        self.probed = probed
        self.door = door
        basePath = address.path
        let outbound = door.tenant.outbound
        local = outbound.localTarget.flatMap { target in
            outbound.addresses.servicePrincipal(at: address.base, tenant: door.tenant.id).map {
                OutboundDoor.LocalRoute(target: target, servicePrincipal: $0, at: address)
            }
        }
    }

    /// The same directory over a connection of its own.
    func reconnected() -> SCIMDirectory {
        let other = SCIMDirectory(
            address: address, dialect: dialect, credentials: credentials, probed: probed,
            door: OutboundDoor(tenant: door.tenant, jobID: door.jobID))
        other.types = types
        return other
    }

    /// Whether calls may share a transaction of the tenant's: the target is the built-in one, and
    /// nothing can hold a call up.
    public var canBatch: Bool { local != nil && !door.tenant.hasOutboundFaults && !isSlow }

    /// Whether the target is the built-in one, which lies in the tenant's own database.
    var isLocal: Bool { local != nil }

    /// Whether the built-in target was told to be slow before this cycle.
    private lazy var isSlow: Bool = {
        guard let local else { return false }
        let behaviours = try? door.tenant.targetBehaviours(of: local.servicePrincipal)
        return behaviours?.contains(.slow) ?? false
    }()

    /// Asks whether the target answers and takes the job's credentials.
    ///
    /// Unverified: only users are asked for; the documentation speaks of a random group, too.
    ///
    /// - Throws: `TargetFailure` of kind `credentials`, `contract`, `throttled` or `unreachable`.
    public func probe() throws(TargetFailure) {
        try send(probeRequest).checkProbe()
    }

    /// The request of a probe, for the URL in messages about it.
    var probeRequest: SCIMRequest {
        let random: GUID
        if let session = door.session {
            random = session.transaction.ids.next()
        } else {
            let seed = door.tenant.makeSeed()
            random = GUID(high: seed, low: seed &* 0x9E37_79B9_7F4A_7C15)
        }
        return .probe(probed.type, probed.attribute, random.description)
    }

    /// The objects whose attribute has a value.
    ///
    /// Unverified: an endpoint that does not filter answers with others too; those are no matches.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses or gets wrong.
    public func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String,
        prepared: PreparedRequest?
    ) throws(TargetFailure) -> [TargetObject] {
        let type = self.prepared(type)
        let request = prepared ?? ready(.find(type, where: attribute.name, is: value))
        return try send(request).objects(type)
            .filter { $0.mayHave(value, of: attribute) }
    }

    /// An object by its identifier; nil when the endpoint answers with 404.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses or gets wrong.
    public func load(_ type: TargetType, id: String) throws(TargetFailure) -> TargetObject? {
        let type = prepared(type)
        return try send(.load(type, id: id)).object(type)
    }

    /// Makes an object.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses or gets wrong.
    public func create(
        _ type: TargetType, _ values: [TargetChange], prepared: PreparedRequest?
    ) throws(TargetFailure) -> TargetObject {
        try send(prepared ?? ready(.create(self.prepared(type), values))).createdObject()
    }

    /// Changes an object, in as many requests as the dialect needs; the first failure ends it.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses.
    public func update(
        _ type: TargetType, id: String, _ changes: [TargetChange]
    ) throws(TargetFailure) {
        let updates = SCIMRequest.update(prepared(type), id: id, changes, dialect)
        // Only the built-in target has something to read in them.
        guard isLocal, updates.count > Limits.objectsInPiece else {
            for update in updates { try send(update.request).checkUpdated() }
            return
        }
        let ready = readyAhead
        let ahead = Lookahead(updates.count, door.tenant.aside) {
            updates[$0]
        } make: {
            ready($0.request)
        }
        while let request = ahead.next() { try send(request).checkUpdated() }
    }

    /// Deletes an object; one that is gone already counts as deleted.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses.
    public func delete(_ type: TargetType, id: String) throws(TargetFailure) {
        try send(.delete(prepared(type), id: id)).checkDeleted()
    }

    /// Whether a reference of an object points to another object of the target.
    ///
    /// - Throws: `TargetFailure` for what the endpoint refuses or gets wrong.
    public func refers(
        _ type: TargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) throws(TargetFailure) -> Bool {
        let type = prepared(type)
        let request = SCIMRequest.referenceCheck(type, id: id, attribute, to: other)
        return try send(request).confirms(attribute, of: id, to: other, type)
    }

    /// Runs work whose calls all share a transaction; only where `canBatch` holds.
    ///
    /// The caller writes through the session too, and not through the transaction that it lent.
    ///
    /// - Throws: what the work throws.
    public func batch<Value>(
        in transaction: inout Transaction, _ work: (LocalSession) throws -> Value
    ) rethrows -> Value {
        let session = LocalSession(transaction)
        door.session = session
        defer {
            door.session = nil
            transaction = session.transaction
        }
        return try work(session)
    }

    /// What makes the requests of a type ready; the built-in target reads them ahead.
    public func preparation(_ type: TargetType) -> TargetPreparation? {
        let type = prepared(type)
        let ready = readyAhead
        return TargetPreparation(
            find: { ready(.find(type, where: $0.name, is: $1)) },
            create: { ready(.create(type, $0)) })
    }

    /// Makes a request ready on any thread.
    private var readyAhead: @Sendable (SCIMRequest) -> PreparedRequest {
        let (base, path, target) = (address.base, basePath, local?.target)
        return { request in
            let reading = target?.reading(
                request.method, path: request.path, query: request.query, json: request.body)
            return PreparedRequest(request, base: base, basePath: path, reading: reading)
        }
    }

    private func ready(_ request: SCIMRequest) -> PreparedRequest {
        PreparedRequest(request, base: address.base, basePath: basePath)
    }

    private func prepared(_ type: TargetType) -> SCIMTargetType {
        if let known = types[type.name], known.type.attributes == type.attributes { return known }
        let made = SCIMTargetType(type)
        types[type.name] = made
        return made
    }
}

extension SCIMDirectory {
    /// Sends a request and reads its answer, whatever the status.
    ///
    /// - Throws: `TargetFailure` when no answer came, or no token could be had.
    func send(_ request: SCIMRequest) throws(TargetFailure) -> SCIMAnswer {
        try send(ready(request))
    }

    private func send(_ request: PreparedRequest) throws(TargetFailure) -> SCIMAnswer {
        var answer = try sendOnce(request)
        if answer.status == 401, case .client(let client) = credentials {
            // The token may have been taken back before it ran out.
            door.tenant.tokens.keep(nil, of: client)
            answer = try sendOnce(request)
        }
        guard door.tenant.outbound.honorsRetryAfter, door.session == nil else { return answer }
        var tries = 0
        while answer.status == 429, tries < Limits.retriesAfterThrottling,
            let seconds = answer.retryAfter.flatMap({ Int64($0) }), seconds >= 0,
            seconds <= Limits.secondsToWaitForTarget
        {
            tries += 1
            door.tenant.wait(milliseconds: Int(seconds) * 1_000)
            answer = try sendOnce(request)
        }
        return answer
    }

    private func sendOnce(_ call: PreparedRequest) throws(TargetFailure) -> SCIMAnswer {
        let request = call.request
        let heads = heads(with: try authorizationValue())
        // The built-in target takes the body as it is.
        let body = local == nil ? request.body?.bytes ?? [] : []
        let answer = try door.send(
            HTTPRequest(
                method: request.method, path: call.path, query: request.query,
                fields: request.body == nil ? heads.bare : heads.withBody, body: body,
                isSecure: local?.isSecure ?? false), to: call.url, for: call,
            local: local)
        return SCIMAnswer(answer)
    }

    /// The header fields of requests, which change with the token only.
    private func heads(with authorization: String?) -> Heads {
        if let lastHeads, lastHeads.authorization == authorization { return lastHeads }
        var bare = [HTTPField("Accept", "application/scim+json")]
        if let authorization { bare.append(HTTPField("Authorization", authorization)) }
        var heads = Heads(
            authorization: authorization, bare: bare,
            withBody: bare + [HTTPField("Content-Type", "application/scim+json")])
        if let local {
            heads.bare.append(local.host)
            heads.withBody.append(local.host)
        }
        lastHeads = heads
        return heads
    }

    private func authorizationValue() throws(TargetFailure) -> String? {
        switch credentials {
        case .none: return serviceToken.map { "Bearer " + $0 }
        case .bearer: return bearer
        case .basic(let name, let password):
            return "Basic " + Base64.text(Array("\(name):\(password)".utf8))
        case .client(let client): return "Bearer " + (try door.token(of: client).text)
        }
    }
}

extension LocalAnswer {
    /// What nobody has to read out of the bytes.
    fileprivate var known: SCIMAnswer.Known? {
        switch unwritten {
        case .json(let json): .json(json)
        case .created(let id, _, _): .created(id: id)
        case nil: nil
        }
    }
}

extension SCIMAnswer {
    /// What the service looks at of an HTTP response.
    init(_ answer: LocalAnswer) {
        let response = answer.response
        self.init(
            status: response.status, contentType: response.value(of: "Content-Type"),
            retryAfter: response.status == 429 ? response.value(of: "Retry-After") : nil,
            body: response.body, known: answer.known)
    }
}
