// Why a target did not do what it was asked for.

public import Model

/// A refusal, or an answer that can't be used, in the words of the provisioning log.
public struct TargetFailure: Error, Sendable, Equatable {
    /// What a cycle makes of it.
    public enum Kind: Sendable, Equatable {
        /// The credentials are refused: the run fails, the job is quarantined.
        case credentials
        /// The target breaks the protocol where the job relies on it: the same.
        case contract
        /// Nothing answered, or not in time.
        case unreachable
        /// The target asks to be left alone, for as long as it says.
        case throttled(retryAfter: ISODuration?)
        /// This one object was refused: it is escrowed, the cycle goes on.
        case entry
    }

    /// What a cycle makes of it.
    public let kind: Kind
    /// The log's `errorCode`, such as `SystemForCrossDomainIdentityManagementBadResponse`.
    public let code: String
    /// The log's `reason`: what was asked, and what the target said.
    public let message: String
    /// The status of the target's answer; nil when there was none.
    public let status: Int?

    /// Makes a failure.
    public init(_ kind: Kind, code: String, message: String, status: Int? = nil) {
        self.kind = kind
        self.code = code
        self.message = message
        self.status = status
    }
}
