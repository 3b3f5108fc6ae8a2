// A client that says exactly what a test wants said, over one TCP connection.

import Glibc

/// What went wrong on the client's side.
enum RawClientError: Error, Equatable {
    case notConnected(errno: Int32)
    case notSent(errno: Int32)
    /// The connection ended, or nothing came in time, before the response was complete.
    case notReceived(errno: Int32, received: String)
    case notAResponse(String)
}

/// One blocking connection to a listener on the loopback interface.
final class RawClient {
    private var socket: Int32
    private var unread: [UInt8] = []

    /// Connects; every read gives up after half a minute, so that no test hangs.
    init(port: UInt16, isIPv6: Bool = false) throws(RawClientError) {
        let family = isIPv6 ? AF_INET6 : AF_INET
        socket = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let result =
            isIPv6
            ? Self.connect(socket, Self.loopback6(port: port))
            : Self.connect(socket, Self.loopback4(port: port))
        guard result == 0 else {
            // Closing is left to `deinit`, which runs although this throws.
            throw .notConnected(errno: errno)
        }
    }

    deinit {
        disconnect()
    }

    /// Leaves at once.
    func disconnect() {
        if socket >= 0 { close(socket) }
        socket = -1
    }

    /// Sends text as it is; a test writes its own line ends.
    func send(_ text: String) throws(RawClientError) {
        try send(Array(text.utf8))
    }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) throws(RawClientError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket, $0.baseAddress?.advanced(by: sent), $0.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw .notSent(errno: errno) }
            sent += count
        }
    }

    /// Reads one response; that to HEAD has no body whatever its fields say.
    func receive(toHead: Bool = false) throws(RawClientError) -> RawResponse {
        while true {
            let parsed = RawResponse.parse(unread, isBodiless: toHead)
            if let parsed {
                unread.removeFirst(parsed.length)
                return parsed.response
            }
            try readMore()
        }
    }

    /// Sends a request and reads its response.
    func exchange(_ text: String, toHead: Bool = false) throws(RawClientError) -> RawResponse {
        try send(text)
        return try receive(toHead: toHead)
    }

    /// Says that nothing more will be sent.
    func closeSending() {
        shutdown(socket, Int32(SHUT_WR))
    }

    /// Reads until the server closes; a reset counts as closing.
    func receiveToEnd() -> String {
        while (try? readMore()) != nil {}
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// Reads until a text has come, and tells all that came.
    func read(until text: String) throws(RawClientError) -> String {
        while true {
            let received = String(decoding: unread, as: UTF8.self)
            if received.contains(text) { return received }
            try readMore()
        }
    }

    /// Whether the server has closed in an orderly way, with nothing more to read.
    func isAtEnd() -> Bool {
        var byte: UInt8 = 0
        return unread.isEmpty && recv(socket, &byte, 1, 0) == 0
    }

    private func readMore() throws(RawClientError) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else {
            let code = count == 0 ? 0 : errno
            throw .notReceived(errno: code, received: String(decoding: unread, as: UTF8.self))
        }
        unread.append(contentsOf: buffer[..<count])
    }

    private static func loopback4(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func loopback6(port: UInt16) -> sockaddr_in6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        return address
    }

    private static func connect<Address>(_ socket: Int32, _ address: Address) -> Int32 {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
