// A row of the route table.

/// Which permissions an operation asks for (graph-api, table 1.3).
public enum PermissionKey: String, Sendable {
    case read = "R"
    case readSchema = "RS"
    case readFunctions = "RF"
    case write = "W"
    case writeSchema = "WS"
    case discover = "DISC"
    case bulkUpload = "BU"
    case log = "LOG"
    /// Read applications and service principals.
    case readApplications = "APP"
    /// Change applications and service principals, their credentials, owners and extensions.
    case writeApplications = "APPW"
    /// Read who is assigned to which application.
    case readAssignments = "ASG"
    /// Assign applications, or take assignments back.
    case writeAssignments = "ASGW"
    /// Read users.
    case readUsers = "USR"
    /// Change users.
    case writeUsers = "USRW"
    /// Read groups and their members.
    case readGroups = "GRP"
    /// Change groups and their members.
    case writeGroups = "GRPW"
    /// Read objects of any kind: deleted ones, or those of a list of identifiers.
    case readDirectory = "DIR"
    /// Restore or purge deleted objects.
    case writeDirectory = "DIRW"
    /// Open to every caller: `$batch`, `$metadata`, the gallery's templates.
    case none = "-"
}

/// Whether the emulator does what the service does.
public enum Coverage: String, Sendable {
    case covered = "covered"
    /// The live service refuses the operation, and so does the emulator, with its words.
    case refusedAsLive = "covered (refused as live)"
    case notCovered = "not covered"
}

/// One operation: what it is called, what it needs, whether and how it is answered.
public struct Route: Sendable {
    /// The row's number in the service's list, `1` to `56`, `A1` to `A7`, `B1` for what only beta
    /// has, `G1` for Graph's own, or `N1` for a neighbour.
    public let number: String
    /// The method.
    public let method: String
    /// The path as lists print it; `{S}`, `{J}` and `{T}` stand for the roots of the sub-tree.
    public let path: String
    /// Which permissions it asks for.
    public let permission: PermissionKey
    /// Where the operation is known from: D documentation, S generated clients, L captures of live
    /// traffic, C clients that work, I reported issues, U unverified.
    public let evidence: String
    /// The query options that mean something on it.
    let options: Set<QueryOption>
    /// What answers it; nil where it is not covered.
    let handler: (@Sendable (GraphCall) throws -> GraphAnswer)?
    /// Whether it is answered.
    public let coverage: Coverage
    /// Whether it is a directory resource, whose answers carry `x-ms-resource-unit`.
    let isDirectoryResource: Bool
    /// Whether only `/beta` has it.
    public let isBeta: Bool

    init(
        _ number: String, _ method: String, _ path: String, _ permission: PermissionKey,
        _ evidence: String, options: Set<QueryOption> = [], coverage: Coverage? = nil,
        isDirectoryResource: Bool = false, isBeta: Bool = false,
        _ handler: (@Sendable (GraphCall) throws -> GraphAnswer)? = nil
    ) {
        self.number = number
        self.method = method
        self.path = path
        self.permission = permission
        self.evidence = evidence
        self.options = options
        self.handler = handler
        self.coverage = coverage ?? (handler == nil ? .notCovered : .covered)
        self.isDirectoryResource = isDirectoryResource
        self.isBeta = isBeta
    }

    /// A way to write the paths of other rows, which answer it.
    static func spelling(_ number: String, _ path: String, _ evidence: String) -> Route {
        Route(number, "any", path, .none, evidence, coverage: .covered)
    }

    /// Whether it is but a way to write the paths of other rows.
    public var isSpelling: Bool { method == "any" }

    /// Whether it is `/$batch`, which the face itself answers.
    var isBatch: Bool { path == "/$batch" }

    /// What the row's handler answers.
    ///
    /// - Throws: `GraphError.notEmulated` where the operation is not covered.
    func answer(_ call: GraphCall) throws -> GraphAnswer {
        guard let handler else { throw GraphError.notEmulated(method + " " + path) }
        return try handler(call)
    }

    /// The patterns that the router matches: both roots for a path of the sub-tree.
    var patterns: [String] {
        guard !isSpelling else { return [] }
        guard path.hasPrefix("{") else {
            // Casts are written with their namespace, which paths lose when they are read.
            return [
                path.split(separator: "/").map { "/" + ODataPath.unqualified(String($0)) }.joined()
            ]
        }
        return Routes.roots.map { root in
            let synchronization = root + "/synchronization"
            return
                path
                .replacingPrefix("{J}", synchronization + "/jobs/{\(Routes.jobID)}")
                .replacingPrefix("{T}", synchronization + "/templates/{\(Routes.templateID)}")
                .replacingPrefix("{S}", synchronization)
        }
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, _ replacement: String) -> String {
        hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
    }
}
