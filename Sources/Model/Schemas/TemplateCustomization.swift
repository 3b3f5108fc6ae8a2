// A template as an application's owner left it.

/// What differs from the gallery's template of the same identifier, or a template of one's own.
public struct TemplateCustomization: Sendable, Equatable {
    /// The template's identifier.
    public let templateID: String
    /// The template's members without its schema; nil where they are the gallery's.
    public var template: JSONObject?
    /// Its schema; nil where it is the default.
    public var schema: SynchronizationSchema?
    /// Whether it is offered no more; jobs that were made from it go on with its schema.
    public var isDeleted: Bool

    /// Makes a customization, by default one that changes nothing.
    public init(
        templateID: String, template: JSONObject? = nil, schema: SynchronizationSchema? = nil,
        isDeleted: Bool = false
    ) {
        self.templateID = templateID
        self.template = template
        self.schema = schema
        self.isDeleted = isDeleted
    }
}
