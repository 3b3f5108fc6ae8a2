// What happens to a request, step by step, without the C library.

/// What the C side does next with a request.
enum ExchangeStep {
    /// Go on reading.
    case proceed
    /// Send this.
    case answer(HTTPResponse)
    /// Send this although the body has not been read; the connection ends with it.
    case answerEarly(HTTPResponse)
    /// Suspend the connection, then start this.
    case wait(@Sendable (_ answer: @escaping @Sendable (HTTPResponse) -> Void) -> Void)
    /// Cut the connection.
    case drop
}

/// What all connections of a listener share.
final class ListenerCore: Sendable {
    let handler: any HTTPHandler
    let bodyLimitBytes: Int
    let deferrals = Deferrals()
    let inFlight = InFlight()
    let lingering = Lingering()

    init(handler: any HTTPHandler, bodyLimitBytes: Int) {
        self.handler = handler
        self.bodyLimitBytes = bodyLimitBytes
    }

    /// The step after the header fields: refuse what must not be read, else go on.
    func stepAfterHead(
        of exchange: Exchange, version: UnsafeBufferPointer<UInt8>
    ) -> ExchangeStep {
        inFlight.begin()
        if let refusal = exchange.framing.refusal(version: version) {
            return .answerEarly(handler.response(refusing: refusal, of: exchange.request))
        }
        guard exchange.planBody(limitBytes: bodyLimitBytes) == .refuse else { return .proceed }
        return .answerEarly(refusingBody(of: exchange))
    }

    /// The step after the body, and again after a suspended connection was resumed.
    func stepAfterBody(of exchange: Exchange) -> ExchangeStep {
        if let ticket = exchange.ticket {
            return .answer(deferrals.takeAnswer(for: ticket) ?? refusing(.unanswered, of: exchange))
        }
        if exchange.isTooLarge { return .answer(refusingBody(of: exchange)) }
        switch handler.reply(to: exchange.request) {
        case .now(let response): return .answer(response)
        case .later(let start): return .wait(start)
        }
    }

    /// Suspends and only then starts the work, which may answer before this returns.
    func wait(
        _ exchange: Exchange, suspend: () -> Void, resume: @escaping @Sendable () -> Void,
        start: (@escaping @Sendable (HTTPResponse) -> Void) -> Void
    ) -> ExchangeStep {
        let request = exchange.request
        guard let ticket = deferrals.park(request, suspend: suspend, resume: resume) else {
            return .answer(refusing(.shuttingDown, of: exchange))
        }
        exchange.ticket = ticket
        let answer = DeferredAnswer(ticket: ticket, deferrals: deferrals) { [handler] in
            handler.response(refusing: .unanswered, of: request)
        }
        start { answer.give($0) }
        return .proceed
    }

    /// Counts a request as done, whichever way it ended.
    func end(_ exchange: Exchange) {
        if let ticket = exchange.ticket { deferrals.forget(ticket) }
        if exchange.hasBegun { inFlight.end() }
    }

    /// Answers every suspended connection; none can be suspended from here on.
    func closeDeferrals() {
        deferrals.close { handler.response(refusing: .shuttingDown, of: $0) }
    }

    private func refusingBody(of exchange: Exchange) -> HTTPResponse {
        refusing(.bodyTooLarge(limitBytes: bodyLimitBytes), of: exchange)
    }

    private func refusing(_ refusal: HTTPRefusal, of exchange: Exchange) -> HTTPResponse {
        handler.response(refusing: refusal, of: exchange.request)
    }
}
