// Workers whose state changes on a date: planned when they are written, carried out on the day.

import Model
import Storage
import VirtualTime

extension Transaction {
    /// Plans the next date of an object that was written; only workers have any.
    mutating func planEffectiveDate(
        of id: String, _ attributes: JSONObject, in place: DirectoryPlace
    ) throws(StorageError) {
        guard EffectiveDates.apply(to: place) else { return }
        try planEffectiveDate(of: id, attributes, in: place, after: now)
    }

    private mutating func planEffectiveDate(
        of id: String, _ attributes: JSONObject, in place: DirectoryPlace,
        after instant: Timestamp
    ) throws(StorageError) {
        let subject = "\(place.servicePrincipal)/\(id)"
        guard let due = EffectiveDates(attributes).next(after: instant) else {
            return try cancel(.effectiveDate, subject)
        }
        try plan(AgendaItem(due: due, kind: .effectiveDate, subject: subject))
    }

    /// Carries out what a date brings, and plans the next one.
    mutating func runEffectiveDate(_ item: AgendaItem) throws(StorageError) {
        let parts = item.subject.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let owner = GUID(parsing: parts[0]) else {
            return try cancel(.effectiveDate, item.subject)
        }
        let place = DirectoryPlace(
            servicePrincipal: owner, directory: "Workday", objectType: "Worker")
        guard let found = try database.directoryObjects.load(parts[1], in: place) else {
            return try cancel(.effectiveDate, item.subject)
        }
        var worker = found.attributes.worker(on: item.due)
        if worker == nil, EffectiveDates(found.attributes).sightOfTermination == item.due,
            try looksAhead(owner)
        {
            worker = found.attributes
        }
        if let worker {
            _ = try database.directoryObjects.update(parts[1], in: place, attributes: worker)
        }
        try planEffectiveDate(
            of: parts[1], worker ?? found.attributes, in: place, after: item.due)
    }

    /// Whether any job of an application sees terminations a day ahead.
    private func looksAhead(_ servicePrincipal: GUID) throws(StorageError) -> Bool {
        let settings = try database.secrets.list(of: servicePrincipal)
            .first { $0.key == "SyncNotificationSettings" }?.value
        for stored in try database.jobs.list(of: servicePrincipal)
        where CyclePlan.looksAhead(settings, stored.job) { return true }
        return false
    }
}
