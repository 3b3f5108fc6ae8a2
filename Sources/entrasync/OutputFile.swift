// Files that commands write.

import Glibc

/// Writes whole files.
enum OutputFile {
    /// Writes bytes to a file, in place of what was there.
    ///
    /// - Throws: `Failure.failed` when it can't be written.
    static func save(_ bytes: [UInt8], to path: String) throws {
        let file = fopen(path, "w")
        let written = file.map { fwrite(bytes, 1, bytes.count, $0) } ?? -1
        let isClosed = file.map { fclose($0) == 0 } ?? false
        guard written == bytes.count, isClosed else {
            throw Failure.failed("'\(path)' can't be written: \(String(cString: strerror(errno))).")
        }
    }
}
