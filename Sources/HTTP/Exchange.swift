// One request on its way through the listener: what is known of it, and what to do next.

/// The state of one request, from its first line until its answer is sent.
///
/// A class because the C library keeps a pointer to it between calls. It never leaves the worker
/// thread that owns its connection.
final class Exchange {
    /// What to do with the body.
    enum BodyPlan: Equatable {
        /// Hand it to the handler.
        case keep
        /// Read it to its end, throw it away and refuse then.
        case discard
        /// Refuse without reading it.
        case refuse
    }

    private(set) var request: HTTPRequest
    private(set) var framing = RequestFraming()
    /// The memory the head takes.
    private(set) var headBytes: Int
    /// Whether the header fields have been looked at, that is, whether the request counts.
    private(set) var hasBegun = false
    /// Whether it was refused before its body was read.
    var isOver = false
    /// Stands for the deferred reply once there is one.
    var ticket: Deferrals.Ticket?

    private var plan = BodyPlan.keep
    private var receivedBytes = 0

    init(target: RequestTarget) {
        request = HTTPRequest(path: target.path, query: target.query)
        request.fields.reserveCapacity(12)
        headBytes = target.path.utf8.count + (target.query?.utf8.count ?? 0)
    }

    /// Whether the body was too long to be kept.
    var isTooLarge: Bool { plan != .keep }

    /// Notes the method; the fields follow.
    func begin(method: UnsafeBufferPointer<UInt8>, isSecure: Bool) {
        hasBegun = true
        request.isSecure = isSecure
        request.method = String(decoding: method, as: UTF8.self)
    }

    /// Notes one header field.
    func note(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        framing.note(name: name, value: value)
        headBytes += name.count + value.count + 4 + Limits.fieldOverheadBytes
        request.fields.append(
            HTTPField(
                String(decoding: name, as: UTF8.self),
                String(decoding: value.trimmingBlanks(), as: UTF8.self)))
    }

    /// Decides what to do with the announced body.
    func planBody(limitBytes: Int) -> BodyPlan {
        guard let length = framing.contentLength, length > 0 else { return .keep }
        if length <= limitBytes {
            request.body.reserveCapacity(min(length, Limits.reservedBodyBytes))
        } else if framing.expectsContinue
            || length > Limits.discardedBytes(bodyLimitBytes: limitBytes)
        {
            // A client that waits for leave to send reads the refusal before it sends anything.
            plan = .refuse
        } else {
            plan = .discard
        }
        return plan
    }

    /// Takes a piece of the body; false when the connection has to be cut.
    func take(_ piece: UnsafeRawBufferPointer, limitBytes: Int) -> Bool {
        receivedBytes += piece.count
        if plan == .keep && receivedBytes <= limitBytes {
            request.body.append(contentsOf: piece)
            return true
        }
        if plan == .keep {
            plan = .discard
            request.body = []
        }
        return receivedBytes <= Limits.chunkedBytes(bodyLimitBytes: limitBytes)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes without blanks and tabs at both ends.
    fileprivate func trimmingBlanks() -> Slice<Self> {
        var slice = self[...]
        while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
        while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
        return slice
    }
}
