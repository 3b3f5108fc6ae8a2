// The daemon of libmicrohttpd, its callbacks and one connection; bodies in pieces are beside it.

import CMicroHTTPD
import Glibc

/// A running libmicrohttpd daemon, which is given its connections.
final class MicroHTTPD: @unchecked Sendable {
    // Guarded by: nothing here changes after `init`; the library takes connections from any
    // thread, and the one thread that stops the listener has joined the one that adds them.
    private let daemon: OpaquePointer
    private let core: ListenerCore
    private let logSink: UnsafeMutablePointer<cmhd_log_sink>
    private let log: LogTarget
    private let identity: [UnsafeMutablePointer<CChar>]

    init(options: HTTPListenerOptions, core: ListenerCore) throws(HTTPListenerError) {
        self.core = core
        log = LogTarget(write: options.log)
        logSink = .allocate(capacity: 1)
        logSink.initialize(
            to: cmhd_log_sink(
                write: onLog, context: Unmanaged.passUnretained(log).toOpaque()))
        let context = Unmanaged.passUnretained(core).toOpaque()
        identity = options.tls.map { [Self.text($0.keyPEM), Self.text($0.certificatePEM)] } ?? []
        let items = Self.items(
            for: options, context: context, logSink: logSink, identity: identity)
        let flags =
            MHD_USE_EPOLL.rawValue | MHD_USE_INTERNAL_POLLING_THREAD.rawValue
            | MHD_USE_ITC.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
            | MHD_USE_NO_LISTEN_SOCKET.rawValue | MHD_USE_ERROR_LOG.rawValue
            | (identity.isEmpty ? 0 : MHD_USE_TLS.rawValue)
        errno = 0
        guard let started = cmhd_start(flags, 0, onRequest, context, items) else {
            let code = errno
            logSink.deallocate()
            for text in identity { text.deallocate() }
            throw .system(errno: code, text: String(cString: strerror(code)))
        }
        daemon = started
    }

    deinit {
        logSink.deallocate()
        for text in identity { text.deallocate() }
    }

    /// Bytes as the library wants them, ended by a NUL; the library keeps the pointer.
    private static func text(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
        let text = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
        for (index, byte) in bytes.enumerated() {
            (text + index).initialize(to: CChar(bitPattern: byte))
        }
        (text + bytes.count).initialize(to: 0)
        return text
    }

    /// Takes over a connected socket; false if it could not, and has closed it.
    func add(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Bool {
        MHD_add_connection(daemon, socket, address, length) == .YES
    }

    /// Ends the daemon and its threads; no connection may be suspended.
    func stop() {
        MHD_stop_daemon(daemon)
    }

    private static func items(
        for options: HTTPListenerOptions, context: UnsafeMutableRawPointer,
        logSink: UnsafeMutablePointer<cmhd_log_sink>, identity: [UnsafeMutablePointer<CChar>]
    ) -> [MHD_OptionItem] {
        let workers = max(options.workerThreads, 1)
        func number(_ option: MHD_OPTION, _ value: Int) -> MHD_OptionItem {
            MHD_OptionItem(option: option, value: value, ptr_value: nil)
        }
        // The logger stands first, or complaints about the others go to standard error.
        var items = [
            cmhd_logger(logSink),
            // The limit is kept by `OpenSockets`. Here it is counted by worker, so that each gets
            // room for all: a connection over this limit would be dropped instead of waiting.
            number(.CONNECTION_LIMIT, (max(options.connectionLimit, 1) + 1) * workers),
            number(.CONNECTION_TIMEOUT, max(options.idleTimeoutSeconds, 0)),
            number(.CONNECTION_MEMORY_LIMIT, options.usedHeaderMemoryBytes),
            MHD_OptionItem(
                option: .URI_LOG_CALLBACK, value: unsafeBitCast(onTarget, to: Int.self),
                ptr_value: nil),
            MHD_OptionItem(
                option: .UNESCAPE_CALLBACK, value: unsafeBitCast(onUnescape, to: Int.self),
                ptr_value: nil),
            MHD_OptionItem(
                option: .NOTIFY_COMPLETED, value: unsafeBitCast(onCompleted, to: Int.self),
                ptr_value: context),
            MHD_OptionItem(
                option: .NOTIFY_CONNECTION, value: unsafeBitCast(onConnection, to: Int.self),
                ptr_value: context),
        ]
        for (option, text) in zip([MHD_OPTION.HTTPS_MEM_KEY, .HTTPS_MEM_CERT], identity) {
            items.append(MHD_OptionItem(option: option, value: 0, ptr_value: text))
        }
        // A pool of one is refused; one thread is what there is without a pool.
        if workers > 1 { items.append(number(.THREAD_POOL_SIZE, workers)) }
        items.append(MHD_OptionItem(option: .END, value: 0, ptr_value: nil))
        return items
    }
}

/// Where the log lines of one daemon go; a class so that C can point to it.
private final class LogTarget: Sendable {
    let write: (@Sendable (String) -> Void)?

