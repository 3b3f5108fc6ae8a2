// IsMemberOf

extension ScopingOperator {
    /// Listed by the service and documented as not supported: a filter that uses it is refused.
    static let isMemberOf = ScopingOperator(
        name: "IsMemberOf", arity: .binary, supportedAttributeTypes: [.reference],
        isPublished: false, makeTest: nil)
}
