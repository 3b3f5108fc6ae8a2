// Whose schema is meant.

/// A job or a template of a service principal's synchronization.
public enum SchemaOwner: Sendable, Equatable {
    /// The job of this identifier.
    case job(String)
    /// The template of this identifier.
    case template(String)
}
