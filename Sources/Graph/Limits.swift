// Every bound of this face, named.

/// What the face refuses to take in.
enum Limits {
    /// Objects on a page when `$top` does not say.
    static let defaultPage = 100
    /// The largest `$top`.
    static let largestPage = 999
    /// Findings that one error tells.
    static let errorDetails = 20
    /// Characters of the identifier of a template of one's own.
    static let templateIDLength = 100
    /// Requests of one `$batch`.
    static let batchRequests = 20
    /// Bytes of cached answers over all tenants.
    static let cachedBytes = 4 << 20
    /// Neighbours that `$expand` gives of one property.
    static let expandedElements = 20
    /// Identifiers in the filter of a delta query.
    static let deltaFilterIDs = 50
    /// Links of one object that the first round of a delta query gives.
    static let deltaLinks = 20_000
    /// References that one body may bind, as documented.
    static let boundReferences = 20
    /// Identifiers that one `getByIds` may ask for, as documented.
    static let requestedObjects = 1_000
}
