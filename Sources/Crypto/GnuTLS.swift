// What all calls of GnuTLS share: one check of their codes, bytes in and out.

import CGnuTLS

/// Names the calls' common needs.
enum GnuTLS {
    /// Turns a code of the library's into an error.
    ///
    /// - Throws: `CryptoError` for a negative code.
    static func check(_ code: Int32) throws(CryptoError) {
        guard code < 0 else { return }
        throw CryptoError(code: code, text: String(cString: gnutls_strerror(code)))
    }

    /// Lends bytes as the library wants them, for the time of one call.
    static func lend(
        _ bytes: [UInt8], _ call: (UnsafePointer<gnutls_datum_t>) -> Int32
    ) throws(CryptoError) {
        // The library takes pointers to mutable bytes, but only reads what it is lent here.
        var copy = bytes
        let code = copy.withUnsafeMutableBufferPointer { buffer in
            var datum = gnutls_datum_t(data: buffer.baseAddress, size: UInt32(buffer.count))
            return call(&datum)
        }
        try check(code)
    }

    /// Takes over bytes that the library allocated.
    static func take(
        _ call: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32
    ) throws(CryptoError) -> [UInt8] {
        var datum = gnutls_datum_t(data: nil, size: 0)
        try check(call(&datum))
        defer { cgnutls_free(datum.data) }
        return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
    }

    /// The identifier of a key: the SHA-256 of its public half.
    static func keyID(
        _ call: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32
    ) throws(CryptoError) -> [UInt8] {
        var identifier = [UInt8](repeating: 0, count: 64)
        var size = identifier.count
        try check(identifier.withUnsafeMutableBufferPointer { call($0.baseAddress, &size) })
        return Array(identifier[..<size])
    }
}
