// What the world refuses, as facts; the faces give them words.

public import Model
public import Provisioning

/// Why a command was not carried out.
public enum EmulatorError: Error, Sendable, Equatable {
    case servicePrincipalNotFound(String)
    case applicationNotFound(String)
    case templateNotFound(String)
    case jobNotFound(String)
    /// The service principal has a job of this template already.
    case jobExists(String)
    /// The job runs, and what was asked for needs it stopped.
    case jobIsActive(String)
    /// The service principal is offered a template of this identifier already.
    case templateExists(String)
    /// A schema that no cycle could carry out, and all that is wrong with it.
    case invalidSchema([SchemaFinding])
    /// A schema has no directory of this identifier.
    case schemaDirectoryNotFound(String)
    /// A directory of a schema that says of itself that it can't be edited.
    case readOnlyDirectory(String)
    /// A job whose source is not the upload API.
    case notAPIDriven(job: String)
    /// No upload waits for the job.
    case uploadNotFound(job: String)
    /// Virtual time can't go back.
    case timeGoesBack(now: Timestamp, asked: Timestamp)
    /// Moving the clock so far would run too many cycles in one call.
    case tooManyCycles(count: Int64, limit: Int64)
    /// As many tenants are open as one process serves.
    case tooManyTenants(limit: Int)
    /// The data directory can't be used.
    case dataDirectory(path: String, reason: String)
    /// No seed of this name is embedded.
    case unknownSeed(String)
    /// A seed document has a member that can't be used, and why.
    case unreadableSeed(path: String, reason: String)
    /// A file that the binary should carry is missing.
    case unknownAsset(String)
    /// A file that the binary carries is no JSON.
    case unreadableAsset(String, JSONError)
    /// A template that the binary carries does not fit the metadata.
    case unreadableTemplate(String, BodyError)
}
