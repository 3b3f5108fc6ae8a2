// Every bound of this target, named.

/// What the model refuses to hold.
public enum Limits {
    /// Levels of nesting in a JSON text; the deepest real schema needs about twenty.
    public static let jsonDepth = 100
    /// Elements of a body that is completed; the largest real schemas have some thousands.
    public static let bodyElements = 100_000
}
