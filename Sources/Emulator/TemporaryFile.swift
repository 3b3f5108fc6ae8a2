// Files without a name: nothing of them outlives the process, however that ends.

import Glibc

/// A path in a private folder, taken away as soon as the file is open.
struct TemporaryFile {
    /// The file's path.
    let path: String
    private let folder: String

    /// Makes the folder.
    ///
    /// - Throws: `EmulatorError.dataDirectory` when it can't be made.
    init(named name: String) throws(EmulatorError) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/entrasync-XXXXXX").utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else {
            throw EmulatorError.dataDirectory(
                path: base, reason: String(cString: strerror(errno)))
        }
        let utf8 = template.dropLast().map { UInt8(bitPattern: $0) }
        folder = String(decoding: utf8, as: UTF8.self)
        path = folder + "/" + name
    }

    /// Takes the name away; whoever has the file open keeps it.
    func unlink() {
        Glibc.unlink(path)
        Glibc.unlink(path + "-wal")
        rmdir(folder)
    }
}