    init(write: (@Sendable (String) -> Void)?) {
        self.write = write
    }
}

/// What is attached to a connection: whether its client may still be sending a refused body.
private final class Attachment {
    var isRefusedEarly = false
}

// MARK: - Callbacks

// They stand at file scope, so that no actor isolation is inferred for them.

private let onLog: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = {
    context, line in
    guard let context, let line else { return }
    let target = Unmanaged<LogTarget>.fromOpaque(context).takeUnretainedValue()
    guard let write = target.write else { return }
    var text = String(cString: line)
    while text.last?.isNewline == true { text.removeLast() }
    write(text)
}

/// Called with the raw target of each request; what it returns becomes the request's context.
private let onTarget:
    @convention(c) (
        UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?
    ) -> UnsafeMutableRawPointer? = { _, target, _ in
        guard let target else { return nil }
        let exchange = Exchange(target: RequestTarget(parsing: bytes(of: target)))
        return Unmanaged.passRetained(exchange).toOpaque()
    }

/// Leaves escapes alone; decoding is done by segment, after splitting.
private let onUnescape:
    @convention(c) (
        UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?
    ) -> Int = { _, _, text in
        guard let text else { return 0 }
        return strlen(text)
    }

/// Called when the header fields are there, for each piece of body, and at the end.
private let onRequest: MHD_AccessHandlerCallback = {
    context, pointer, _, method, version, piece, pieceSize, slot in
    guard let context, let pointer, let method, let version, let pieceSize,
        let opaque = slot?.pointee
    else { return .NO }
    let core = Unmanaged<ListenerCore>.fromOpaque(context).takeUnretainedValue()
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let connection = Connection(pointer: pointer)
    // A refusal is lost when the library is stopping at that moment; then nothing may follow it.
    if exchange.isOver { return .NO }
    if !exchange.hasBegun {
        exchange.begin(method: bytes(of: method), isSecure: core.isSecure)
        MHD_get_connection_values_n(pointer, .HEADER_KIND, onField, opaque)
        let step = core.stepAfterHead(of: exchange, version: bytes(of: version))
        return connection.perform(step, of: exchange, core: core)
    }
    if pieceSize.pointee > 0 {
        let body = UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee)
        pieceSize.pointee = 0
        return exchange.take(body, limitBytes: core.bodyLimit(of: exchange)) ? .YES : .NO
    }
    return connection.perform(core.stepAfterBody(of: exchange), of: exchange, core: core)
}

private let onField: MHD_KeyValueIteratorN = { context, _, name, nameSize, value, valueSize in
    guard let context, let name else { return .YES }
    Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        .note(name: bytes(at: name, nameSize), value: bytes(at: value, valueSize))
    return .YES
}

