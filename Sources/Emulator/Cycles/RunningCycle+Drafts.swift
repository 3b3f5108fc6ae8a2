// What is known of objects before it is their turn.

import Provisioning
import Storage

extension RunningCycle {
    /// Objects with their drafts, which another thread makes ahead.
    typealias Drafts = Lookahead<
        Prepared, (Prepared, Result<ObjectDraft?, StorageError>), StorageError
    >

    /// A page that was read while the one before it was at work, so that its first drafts are made then.
    struct UpcomingPage {
        let items: [Item]
        let drafts: Drafts
        /// The tenant's generation while nobody but the run has written.
        var generation: UInt64
    }

    /// Has the first drafts of the next page made, within the transaction of this one.
    func begin(
        _ items: [Item], _ recipe: DecisionRecipe, in database: Database
    ) throws(StorageError) {
        guard recipe.reader.rule.sourceKind != .workers else { return }
        let drafts = drafts(of: items[...], recipe, in: database)
        try drafts.start(Limits.piecesAtHand)
        // This transaction counts as well, once it ends.
        upcoming = UpcomingPage(
            items: items, drafts: drafts, generation: tenant.generation + 1)
    }

    /// The drafts of a page that were begun, unless somebody wrote since then.
    func takeUpcoming(_ items: ArraySlice<Item>) -> Drafts? {
        guard let upcoming, upcoming.items.count == items.count,
            upcoming.items.first?.id == items.first?.id
        else { return nil }
        self.upcoming = nil
        return upcoming.generation == tenant.generation ? upcoming.drafts : nil
    }

    /// Objects with their drafts.
    func drafts(
        of items: ArraySlice<Item>, _ recipe: DecisionRecipe, in database: Database
    ) -> Drafts {
        let preparation = target.preparation(recipe.reader.rule.target)
        // A worker may take over the link of one who comes later, which must not have been read then.
        let aside = recipe.reader.rule.sourceKind == .workers ? nil : tenant.aside
        return Lookahead(items.count, aside) { (place) throws(StorageError) in
            try self.prepare(items[items.startIndex + place], recipe.reader, in: database)
        } make: { prepared in
            do throws(StorageError) {
                return (prepared, .success(try recipe.draft(prepared, preparation)))
            } catch { return (prepared, .failure(error)) }
        }
    }
}
