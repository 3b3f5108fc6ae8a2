// All tenants of a process, each made from the seed when it is first asked for.

import Locks
import Glibc
public import Model
import Storage
import VirtualTime

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
    private let template: SeededTemplate
    private let known = Guarded<[GUID: Tenant]>([:])

    /// A registry without open tenants.
    public init(
        options: TenantOptions, gallery: Gallery,
        runner: any CycleRunner = ProvisioningCycleRunner()
    ) {
        var options = options
        // One text for the process, so that a reset gives what the seed leaves open the same again.
        options.ids = options.ids ?? String(RealTime.entropy(), radix: 36)
        // A seed that can't be used is refused when it is loaded.
        options.startTime =
            options.startTime ?? options.seeds.lazy.compactMap { try? $0.now() }.first
        self.options = options
        self.gallery = gallery
        self.runner = runner
        template = SeededTemplate(options: options, gallery: gallery)
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
        try known.withLock { open in
            if let known = open[id] { return known }
            guard open.count < limit else { throw EmulatorError.tooManyTenants(limit: limit) }
            let tenant = try make(id)
            open[id] = tenant
            return tenant
        }
    }

    /// The tenants that are open, in the order of their ids.
    public var all: [Tenant] {
        known.withLock { Array($0.values) }.sorted { $0.id.description < $1.id.description }
    }

    /// The addresses that lead to this process.
    public var addresses: [String] { options.outbound.addresses.all }

    /// Notes the addresses that lead to this process; the first is what seeds' `{baseURL}` stands for.
    ///
    /// Jobs whose target lies at one of them are answered without a socket.
    public func listens(at baseURLs: [String]) { options.outbound.addresses.set(baseURLs) }

    /// Brings all durable databases into one file each; only when nothing is served any more.
    public func close() {
        // What ends with the process needs no order.
        guard options.dataDirectory != nil else { return }
        for tenant in all { tenant.close() }
    }

    private func make(_ id: GUID) throws -> Tenant {
        let location = try options.dataDirectory.map {
            try DatabaseLocation(tenant: id, dataDirectory: $0)
        }
        let database = try open(location, id)
        let isNew = try database.values.load(ValueName.seed) == nil
        // A reset that was cut short leaves rows, but no name of a seed.
        let isEmpty = try database.changes.latest() == 0 && database.applications.count() == 0
        if isNew, !isEmpty { try database.replace(by: template.copy(), path: location?.path ?? "") }
        let tenant = try Tenant(
            id: id, database: database, options: options, gallery: gallery, runner: runner,
            store: SnapshotStore(folder: location?.snapshotFolder),
            template: { [template, options] in (try template.copy(), options.seeds) })
        if isNew {
            if isEmpty { try tenant.load(options.seeds) } else { try tenant.loadOwn(options.seeds) }
        }
        tenant.perform { tenant.arm() }
        return tenant
    }

    /// Opens a tenant's database; a temporary one that is not the first is a copy of the seeded one.
    private func open(_ location: DatabaseLocation?, _ id: GUID) throws -> Database {
        if let location { return try Database(path: location.path) }
        return id == Tenants.defaultID ? try Database() : try Database(copyOf: template.copy())
    }
}

/// The seeds as a database, made when a second tenant or a reset needs it.
///
/// A class, because all tenants share it.
final class SeededTemplate: Sendable {
    private let options: TenantOptions
    private let gallery: Gallery
    private let made = Guarded<DatabaseCopy?>(nil)

    init(options: TenantOptions, gallery: Gallery) {
        self.options = options
        self.gallery = gallery
    }

    /// The copy; it is used under the lock of who copies it, and never changes.
    ///
    /// - Throws: what loading the seeds throws.
    func copy() throws -> DatabaseCopy {
        try made.withLock { made in
            if let made { return made }
            let database = try Database()
            // Filled as the default tenant is, so that the identifiers are those that it got.
            let tenant = try Tenant(
                id: Tenants.defaultID, database: database, options: options, gallery: gallery,
                runner: ProvisioningCycleRunner(), store: SnapshotStore(folder: nil),
                template: { throw EmulatorError.unknownSeed("") })
            try tenant.loadShared(options.seeds)
            // Under the tenant's lock, because its schedule looks at the agenda meanwhile.
            let copy = try tenant.read { database in
                try database.values.delete(ValueName.clock)
                return try DatabaseCopy(of: database, path: nil)
            }
            made = copy
            return copy
        }
    }
}

/// Where a tenant's database lies that outlives the process.
private struct DatabaseLocation {
    let path: String
    /// Where its snapshots lie.
    let snapshotFolder: String

    init(tenant: GUID, dataDirectory: String) throws(EmulatorError) {
        let folder = dataDirectory + "/tenants"
        path = folder + "/\(tenant).db"
        snapshotFolder = dataDirectory + "/snapshots/\(tenant)"
        for directory in [dataDirectory, folder] where mkdir(directory, 0o700) != 0 {
            guard errno == EEXIST else {
                throw EmulatorError.dataDirectory(
                    path: directory, reason: String(cString: strerror(errno)))
            }
        }
    }
}
