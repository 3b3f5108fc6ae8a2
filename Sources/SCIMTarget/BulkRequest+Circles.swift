// Resources of a bulk request that refer to each other in a circle.

import Emulator
import Model
import Storage
import VirtualTime

extension BulkRequest {
    /// Makes the resources that wait for nothing but each other (RFC 7644, section 3.7.1).
    ///
    /// Each is promised an identifier, so that all references are known before the first one is made.
    /// Where one of them is refused, those that refer to it are taken back and answered 409.
    ///
    /// - Parameters:
    ///   - waiting: the operations that wait; what is made or refused here leaves it.
    ///   - service: the directory's operations.
    ///   - transaction: the caller's transaction.
    /// - Returns: whether there was such a circle.
    /// - Throws: `StorageError`.
    mutating func makeCircle(
        _ waiting: inout [Int], _ service: inout SCIMService, _ transaction: inout Transaction
    ) throws -> Bool {
        let circle = circle(among: waiting)
        guard !circle.isEmpty, mayGoOn else { return false }
        waiting.removeAll(where: circle.contains)
        var promised: [Int: (name: String, id: String)] = [:]
        for index in circle {
            guard let name = operations[index].bulkID else { continue }
            promised[index] = (name, transaction.ids.next().description)
        }
        let needs = Dictionary(
            uniqueKeysWithValues: circle.map { ($0, unresolved(operations[$0])) })
        for (name, id) in promised.values { made[name] = id }
        var present: Set<Int> = []
        for index in circle where mayGoOn {
            let failures = errors
            try run(index, &service, &transaction, id: promised[index]?.id)
            if errors == failures { present.insert(index) }
        }
        for index in circle where !present.contains(index) {
            if let name = promised[index]?.name { made[name] = nil }
        }
        // Whoever refers to what is not there goes too, and whoever refers to them.
        while let lost = present.sorted().first(where: { index in
            needs[index]?.contains { made[$0] == nil } ?? false
        }) {
            present.remove(lost)
            guard let promise = promised[lost] else { continue }
            made[promise.name] = nil
            try service.takeBack(promise.id)
            refuse(lost)
        }
        return true
    }

    /// The largest set of creations of which each refers only to others of the set.
    private func circle(among waiting: [Int]) -> [Int] {
        var circle = waiting.filter {
            operations[$0].method == "POST" && operations[$0].bulkID != nil
        }
        while true {
            let names = Set(circle.compactMap { operations[$0].bulkID })
            let kept = circle.filter { unresolved(operations[$0]).isSubset(of: names) }
            guard kept.count < circle.count else { return kept }
            circle = kept
        }
    }
}

extension SCIMService {
    /// Removes a resource that was made in the same request.
    ///
    /// - Throws: `StorageError`.
    fileprivate func takeBack(_ id: String) throws {
        guard let key = store.key else { return }
        for type in SCIMResourceType.allCases {
            if let row = try store.database.scimResources.load(id: id, type: type, directory: key) {
                try store.database.scimResources.delete(row)
            }
        }
    }
}
