// Whether a target still answers.

import Locks
import Provisioning

/// Counts the objects in a row that the target gave no answer for: when there are so many, it is gone,
/// and the others need not wait for each of the rest.
///
/// Unverified: what the service does when a target goes away in the middle of a cycle.
///
/// A class, because all connections of a run share the count.
final class TargetAnswers: Sendable {
    private let unanswered = Guarded(0)

    /// Takes in what became of an object; the failure that ends the run when the target is gone.
    func ends(after failure: TargetFailure?) -> TargetFailure? {
        unanswered.withLock { unanswered in
            guard let failure, failure.kind == .unreachable else {
                unanswered = 0
                return nil
            }
            unanswered += 1
            return unanswered < Limits.unansweredObjects ? nil : failure
        }
    }

    /// The same for a whole object; one that there is nothing to say about does not count.
    func ends(after outcome: ObjectOutcome?) -> TargetFailure? {
        outcome.flatMap { ends(after: $0.failure) }
    }

    /// Takes in what became of an object.
    ///
    /// - Throws: the failure when the target is gone.
    func check(_ failure: TargetFailure?) throws(TargetFailure) {
        if let end = ends(after: failure) { throw end }
    }
}
