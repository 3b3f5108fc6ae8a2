// The files that the binary carries; the only place that sees them as C.

import CAssets
import Model

/// Files of `Fixtures/`, embedded: templates, directories, tenants, SCIM schemas, the type metadata.
enum Assets {
    /// The names of all files in a folder, without the folder and `.json`, in order.
    static func names(in folder: String) -> [String] {
        files.compactMap { file in
            let name = String(cString: file.name)
            guard name.hasPrefix(folder + "/"), name.hasSuffix(".json") else { return nil }
            return String(name.dropFirst(folder.count + 1).dropLast(5))
        }
    }

    /// The JSON of a file.
    ///
    /// - Throws: `EmulatorError.unknownAsset`, or `.unreadableAsset` when it is no JSON.
    static func json(_ name: String) throws(EmulatorError) -> JSONValue {
        guard let file = files.first(where: { String(cString: $0.name) == name }) else {
            throw EmulatorError.unknownAsset(name)
        }
        do {
            return try JSONValue(
                parsing: UnsafeBufferPointer(start: file.bytes, count: file.count))
        } catch { throw EmulatorError.unreadableAsset(name, error) }
    }

    private static var files: UnsafeBufferPointer<cassets_file> {
        var count = 0
        let start = cassets_files(&count)
        return UnsafeBufferPointer(start: start, count: count)
    }
}
