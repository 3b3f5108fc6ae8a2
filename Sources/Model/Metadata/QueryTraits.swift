// What queries may do with a property, as the metadata says.

/// Whether a property can be filtered, sorted and searched by, and when it is returned.
///
/// Follows the tables of "Advanced query capabilities on Microsoft Entra ID objects". A document
/// without such declarations allows everything but `$search`.
public struct QueryTraits: Sendable, Equatable {
    /// How far a query option goes with a property.
    public enum Support: String, Sendable {
        case none
        case standard = "default"
        /// Only with `ConsistencyLevel: eventual` and `$count=true`.
        case advanced
    }

    /// Whether it is in answers without `$select`.
    public var isReturnedByDefault = true
    /// Whether `$filter` takes it.
    public var filtering = Support.standard
    /// Whether `$orderby` takes it.
    public var sorting = Support.standard
    /// Whether `$search` takes it.
    public var isSearchable = false
    /// Whether `endsWith` takes it.
    public var takesEndsWith = true

    init() {}

    /// Reads `returned`, `filter`, `sort`, `search` and `endsWith` of a property's declaration.
    init(_ entry: JSONObject) {
        isReturnedByDefault = entry["returned"]?.string != "select"
        filtering = entry["filter"]?.string.flatMap(Support.init) ?? .none
        sorting = entry["sort"]?.string.flatMap(Support.init) ?? .none
        isSearchable = entry["search"]?.bool ?? false
        takesEndsWith = entry["endsWith"]?.bool ?? false
    }
}
