// When what human resources enter about a worker takes effect.

import Expressions
import Model

/// The dates of a worker on which its state changes by itself.
///
/// Follows "How Microsoft Entra provisioning integrates with Workday": future hires are inactive in
/// Workday until their first day, yet the connector reads them as they will be on it; a termination and
/// its dates are seen when the last day is over, or a day earlier with the look-ahead query.
///
/// Differs from Entra: a worker's date without a zone is one of UTC; Workday's service account lives in
/// Pacific time.
struct EffectiveDates {
    /// The start of the first day.
    let hire: Timestamp?
    /// The end of the day of termination.
    let termination: Timestamp?

    /// How much earlier the look-ahead query sees a termination.
    static let lookahead = ISODuration.minutes(24 * 60)

    init(_ worker: JSONObject) {
        hire = EffectiveDates.instant(worker["StatusHireDate"], endsDay: false)
        termination = EffectiveDates.instant(worker["StatusTerminationDate"], endsDay: true)
    }

    /// Whether objects of a place are workers.
    static func apply(to place: DirectoryPlace) -> Bool {
        place.directory == "Workday" && place.objectType == "Worker"
    }

    /// The next instant at which a worker has to be looked at again; nil for none.
    func next(after instant: Timestamp) -> Timestamp? {
        [hire, sightOfTermination, termination].compactMap { $0 }.filter { $0 > instant }.min()
    }

    /// When the look-ahead query sees the termination.
    var sightOfTermination: Timestamp? {
        termination.map { Timestamp(ticks: $0.ticks - EffectiveDates.lookahead.ticks) }
    }

    private static func instant(_ value: JSONValue?, endsDay: Bool) -> Timestamp? {
        guard let text = value?.string, let date = DateTime(parsing: text) else { return nil }
        let instant = Timestamp(ticks: date.ticks)
        let isDay = !text.contains("T") && !text.contains(" ")
        return endsDay && isDay ? instant + .minutes(24 * 60) : instant
    }
}

extension JSONObject {
    /// A worker as the connector reads it at an instant.
    func asReadWorker(at now: Timestamp, looksAhead: Bool) -> JSONObject {
        let dates = EffectiveDates(self)
        var shown = self
        if let hire = dates.hire, hire > now, self["Active"] == "0" { shown["Active"] = "1" }
        let sight = looksAhead ? dates.sightOfTermination : dates.termination
        if let sight, sight > now {
            for name in ["StatusTerminationDate", "StatusTerminationLastDayOfWork"] {
                shown[name] = Optional<JSONValue>.none
            }
        }
        return shown
    }

    /// A worker's state once a date has come; nil when that changes nothing.
    func worker(on date: Timestamp) -> JSONObject? {
        let dates = EffectiveDates(self)
        var worker = self
        if dates.hire == date {
            worker["Active"] = "1"
            // A re-hire ends an earlier termination.
            if let end = dates.termination, end <= date { worker["StatusTerminated"] = "0" }
        }
        if dates.termination == date {
            worker["Active"] = "0"
            worker["StatusTerminated"] = "1"
        }
        // A hire counts as an event even where the worker was active before: mappings may ask for
        // today's date.
        return worker == self && dates.hire != date ? nil : worker
    }
}
