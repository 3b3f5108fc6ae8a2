// Every limit of this target that is not an option, by name.

/// Fixed limits of the listener.
enum Limits {
    /// A body over its limit, announced by length, is read and thrown away up to this size, so
    /// that a client that sends first and reads later gets to read the refusal.
    static func discardedBytes(bodyLimitBytes: Int) -> Int {
        let (fourfold, hasOverflowed) = bodyLimitBytes.multipliedReportingOverflow(by: 4)
        return hasOverflowed ? .max : max(fourfold, 16 << 20)
    }

    /// A chunked body cannot be answered before its end; beyond this size the connection is cut.
    static func chunkedBytes(bodyLimitBytes: Int) -> Int {
        max(discardedBytes(bodyLimitBytes: bodyLimitBytes), 64 << 20)
    }

    /// What the library needs to keep one header field, besides its text.
    static let fieldOverheadBytes = 80
    /// The part of a connection's memory that is kept free of header fields.
    ///
    /// The head of the answer needs it; without it a request that just fits would get none at all.
    /// It is taken from the whole, because the library clears all of it for each request.
    static let answerMemoryBytes = 8 << 10
    /// The longest head of an answer that surely fits into that memory.
    static let answerHeadBytes = 6 << 10
    /// The least memory a connection can do with.
    static let leastHeaderMemoryBytes = 16 << 10

    /// Room set aside in advance for an announced body; more is taken as it arrives.
    static let reservedBodyBytes = 1 << 20

    /// How long to wait before accepting again when the system is out of descriptors.
    static let acceptPauseMilliseconds: Int32 = 100

    /// How long connections may take to notice that the listener stops.
    static let closingSeconds = 1

    /// Closed connections whose clients may go on sending at the same time.
    static let lingeringConnections = 16
    /// What a refused client may still send before it is cut off.
    static let lingeringBytes = 1 << 30
    /// How long a refused client may go on sending.
    static let lingeringSeconds = 10

    /// How often a stop looks for clients that have gone in the middle of a request.
    static let nudgeMilliseconds = 100

    /// How much of a streamed body is taken at a time.
    static let streamBlockBytes = 4 << 10
}
