// Every bound of this target, named.

import Dispatch
import Model

/// What the world refuses to do at once.
enum Limits {
    /// How long a deleted object can be restored.
    static let deletedItemLife = ISODuration.minutes(30 * 24 * 60)
    /// How long a client secret is valid when its maker does not say: two years.
    static let secretValidity = ISODuration.minutes(730 * 24 * 60)
    /// Cycles that one move of the clock may run: four months of the demo's jobs.
    static let cyclesInOneAdvance: Int64 = 100_000
    /// Objects that a cycle holds in memory at once, and writes to the built-in target in one
    /// transaction while nobody waits for the lock.
    static let objectsInPage: Int64 = 200
    /// Objects after which such a transaction looks whether somebody waits.
    static let objectsBeforeGivingWay = 20
    /// Objects of which another thread makes the drafts at a time, and how many such pieces ahead.
    static let objectsInPiece = 16
    static let piecesAhead = 6
    /// Fewer pieces than these are too few to be ahead; so many of a page are begun with the one before.
    static let piecesAtHand = 4
    /// How long the thread beside a cycle stays when it has nothing to do.
    static let idleAside = DispatchTimeInterval.milliseconds(200)
    /// Log records that are written into texts at a time, beside the cycle's own thread.
    static let recordsInPiece = 32
    /// Clients that a tenant keeps for its next cycles, with their connections.
    static let idleClients = 16
    /// Jobs whose mappings a tenant keeps as they were read.
    static let jobsWithKnownRules = 64
    /// Objects whose results a cycle keeps at once while the target is asked about others.
    static let objectsKeptAtOnce = 16
    /// Objects in a row without an answer of the target, after which it is taken to be gone.
    static let unansweredObjects = 10
    /// Objects whose references a cycle brings up to date under one lock.
    static let referrersInBatch = 5
    /// References of one object that a cycle compares at once.
    static let referencesInBatch: Int64 = 500
    /// How long provisioning logs are kept: 30 days, as with a premium licence.
    static let logRetention = ISODuration.minutes(30 * 24 * 60)
    /// How often a cycle yields to those who wait for the tenant before it takes the lock again.
    static let turnsToGiveWay = 1_000
    /// Real seconds between tries while the store fails.
    static let secondsAfterFailure: Int64 = 10
    /// Files that the process needs for all but its tenants: connections, lingering ones, the rest.
    static let otherFiles = 400
    /// Tenants that one process serves; each holds a database open.
    static let openTenants = 1_000

    /// Fault rules of one tenant.
    static let faultRules = 1_000
    /// Bytes of one text in a fault rule.
    static let faultTextBytes = 65_536
    /// Calls that a fault rule lets through in one window.
    static let callsInWindow = 100_000
    /// Bytes of a dynamic group's rule.
    static let membershipRuleBytes = 16_384
    /// Exchanges that are let go of together once they made room in the journal.
    static let journalEntriesDroppedAtOnce = 64
    /// Exchanges that the journal of a tenant keeps.
    static let journalEntries = 2_000
    /// Bytes that the journal of a tenant keeps, about.
    static let journalBytes = 8 << 20
    /// What the heads of an exchange are taken to need.
    static let journalHeadBytes = 2_048
    /// Listeners to the events of one tenant.
    static let eventListeners = 16
    /// OAuth tokens that a tenant keeps.
    static let cachedTokens = 1_000
    /// Seconds that a token is good for when its server does not say.
    static let tokenSeconds: Int64 = 3_600
    /// The most seconds that a token is taken to be good for.
    static let longestTokenSeconds: Int64 = 31_536_000
    /// How often a call is made again because the target asked to wait.
    static let retriesAfterThrottling = 5
    /// The most seconds that a target is waited for.
    static let secondsToWaitForTarget: Int64 = 60
    /// Snapshots of one tenant.
    static let snapshots = 100
    /// Rows of a directory that are read at a time.
    static let directoryPage = 1_000
    /// Assertions of one verification.
    static let assertions = 100
    /// Sequence numbers that a verification shows of each assertion.
    static let shownSequences = 100
    /// Near misses that a failed verification shows.
    static let nearMisses = 3
    /// Users that the seed `load:N` makes.
    static let generatedUsers = 1_000_000
    /// Attributes of one object that a target's description may bring.
    static let discoveredAttributes = 5_000
}