/// Called once for each request that `onTarget` was called for, however it ended.
private let onCompleted: MHD_RequestCompletedCallback = { context, _, slot, _ in
    guard let context, let slot, let opaque = slot.pointee else { return }
    slot.pointee = nil
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
    Unmanaged<ListenerCore>.fromOpaque(context).takeUnretainedValue().end(exchange)
}

/// Called when a connection is taken over and just before its socket is closed.
private let onConnection: MHD_NotifyConnectionCallback = { context, pointer, slot, event in
    guard let context, let pointer, let slot else { return }
    let core = Unmanaged<ListenerCore>.fromOpaque(context).takeUnretainedValue()
    let socket = cmhd_socket(pointer)
    guard event == .CONNECTION_NOTIFY_CLOSED else {
        slot.pointee = Unmanaged.passRetained(Attachment()).toOpaque()
        return
    }
    guard let opaque = slot.pointee else { return }
    slot.pointee = nil
    let attachment = Unmanaged<Attachment>.fromOpaque(opaque).takeRetainedValue()
    // Unread bytes also mean that the library has refused by itself: a 431, a bad chunk.
    if attachment.isRefusedEarly || Lingering.hasUnreadBytes(socket) {
        core.lingering.adopt(socket)
    }
    core.openSockets.remove(socket)
}

private func bytes(of text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
    bytes(at: text, strlen(text))
}

private func bytes(at start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        .assumingMemoryBound(to: UInt8.self)
}

// MARK: - One connection

/// A connection as the library knows it.
struct Connection: @unchecked Sendable {
    // Guarded by: used on the connection's own thread, except for resuming, which the library
    // allows from any thread and which `Deferrals` makes happen at most once.
    let pointer: OpaquePointer

    func perform(_ step: ExchangeStep, of exchange: Exchange, core: ListenerCore) -> MHD_Result {
        switch step {
        case .proceed:
            return .YES
        case .answer(let response):
            return send(response, isLast: core.inFlight.isDraining)
        case .answerEarly(let response):
            exchange.isOver = true
            if let opaque = cmhd_attachment(pointer) {
                Unmanaged<Attachment>.fromOpaque(opaque).takeUnretainedValue().isRefusedEarly = true
            }
            return send(response, isLast: true)
        case .stream(let response, let stream):
            return BodySource(stream, of: pointer, core: core).send(response, on: self)
        case .wait(let start):
            let next = core.wait(
                exchange, suspend: { MHD_suspend_connection(pointer) },
                resume: { MHD_resume_connection(pointer) }, start: start)
            return perform(next, of: exchange, core: core)
        }
    }

    func send(_ response: HTTPResponse, isLast: Bool) -> MHD_Result {
        let status = (200...999).contains(response.status) ? response.status : 500
        let body = status == 204 || status == 304 ? [] : response.body
        switch response.delivery {
        case .none: return .NO
        case .half where body.count > 1:
            return BodySource(half: body).send(response, on: self)
        case .half, .whole: return queue(make(body: body), response, isLast: isLast)
        }
    }

    /// Queues an answer whose body is made; takes the body over.
    func queue(_ made: OpaquePointer?, _ response: HTTPResponse, isLast: Bool) -> MHD_Result {
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        let status = (200...999).contains(response.status) ? response.status : 500
        for field in response.fields { add(field, to: made) }
        if isLast { MHD_add_response_header(made, "Connection", "close") }
        return MHD_queue_response(pointer, UInt32(status), made)
    }

    private func make(body: [UInt8]) -> OpaquePointer? {
        body.withUnsafeBytes {
            MHD_create_response_from_buffer(
                $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
    }

    /// Adds a field; the library itself refuses CR and LF, but would cut a text at a NUL.
    private func add(_ field: HTTPField, to response: OpaquePointer) {
        field.name.withCString { name in
            field.value.withCString { value in
                guard strcspn(name, " :") == field.name.utf8.count,
                    strlen(value) == field.value.utf8.count
                else { return }
                MHD_add_response_header(response, name, value)
            }
        }
    }
}
