// The file behind a still copy, copied as a whole.

import Glibc

/// An open file that nobody writes to any more.
///
/// A class, because it owns a descriptor, so that the file may lose its name.
final class CopiedFile: Sendable {
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: `StorageError.cannotOpen`.
    init(path: String) throws(StorageError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CopiedFile.failure(path) }
    }

    deinit { close(descriptor) }

    /// Writes all of it into a new file.
    ///
    /// - Throws: `StorageError.cannotOpen` when the file is there already or can't be written.
    func copy(to path: String) throws(StorageError) {
        let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw CopiedFile.failure(path) }
        defer { close(target) }
        var position: off_t = 0
        var buffer = [UInt8](repeating: 0, count: CopiedFile.pieceBytes)
        while true {
            let count = buffer.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, position)
            }
            guard count >= 0 else { throw CopiedFile.failure(path) }
            if count == 0 { return }
            try CopiedFile.write(buffer[..<count], to: target, path)
            position += off_t(count)
        }
    }

    /// What is read and written at a time: a new demo tenant is three of it.
    private static let pieceBytes = 256 << 10

    private static func write(
        _ bytes: ArraySlice<UInt8>, to target: Int32, _ path: String
    ) throws(StorageError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(target, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ path: String) -> StorageError {
        .cannotOpen(path: path, message: String(cString: strerror(errno)))
    }
}
