// Why there are no keys.

/// A key or certificate that can't be kept, read or made.
public enum IdentityError: Error, Sendable, Equatable {
    /// A file of the data directory can't be read or written.
    case keyStore(path: String, reason: String)
    /// The library can't make or read a key or a certificate.
    case key(reason: String)
}
