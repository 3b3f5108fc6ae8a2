// Where keys and certificates lie: files that only their owner reads, or nowhere.

import Glibc

/// A directory of keys; without one, what is made is forgotten when the process ends.
public struct KeyStore: Sendable {
    private let directory: String?

    /// The store of a data directory, `DIR/keys`; nil keeps nothing.
    public init(dataDirectory: String?) {
        directory = dataDirectory.map { $0 + "/keys" }
    }

    /// The bytes under a name; nil when there are none.
    ///
    /// - Throws: `IdentityError.keyStore` when they can't be read.
    func load(_ name: String) throws(IdentityError) -> [UInt8]? {
        guard let directory else { return nil }
        let path = directory + "/" + name
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw KeyStore.failure(path)
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Limits.keyFileBytes)
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress?.advanced(by: length), $0.count - length)
            }
            guard count >= 0 else { throw KeyStore.failure(path) }
            if count == 0 { break }
            length += count
        }
        return Array(bytes[..<length])
    }

    /// Keeps bytes under a name, readable by their owner only; whole or not at all.
    ///
    /// - Throws: `IdentityError.keyStore` when they can't be written.
    func save(_ name: String, _ bytes: [UInt8]) throws(IdentityError) {
        guard let directory else { return }
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw KeyStore.failure(directory)
        }
        let path = directory + "/" + name
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw KeyStore.failure(draft) }
        let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        let isSaved = written == bytes.count && fsync(file) == 0
        close(file)
        guard isSaved, rename(draft, path) == 0 else { throw KeyStore.failure(path) }
    }

    private static func failure(_ path: String) -> IdentityError {
        .keyStore(path: path, reason: String(cString: strerror(errno)))
    }
}
