// Every bound of this target, named.

/// What the control API takes at most.
enum Limits {
    /// How far a client that listens to events may lag behind.
    static let eventBytes = 1 << 20
    /// Real seconds between signs of life in a stream of events.
    static let eventBeatSeconds = 15
    /// Elements of one page.
    static let pageSize = 2_000
}
