// A folder that is gone when the test is.

import Foundation

/// An empty folder of the test's own, removed with its contents when the value goes.
public final class TemporaryDirectory: Sendable {
    /// Its path.
    public let path: String

    /// Makes the folder.
    ///
    /// - Throws: when it can't be made.
    public init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "entrasync-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
