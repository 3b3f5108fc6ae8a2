// Bodies that the library asks for piece by piece: streams, and halves of what was promised.

import CMicroHTTPD

/// What a connection reads its body from.
///
/// A class, because the library keeps a pointer to it until the answer is done with. `@unchecked
/// Sendable`: it is read on the connection's own thread; what it shares is guarded by the stream's lock.
final class BodySource: @unchecked Sendable {
    private enum Content {
        case half([UInt8])
        case stream(HTTPStream, ListenerCore)
    }

    private let content: Content
    private let connection: OpaquePointer?

    /// The first half of a body.
    init(half body: [UInt8]) {
        content = .half(body)
        connection = nil
    }

    /// What a stream gives.
    init(_ stream: HTTPStream, of connection: OpaquePointer, core: ListenerCore) {
        content = .stream(stream, core)
        self.connection = connection
    }

    /// Queues an answer with this body; the connection ends with it.
    func send(_ response: HTTPResponse, on connection: Connection) -> MHD_Result {
        let size: UInt64 =
            switch content {
            case .half(let body): UInt64(body.count)
            case .stream: cmhd_size_unknown()
            }
        let context = Unmanaged.passRetained(self)
        let made = MHD_create_response_from_callback(
            size, Limits.streamBlockBytes, onPiece, context.toOpaque(), onDone)
        guard made != nil else {
            context.release()
            didEnd()
            return .NO
        }
        return connection.queue(made, response, isLast: true)
    }

    fileprivate func read(at position: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
        switch content {
        case .half(let body):
            let end = min(body.count / 2, position + target.count)
            guard position < end else { return cmhd_end_with_error() }
            target.copyBytes(from: body[position..<end])
            return end - position
        case .stream(let stream, _):
            guard let connection else { return cmhd_end_with_error() }
            let owner = Resumption(connection: connection)
            let piece = stream.read(
                into: target, suspend: { MHD_suspend_connection(connection) },
                resume: { MHD_resume_connection(owner.connection) })
            switch piece {
            case .bytes(let count): return count
            case .wait: return 0
            case .end: return cmhd_end_of_stream()
            case .cut: return cmhd_end_with_error()
            }
        }
    }

    fileprivate func didEnd() {
        if case .stream(let stream, let core) = content { core.streams.remove(stream) }
    }
}

/// A connection to be resumed.
private struct Resumption: @unchecked Sendable {
    // Guarded by: the library allows resuming from any thread, and the stream's lock makes it happen
    // once for each time that it was suspended.
    let connection: OpaquePointer
}

private let onPiece: MHD_ContentReaderCallback = { context, position, target, size in
    guard let context, let target else { return cmhd_end_with_error() }
    return Unmanaged<BodySource>.fromOpaque(context).takeUnretainedValue().read(
        at: Int(position), into: UnsafeMutableRawBufferPointer(start: target, count: size))
}

private let onDone: MHD_ContentReaderFreeCallback = { context in
    guard let context else { return }
    Unmanaged<BodySource>.fromOpaque(context).takeRetainedValue().didEnd()
}
