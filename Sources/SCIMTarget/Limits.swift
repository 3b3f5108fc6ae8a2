// Every bound of this target, named.

/// What the built-in target refuses to do in one request.
enum Limits {
    /// Resources of a page at most, and of a page that nobody asked a size for.
    static let pageResources = 1_000
    static let defaultPageResources = 100
    /// Bytes of a page's resources; a page that would be longer is cut short.
    static let pageBytes = 16 << 20
    /// Bytes of a stored resource, without a group's members.
    static let resourceBytes = 1 << 20
    /// Operations of one bulk request.
    static let bulkOperations = 1_000
    /// Bytes of one bulk request.
    static let bulkBytes = 4 << 20
    /// Operations of one PATCH.
    static let patchOperations = 10_000
    /// Names in `attributes` or `excludedAttributes`.
    static let attributeNames = 200
    /// Rows that an index may give before the resources are read in order instead.
    static let foundRows = 10_000
    /// How long an answer takes under the behaviour `slow`.
    static let slowMilliseconds = 2_000
    /// Rows read at a time where all have to be looked at.
    static let scannedRows = 500
}
