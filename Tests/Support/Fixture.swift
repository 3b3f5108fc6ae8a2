// Files of Fixtures/, found from where this file stands.

public import Foundation

/// The repository's folders.
public enum Fixture {
    /// The repository's top folder.
    public static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of `Fixtures/`.
    public static func url(_ path: String) -> URL {
        repository.appending(path: "Fixtures").appending(path: path)
    }

    /// A file's bytes.
    ///
    /// - Throws: when it can't be read.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }

    /// Whether tests rewrite their fixtures (`RECORD=1`).
    public static var isRecording: Bool {
        ProcessInfo.processInfo.environment["RECORD"] == "1"
    }
}
