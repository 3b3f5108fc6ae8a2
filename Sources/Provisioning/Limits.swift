// Every bound of this target, named.

/// What a target's answers may cost.
enum Limits {
    /// Bytes of an answer's body that a log record keeps.
    static let loggedBodyBytes = 4_096
    /// Seconds that a target may ask to be left alone; longer is cut to a day.
    static let longestRetryAfterSeconds: Int64 = 86_400
    /// Values of one attribute that are read from a target's object.
    static let valuesOfAttribute = 100_000
}
