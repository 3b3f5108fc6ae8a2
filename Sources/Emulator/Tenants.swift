// All tenants of a process, each made from the seed when it is first asked for.

import Locks
import Glibc
public import Model
import Storage

/// The registry of tenants.
///
/// A class, because it is the one place that knows which tenants are open.
public final class Tenants: Sendable {
    /// The tenant of a request that names none.
    public static let defaultID = GUID(high: 0, low: 0xC0DE)

    /// The templates that jobs are made from.
    public let gallery: Gallery
    private let options: TenantOptions
    private let runner: any CycleRunner
    private let limit: Int
    private let open = Guarded<[GUID: Tenant]>([:])

    /// A registry without open tenants.
    public init(
        options: TenantOptions, gallery: Gallery, runner: any CycleRunner = CountingCycleRunner()
    ) {
        self.options = options
        self.gallery = gallery
        self.runner = runner
        limit = Tenants.makeRoom()
    }

    /// Raises the process's limit of open files as far as it goes, and tells for how many tenants it
    /// is enough: each holds a database and its log open.
    private static func makeRoom() -> Int {
        var limits = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0 else {
            return 100
        }
        limits.rlim_cur = min(limits.rlim_max, 65_536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        let files = Int(min(limits.rlim_cur, 65_536))
        return min(Limits.openTenants, max(1, (files - Limits.otherFiles) / 3))
    }

    /// The tenant of an id: opened from the data directory, or made from the seed.
    ///
    /// - Throws: `StorageError` and `EmulatorError` when its database can't be opened or seeded.
    public func tenant(_ id: GUID) throws -> Tenant {
        // Made under the lock, so that two first requests do not make it twice.
        try open.withLock { open in
            if let known = open[id] { return known }
            guard open.count < limit else { throw EmulatorError.tooManyTenants(limit: limit) }
            let tenant = try make(id)
            open[id] = tenant
            return tenant
        }
    }

    /// The tenants that are open, in the order of their ids.
    public var all: [Tenant] {
        open.withLock { Array($0.values) }.sorted { $0.id.description < $1.id.description }
    }

    /// Notes the addresses that lead to this process; the first is what seeds' `{baseURL}` stands for.
    ///
    /// Jobs whose target lies at one of them are answered without a socket.
    public func listens(at baseURLs: [String]) { options.outbound.addresses.set(baseURLs) }

    /// Brings all databases into one file each; only when nothing is served any more.
    public func close() {
        for tenant in all { tenant.close() }
    }

    private func make(_ id: GUID) throws -> Tenant {
        let location = try DatabaseLocation(tenant: id, dataDirectory: options.dataDirectory)
        let database = try Database(
            path: location.path, durability: location.isDurable ? .durable : .ephemeral)
        location.didOpen()
        let isNew = try database.values.load(ValueName.seed) == nil
        let tenant = try Tenant(
            id: id, database: database, options: options, gallery: gallery, runner: runner)
        if isNew { try tenant.load(options.seeds) }
        tenant.perform { tenant.arm() }
        return tenant
    }
}

/// Where a tenant's database lies.
private struct DatabaseLocation {
    let path: String
    let isDurable: Bool
    private let folder: String

    init(tenant: GUID, dataDirectory: String?) throws(EmulatorError) {
        guard let dataDirectory else {
            let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            var template = Array((base + "/entrasync-XXXXXX").utf8CString)
            let isMade = template.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
            }
            guard isMade else {
                throw EmulatorError.dataDirectory(path: base, reason: DatabaseLocation.reason())
            }
            let utf8 = template.dropLast().map { UInt8(bitPattern: $0) }
            folder = String(decoding: utf8, as: UTF8.self)
            path = folder + "/\(tenant).db"
            isDurable = false
            return
        }
        folder = dataDirectory + "/tenants"
        path = folder + "/\(tenant).db"
        isDurable = true
        for directory in [dataDirectory, folder] where mkdir(directory, 0o700) != 0 {
            guard errno == EEXIST else {
                throw EmulatorError.dataDirectory(
                    path: directory, reason: DatabaseLocation.reason())
            }
        }
    }

    /// Takes a temporary database's name away, so that nothing of it outlives the process, however
    /// that ends.
    func didOpen() {
        guard !isDurable else { return }
        unlink(path)
        unlink(path + "-wal")
        rmdir(folder)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
