// What happens to a request, step by step, without the C library.

/// What the C side does next with a request.
enum ExchangeStep {
    /// Go on reading.
    case proceed
    /// Send this.
    case answer(HTTPResponse)
    /// Send this although the body has not been read; the connection ends with it.
    case answerEarly(HTTPResponse)
    /// Send this and then what the stream gives.
    case stream(HTTPResponse, HTTPStream)
    /// Suspend the connection, then start this.
    case wait(@Sendable (_ answer: @escaping @Sendable (HTTPResponse) -> Void) -> Void)
}

/// What all connections of a listener share.
final class ListenerCore: Sendable {
    let handler: any HTTPHandler
    private let bodyLimitBytes: Int
    private let longBodies: (pathEnd: String, limitBytes: Int)?
    let headLimitBytes: Int
    let isSecure: Bool
    let deferrals = Deferrals()
    let inFlight = InFlight()
    let streams = OpenStreams()
    let lingering = Lingering()
    let openSockets: OpenSockets

    init(handler: any HTTPHandler, options: HTTPListenerOptions) {
        self.handler = handler
        bodyLimitBytes = max(options.bodyLimitBytes, 0)
        longBodies = options.longBodies
        openSockets = OpenSockets(limit: max(options.connectionLimit, 1))
        isSecure = options.tls != nil
        headLimitBytes = options.usedHeaderMemoryBytes - Limits.answerMemoryBytes
    }

    /// The longest body that a request may have.
    func bodyLimit(of exchange: Exchange) -> Int {
        guard let longBodies, exchange.request.path.hasSuffix(longBodies.pathEnd) else {
            return bodyLimitBytes
        }
        return longBodies.limitBytes
    }

    /// The step after the header fields: refuse what must not be read, else go on.
    func stepAfterHead(
        of exchange: Exchange, version: UnsafeBufferPointer<UInt8>
    ) -> ExchangeStep {
        inFlight.begin()
        if exchange.headBytes > headLimitBytes {
            return .answerEarly(refusing(.headTooLarge(limitBytes: headLimitBytes), of: exchange))
        }
        if let refusal = exchange.framing.refusal(version: version) {
            return .answerEarly(refusing(refusal, of: exchange))
        }
        guard exchange.planBody(limitBytes: bodyLimit(of: exchange)) == .refuse else {
            return .proceed
        }
        return .answerEarly(refusingBody(of: exchange))
    }

    /// The step after the body, and again after a suspended connection was resumed.
    func stepAfterBody(of exchange: Exchange) -> ExchangeStep {
        if let ticket = exchange.ticket {
            let answer = deferrals.takeAnswer(for: ticket) ?? refusing(.unanswered, of: exchange)
            return .answer(fitting(answer, for: exchange))
        }
        if exchange.isTooLarge { return .answer(refusingBody(of: exchange)) }
        switch handler.reply(to: exchange.request) {
        case .now(let response): return .answer(fitting(response, for: exchange))
        case .later(let start): return .wait(start)
        case .stream(let response, let stream):
            streams.add(stream)
            return .stream(response, stream)
        }
    }

    /// Suspends and only then starts the work, which may answer before this returns.
    func wait(
        _ exchange: Exchange, suspend: () -> Void, resume: @escaping @Sendable () -> Void,
        start: (@escaping @Sendable (HTTPResponse) -> Void) -> Void
    ) -> ExchangeStep {
        // What is kept for a refusal does without the body.
        var request = exchange.request
        request.body = []
        let bodiless = request
        guard let ticket = deferrals.park(bodiless, suspend: suspend, resume: resume) else {
            return .answer(refusing(.shuttingDown, of: exchange))
        }
        exchange.ticket = ticket
        let answer = DeferredAnswer(ticket: ticket, deferrals: deferrals) { [handler] in
            handler.response(refusing: .unanswered, of: bodiless)
        }
        start { answer.give($0) }
        return .proceed
    }

    /// Counts a request as done, whichever way it ended.
    func end(_ exchange: Exchange) {
        if let ticket = exchange.ticket { deferrals.forget(ticket) }
        if exchange.hasBegun { inFlight.end() }
    }

    /// Ends every stream and answers every suspended connection; none can be suspended from here on.
    func closeDeferrals() {
        streams.close()
        deferrals.close { handler.response(refusing: .shuttingDown, of: $0) }
    }

    /// The response, or a refusal if its head would not fit into the connection's memory.
    private func fitting(_ response: HTTPResponse, for exchange: Exchange) -> HTTPResponse {
        let bytes = response.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard bytes > Limits.answerHeadBytes else { return response }
        return refusing(.answerHeadTooLarge(limitBytes: Limits.answerHeadBytes), of: exchange)
    }

    private func refusingBody(of exchange: Exchange) -> HTTPResponse {
        refusing(.bodyTooLarge(limitBytes: bodyLimit(of: exchange)), of: exchange)
    }

    private func refusing(_ refusal: HTTPRefusal, of exchange: Exchange) -> HTTPResponse {
        var request = exchange.request
        request.body = []
        return handler.response(refusing: refusal, of: request)
    }
}
