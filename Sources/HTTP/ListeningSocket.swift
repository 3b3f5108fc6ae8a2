// The socket that clients connect to.

import Glibc

/// A TCP socket that listens; a class because it owns a descriptor.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    let port: UInt16

    /// Binds and listens.
    ///
    /// The address may be taken over from closed connections, but never be
    /// shared with another listener, or two emulators would answer in turns.
    init(host: String, port: UInt16) throws(HTTPListenerError) {
        guard let address = SocketAddress(host: host, port: port) else {
            throw .badAddress(host: host)
        }
        let opened = socket(address.family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        let bound = opened >= 0 ? Self.bind(opened, to: address) : nil
        guard let bound else {
            let code = errno
            if opened >= 0 { close(opened) }
            throw Self.error(code, host: host, port: port)
        }
        descriptor = opened
        self.port = bound
    }

    deinit {
        close(descriptor)
    }

    /// Takes no more connections; a thread that waits for one comes back.
    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// The next connection, not blocking, or nil with `errno` set.
    func accept() -> (descriptor: Int32, address: sockaddr_storage, length: socklen_t)? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let accepted = withUnsafeMutableBytes(of: &address) { bytes in
            Glibc.accept(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        guard accepted >= 0 else { return nil }
        _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        return (accepted, address, length)
    }

    /// Binds, listens and gives the port; nil with `errno` set.
    private static func bind(_ socket: Int32, to address: SocketAddress) -> UInt16? {
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        if case .version6(_, let isWildcard) = address {
            var isOnly6: Int32 = isWildcard ? 0 : 1
            setsockopt(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &isOnly6, size)
        }
        let result = address.withPointer { Glibc.bind(socket, $0, $1) }
        guard result == 0, listen(socket, SOMAXCONN) == 0 else { return nil }
        var bound = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let named = withUnsafeMutableBytes(of: &bound) { bytes in
            getsockname(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        // The port stands at the same place in the addresses of both families.
        return named == 0 ? UInt16(bigEndian: bound.sin6_port) : nil
    }

    private static func error(_ code: Int32, host: String, port: UInt16) -> HTTPListenerError {
        switch code {
        case EADDRINUSE: .portInUse(host: host, port: port)
        case EADDRNOTAVAIL: .badAddress(host: host)
        default: .system(errno: code, text: String(cString: strerror(code)))
        }
    }
}
