// Everything an evaluation may know: the object, the time, chance, and the target.

/// The surroundings of an evaluation; nothing else is looked at.
public struct EvaluationContext: Sendable {
    /// Gives the value of a source attribute; an absent one is null.
    public var attribute: @Sendable (String) -> ExpressionValue

    /// The current time in UTC, for `Now` and for dates without a year or a day.
    public var now: DateTime?

    /// Where `RandomString` and `Guid` get their bits; evaluations move it on.
    public var random: (any RandomSource)?

    /// The tenant's default domain, for `DefaultDomain`.
    public var defaultDomain: String?

    /// Tells whether a value is taken in the target, for `SelectUniqueValue`.
    public var isTaken: (@Sendable (String) -> Bool)?

    /// The roles the source object is assigned, for the role functions.
    public var appRoles: [AppRole]

    /// Makes a context.
    public init(
        attribute: @escaping @Sendable (String) -> ExpressionValue, now: DateTime? = nil,
        random: (any RandomSource)? = nil, defaultDomain: String? = nil,
        isTaken: (@Sendable (String) -> Bool)? = nil, appRoles: [AppRole] = []
    ) {
        self.attribute = attribute
        self.now = now
        self.random = random
        self.defaultDomain = defaultDomain
        self.isTaken = isTaken
        self.appRoles = appRoles
    }

    /// Makes a context of attributes at hand.
    public init(
        attributes: [String: ExpressionValue], now: DateTime? = nil,
        random: (any RandomSource)? = nil, defaultDomain: String? = nil,
        isTaken: (@Sendable (String) -> Bool)? = nil, appRoles: [AppRole] = []
    ) {
        self.init(
            attribute: { attributes[$0] ?? .null }, now: now, random: random,
            defaultDomain: defaultDomain, isTaken: isTaken, appRoles: appRoles)
    }
}
