// Where the snapshots of a tenant are.

import Glibc
import Locks
import Storage

/// The named copies of one tenant: files under `--data`, else databases without a name.
///
/// A class, because it owns open files. Copies are made and read on the tenant's own queue only; the lock
/// guards the list.
final class SnapshotStore: Sendable {
    /// The folder of durable snapshots; nil for a tenant that ends with the process.
    private let folder: String?
    private let kept = Guarded<[String: DatabaseCopy]>([:])

    init(folder: String?) { self.folder = folder }

    /// The names of all snapshots, sorted.
    func names() -> [String] {
        guard let folder else { return kept.withLock { $0.keys.sorted() } }
        guard let entries = opendir(folder) else { return [] }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let length = strlen(&entry.pointee.d_name.0)
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix(length), as: UTF8.self)
            }
            if name.hasSuffix(SnapshotStore.suffix), !name.hasPrefix(".") {
                names.append(String(name.dropLast(SnapshotStore.suffix.count)))
            }
        }
        return names.sorted()
    }

    /// The copy of a name.
    ///
    /// - Throws: `ToolError.snapshotNotFound`; `StorageError` for a file that can't be read.
    func copy(_ name: String) throws -> DatabaseCopy {
        try SnapshotStore.check(name)
        guard let folder else {
            guard let copy = kept.withLock({ $0[name] }) else {
                throw ToolError.snapshotNotFound(name)
            }
            return copy
        }
        let path = folder + "/" + name + SnapshotStore.suffix
        guard access(path, F_OK) == 0 else { throw ToolError.snapshotNotFound(name) }
        return try DatabaseCopy(path: path)
    }

    /// Copies a database under a name.
    ///
    /// A file is complete before it gets its name, so that an older one of the name is there until then,
    /// whatever happens meanwhile.
    ///
    /// - Throws: `ToolError`; `StorageError` for what SQLite refuses.
    func take(_ name: String, of database: Database) throws {
        try SnapshotStore.check(name)
        let known = names()
        guard known.count < Limits.snapshots || known.contains(name) else {
            throw ToolError.tooManySnapshots(limit: Limits.snapshots)
        }
        guard let folder else {
            let copy = try DatabaseCopy(of: database, path: nil)
            return kept.withLock { $0[name] = copy }
        }
        try SnapshotStore.makeFolder(folder)
        let unfinished = folder + "/.unfinished"
        unlink(unfinished)
        do {
            _ = try DatabaseCopy(of: database, path: unfinished)
            try SnapshotStore.settle(unfinished)
            let path = folder + "/" + name + SnapshotStore.suffix
            guard rename(unfinished, path) == 0 else { throw SnapshotStore.failure(path) }
            try SnapshotStore.settle(folder)
        } catch {
            unlink(unfinished)
            throw error
        }
    }

    /// Throws a copy away.
    ///
    /// - Throws: `ToolError.snapshotNotFound`.
    func remove(_ name: String) throws {
        try SnapshotStore.check(name)
        guard let folder else {
            guard kept.withLock({ $0.removeValue(forKey: name) }) != nil else {
                throw ToolError.snapshotNotFound(name)
            }
            return
        }
        let path = folder + "/" + name + SnapshotStore.suffix
        guard unlink(path) == 0 else {
            throw errno == ENOENT ? ToolError.snapshotNotFound(name) : SnapshotStore.failure(path)
        }
    }

    private static let suffix = ".db"

    /// Names are those of files, so they are letters, digits, `.`, `_` and `-`.
    private static func check(_ name: String) throws {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        guard isPlain, (1...64).contains(name.utf8.count), !name.hasPrefix(".") else {
            throw ToolError.invalidSnapshotName(name)
        }
    }

    private static func makeFolder(_ folder: String) throws {
        let parent = folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.startIndex)
        for path in [String(parent), folder] where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw failure(path)
        }
    }

    /// Brings a file or a folder to the disk.
    private static func settle(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> ToolError {
        .snapshot(path: path, reason: String(cString: strerror(errno)))
    }
}
