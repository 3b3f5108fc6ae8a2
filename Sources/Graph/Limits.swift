// Every bound of this face, named.

/// What the face refuses to take in.
enum Limits {
    /// Levels of parentheses in `$filter`.
    static let filterDepth = 20
    /// Terms joined by `and` in `$filter`; the service refuses more than fifteen or so.
    static let filterTerms = 50
    /// Objects on a page when `$top` does not say.
    static let defaultPage = 100
    /// The largest `$top`.
    static let largestPage = 999
    /// Bytes of cached answers over all tenants.
    static let cachedBytes = 4 << 20
}
