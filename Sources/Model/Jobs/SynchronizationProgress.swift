// How far a cycle is that runs right now.

/// One measure of a running cycle; a unit is a page of objects.
public struct SynchronizationProgress: Sendable, Equatable {
    /// Pages done.
    public var completedUnits: Int64
    /// Pages there are.
    public var totalUnits: Int64
    /// What is counted.
    public var units: String
    /// When it was measured.
    public var observed: Timestamp

    /// Makes a measure.
    public init(completedUnits: Int64, totalUnits: Int64, units: String, observed: Timestamp) {
        self.completedUnits = completedUnits
        self.totalUnits = totalUnits
        self.units = units
        self.observed = observed
    }

    init?(_ json: JSONObject) {
        guard let completed = json["completedUnits"]?.integer,
            let total = json["totalUnits"]?.integer, let units = json["units"]?.string,
            let observed = json["progressObservationDateTime"]?.string.flatMap(
                Timestamp.init(parsing:))
        else { return nil }
        self.init(
            completedUnits: completed, totalUnits: total, units: units, observed: observed)
    }

    var json: JSONObject {
        JSONObject([
            ("completedUnits", .integer(completedUnits)),
            ("progressObservationDateTime", .string(observed.description)),
            ("totalUnits", .integer(totalUnits)), ("units", .string(units)),
        ])
    }
}
