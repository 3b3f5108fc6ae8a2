// A tenant's database: opened, migrated, and its tables.

/// All rows of one tenant.
///
/// A class, because it owns the connection; like that, it is used behind one lock only.
public final class Database: Sendable {
    let connection: Connection

    /// The version of the tables that this program makes.
    public static var version: Int { Migrations.all.count }

    /// Opens or makes the database at a path and brings its tables up to date.
    ///
    /// What was written survives the process at any moment (write-ahead log, synchronous NORMAL).
    ///
    /// - Throws: `StorageError`; `.newerSchema` when a newer version wrote it.
    public init(path: String) throws(StorageError) {
        connection = try Connection(path: path)
        try migrate(path: path)
    }

    /// Makes a database of which nothing outlives the process.
    ///
    /// - Throws: `StorageError` when it can't be made.
    public init() throws(StorageError) {
        connection = try Connection()
        try migrate(path: "")
    }

    /// Makes a copy of another database, of which nothing outlives the process.
    ///
    /// - Throws: `StorageError` when it can't be made or copied.
    public init(copyOf other: DatabaseCopy) throws(StorageError) {
        connection = try Connection()
        try replace(by: other, path: "")
    }

    /// Makes all rows those of a copy, in one transaction.
    ///
    /// - Throws: `StorageError.newerSchema` for a copy that a newer version made; nothing is changed then.
    public func replace(by copy: DatabaseCopy, path: String) throws(StorageError) {
        let found = copy.version
        guard found <= Migrations.all.count else {
            throw StorageError.newerSchema(
                path: path, found: found, known: Migrations.all.count)
        }
        try copy.connection.copyPages(to: connection)
        try migrate(path: path)
    }

    private func migrate(path: String) throws(StorageError) {
        let known = Migrations.all.count
        let found =
            try connection.first("PRAGMA user_version") { (row) throws(StorageError) in
                Int(row.integer(0))
            } ?? 0
        guard found >= 0 else {
            throw StorageError.corrupt(path: path, message: "its version is \(found)")
        }
        guard found <= known else {
            throw StorageError.newerSchema(path: path, found: found, known: known)
        }
        for migration in Migrations.all[found...] {
            // Inside one transaction, so that a file is never between two versions.
            try connection.execute("BEGIN IMMEDIATE; " + migration + "COMMIT;")
        }
    }

    /// Runs a body in one transaction: all of its writes, or none when it throws.
    ///
    /// - Throws: what the body throws; `StorageError` when it can't be begun or committed.
    public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.run("BEGIN IMMEDIATE")
        do {
            let value = try body()
            try connection.commit()
            return value
        } catch {
            // The first failure is the one to tell; a rollback can only fail where nothing is open.
            _ = Result { () throws(StorageError) in try connection.execute("ROLLBACK") }
            throw error
        }
    }

    /// Folds the write-ahead log into the database file.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func checkpoint() throws(StorageError) {
        try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Everything that an export reads.
    public var export: ExportTable { ExportTable(connection: connection) }
    /// Applications of the directory.
    public var applications: ApplicationTable { ApplicationTable(connection: connection) }
    /// Service principals of the directory.
    public var servicePrincipals: ServicePrincipalTable {
        ServicePrincipalTable(connection: connection)
    }
    /// Users of the directory.
    public var users: UserTable { UserTable(connection: connection) }
    /// Groups of the directory.
    public var groups: GroupTable { GroupTable(connection: connection) }
    /// All four kinds of directory objects as one.
    public var directory: DirectoryTable { DirectoryTable(connection: connection) }
    /// What synchronization keeps of directory objects beside Graph's properties.
    public var synchronizedValues: SynchronizedValueTable {
        SynchronizedValueTable(connection: connection)
    }
    /// Directory extension properties.
    public var extensionProperties: ExtensionPropertyTable {
        ExtensionPropertyTable(connection: connection)
    }
    /// Secret texts of password credentials.
    public var passwordCredentials: PasswordCredentialTable {
        PasswordCredentialTable(connection: connection)
    }
    /// Members, managers and other links between objects.
    public var links: LinkTable { LinkTable(connection: connection) }
    /// Who is assigned to which application.
    public var assignments: AppRoleAssignmentTable {
        AppRoleAssignmentTable(connection: connection)
    }
    /// Objects of directories that Graph does not show.
    public var directoryObjects: DirectoryObjectTable {
        DirectoryObjectTable(connection: connection)
    }
    /// The ordered change feed of all directories.
    public var changes: ChangeTable { ChangeTable(connection: connection) }
    /// Synchronization jobs with their schemas and watermarks.
    public var jobs: JobTable { JobTable(connection: connection) }
    /// Links between source and target objects.
    public var connections: ObjectConnectionTable {
        ObjectConnectionTable(connection: connection)
    }
    /// References that targets are known to hold.
    public var exportedReferences: ExportedReferenceTable {
        ExportedReferenceTable(connection: connection)
    }
    /// Objects that failed and are tried again.
    public var escrows: EscrowTable { EscrowTable(connection: connection) }
    /// What incremental cycles have to look at.
    public var cycleWork: CycleWorkTable { CycleWorkTable(connection: connection) }
    /// The provisioning log.
    public var provisioningLogs: ProvisioningLogTable {
        ProvisioningLogTable(connection: connection)
    }
    /// What jobs remember beside their state.
    public var jobMemories: JobMemoryTable { JobMemoryTable(connection: connection) }
    /// The source's objects as cycles read them.
    public var sources: SourceTable { SourceTable(connection: connection) }
    /// Credentials and settings of synchronizations.
    public var secrets: SecretTable { SecretTable(connection: connection) }
    /// What goes wrong on demand.
    public var faultRules: FaultRuleTable { FaultRuleTable(connection: connection) }
    /// Uploads that wait for their job's next cycle.
    public var bulkUploads: BulkUploadTable { BulkUploadTable(connection: connection) }
    /// Templates as the owners of applications changed them.
    public var templates: TemplateTable { TemplateTable(connection: connection) }
    /// What is due when.
    public var agenda: AgendaTable { AgendaTable(connection: connection) }
    /// The built-in target's directories, one for each service principal.
    public var scimDirectories: SCIMDirectoryTable { SCIMDirectoryTable(connection: connection) }
    /// Users and groups of the built-in target.
    public var scimResources: SCIMResourceTable { SCIMResourceTable(connection: connection) }
    /// Members of the built-in target's groups.
    public var scimMembers: SCIMMemberTable { SCIMMemberTable(connection: connection) }
    /// Secrets, passwords, roles and ownership: who may do what.
    public var access: AccessTable { AccessTable(connection: connection) }
    /// Single values: the clock, the seed's name, the identifiers' position.
    public var values: ValueTable { ValueTable(connection: connection) }
}
