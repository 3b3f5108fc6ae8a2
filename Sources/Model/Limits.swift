// Every bound of this target, named.

/// What the model refuses to hold.
public enum Limits {
    /// Levels of nesting in a JSON text.
    ///
    /// A mapping source takes three for each nested call, and expressions nest two hundred deep.
    public static let jsonDepth = 640
    /// Elements of a body that is completed; the largest real schemas have some thousands.
    public static let bodyElements = 100_000
    /// Bytes of a SCIM filter or path.
    public static let scimFilterBytes = 8_192
    /// Levels of parentheses and brackets in a SCIM filter.
    public static let scimFilterDepth = 40
    /// Levels of parentheses, negations and lambdas in a filter.
    public static let filterDepth = 20
    /// Terms of a filter, and elements of its lists.
    public static let filterTerms = 60
    /// Lambdas within lambdas.
    public static let filterLambdas = 4
}
