// Files that commands are given.

import Glibc
import Model

/// Reads whole files.
enum InputFile {
    /// The JSON of a file.
    ///
    /// - Throws: `Failure.usage` when it can't be read or is no JSON.
    static func json(_ path: String) throws -> JSONValue {
        guard let bytes = bytes(path) else {
            throw Failure.usage("'\(path)' can't be read: \(String(cString: strerror(errno))).")
        }
        do throws(JSONError) { return try JSONValue(parsing: bytes) } catch {
            throw Failure.usage("'\(path)' is no JSON: \(error.reason) at byte \(error.offset).")
        }
    }

    /// The bytes of a file; nil when it can't be read.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return ferror(file) == 0 ? bytes : nil
    }
}
