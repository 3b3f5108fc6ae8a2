// A page of resources: found, filtered, sorted, written.

import Emulator
import Model
import Storage

/// Answers a list or a search (RFC 7644, section 3.4.2).
struct ResourceList {
    private let store: SCIMStore
    private let base: String
    private let request: ListRequest
    private let filter: SCIMFilter?
    private var total = 0
    private var taken = 0
    private var resources: [UInt8] = []
    /// A name that was looked for and that no user has.
    private(set) var freeUserName: String?

    init(_ request: ListRequest, store: SCIMStore, base: String) {
        self.store = store
        self.base = base
        self.request = request
        // Behaviour `ignores-second-clause`.
        if store.behaviours.contains(.ignoresSecondClause), case .all(let all)? = request.filter {
            filter = all.first
        } else {
            filter = request.filter
        }
    }

    /// Looks for the resources.
    ///
    /// - Throws: `SCIMRefusal.notFound` under the behaviour `404-on-empty`; `StorageError`.
    mutating func find(_ types: [SCIMResourceType]) throws {
        if let key = store.key {
            if request.sortBy != nil {
                try collectSorted(types, key)
            } else {
                for type in types { try collect(type, key) }
            }
        }
        if total == 0, store.behaviours.contains(.notFoundOnEmpty) {
            throw SCIMRefusal.notFound("A resource that the filter means")
        }
    }

    /// What the body says when nothing was found; nil when something was.
    var emptyBody: JSONObject? {
        guard total == 0 else { return nil }
        return request.startIndex == 1
            ? ResourceList.emptyFirstPage : ResourceList.empty(from: request.startIndex)
    }

    private static let emptyFirstPage = empty(from: 1)

    private static func empty(from startIndex: Int) -> JSONObject {
        JSONObject([
            ("schemas", [.string(schema)]), ("totalResults", 0), ("itemsPerPage", 0),
            ("startIndex", .integer(Int64(startIndex))), ("Resources", []),
        ])
    }

    /// The body of the answer.
    var body: [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(resources.count + 160)
        body.append(contentsOf: ResourceList.head.utf8)
        body.append(contentsOf: String(total).utf8)
        body.append(contentsOf: ",\"itemsPerPage\":".utf8)
        body.append(contentsOf: String(taken).utf8)
        body.append(contentsOf: ",\"startIndex\":".utf8)
        body.append(contentsOf: String(request.startIndex).utf8)
        body.append(contentsOf: ",\"Resources\":[".utf8)
        body.append(contentsOf: resources)
        body.append(contentsOf: "]}".utf8)
        return body
    }

    private static let schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
    private static let head = "{\"schemas\":[\"" + schema + "\"],\"totalResults\":"

    private func rendering(_ type: SCIMResourceType) -> ResourceRendering {
        ResourceRendering(store: store, type: type, base: base, selection: request.selection)
    }

    // MARK: In the directory's order

    private mutating func collect(_ type: SCIMResourceType, _ key: Int64) throws {
        guard let filter else { return try collectAll(type, key) }
        let plan = FilterPlan(filter, type)
        let rendering = rendering(type)
        if let lookup = plan.lookup {
            let rows = try store.database.scimResources.find(
                lookup.attribute, lookup.value, type: type, directory: key,
                limit: Limits.foundRows)
            if rows.isEmpty, type == .user, lookup.attribute == .userName {
                freeUserName = lookup.value
            }
            if rows.count < Limits.foundRows {
                for row in rows where try plan.isExact || matches(row, filter, plan, rendering) {
                    try offer(row, rendering)
                }
                return
            }
        }
        try scan(type, key) { list, row in
            if try list.matches(row, filter, plan, rendering) { try list.offer(row, rendering) }
        }
    }

    /// Without a filter the index counts, and jumps to the page.
    private mutating func collectAll(_ type: SCIMResourceType, _ key: Int64) throws {
        let before = total
        total += Int(try store.database.scimResources.count(type: type, directory: key))
        let missing = request.count - taken
        guard missing > 0, request.startIndex - 1 < total else { return }
        let rendering = rendering(type)
        // In steps, so that a page that is cut short was not read whole.
        var offset = max(0, request.startIndex - 1 - before)
        var left = missing
        while left > 0 {
            let rows = try store.database.scimResources.page(
                type: type, directory: key, offset: offset, limit: min(left, 100))
            guard !rows.isEmpty else { return }
            for row in rows {
                guard resources.count < Limits.pageBytes else { return }
                try append(row, rendering)
            }
            offset += rows.count
            left -= rows.count
        }
    }

    private mutating func scan(
        _ type: SCIMResourceType, _ key: Int64,
        _ look: (inout ResourceList, SCIMResourceRow) throws -> Void
    ) throws {
        var place: Int64 = 0
        while true {
            let rows = try store.database.scimResources.scan(
                type: type, directory: key, after: place, limit: Limits.scannedRows)
            for row in rows { try look(&self, row) }
            guard rows.count == Limits.scannedRows, let last = rows.last else { return }
            place = last.sequence
        }
    }

    private mutating func offer(_ row: SCIMResourceRow, _ rendering: ResourceRendering) throws {
        total += 1
        guard total >= request.startIndex, taken < request.count,
            resources.count < Limits.pageBytes
        else { return }
        try append(row, rendering)
    }

    private mutating func append(_ row: SCIMResourceRow, _ rendering: ResourceRendering) throws {
        if taken > 0 { resources.append(UInt8(ascii: ",")) }
        try rendering.append(row, to: &resources)
        taken += 1
    }

    // MARK: Filters

    private func matches(
        _ row: SCIMResourceRow, _ filter: SCIMFilter, _ plan: FilterPlan,
        _ rendering: ResourceRendering
    ) throws -> Bool {
        filter.matches(try whole(row, plan, rendering))
    }

    /// The resource with what the filter reads of computed attributes.
    private func whole(
        _ row: SCIMResourceRow, _ plan: FilterPlan, _ rendering: ResourceRendering
    ) throws -> JSONObject {
        var json = row.json
        if plan.readsMeta { json["meta"] = rendering.meta(row) }
        if plan.readsGroups, rendering.type == .user {
            json["groups"] = .array(try rendering.groups(of: row))
        }
        if plan.readsMembers, rendering.type == .group {
            if let sought = plan.members {
                var found: [JSONValue] = []
                for value in sought {
                    let member = try store.database.scimMembers.load(value, group: row.sequence)
                    if let member { found.append(rendering.json(member)) }
                }
                json["members"] = .array(found)
            } else {
                json["members"] = .array(try rendering.members(of: row))
            }
        }
        return json
    }

    // MARK: Sorting

    /// What a resource is sorted by; those without a value come last, or first in descending order.
    private struct SortKey {
        let text: String?
        let number: Double?
        let type: SCIMResourceType
        let place: Int64

        func precedes(_ other: SortKey) -> Bool {
            if let number, let theirs = other.number, number != theirs { return number < theirs }
            switch (text, other.text) {
            case (let mine?, let theirs?):
                return mine == theirs ? place < other.place : mine < theirs
            case (.some, nil): return true
            case (nil, .some): return false
            case (nil, nil): return place < other.place
            }
        }
    }

    private mutating func collectSorted(_ types: [SCIMResourceType], _ key: Int64) throws {
        guard let path = request.sortBy else { return }
        var keys: [SortKey] = []
        for type in types {
            let rendering = rendering(type)
            var plan = FilterPlan(filter ?? .present(SCIMAttributePath(name: "id")), type)
            plan.alsoReads(path.attribute)
            try scan(type, key) { list, row in
                let json = try list.whole(row, plan, rendering)
                guard list.filter?.matches(json) ?? true else { return }
                keys.append(list.sortKey(path.value(in: json), path, type, row.sequence))
            }
        }
        keys.sort { request.isDescending ? $1.precedes($0) : $0.precedes($1) }
        total = keys.count
        for key in keys.dropFirst(request.startIndex - 1).prefix(request.count) {
            guard resources.count < Limits.pageBytes else { return }
            guard let row = try store.database.scimResources.load(sequence: key.place) else {
                continue
            }
            try append(row, rendering(key.type))
        }
    }

    /// Of several values the primary one counts, else the first (RFC 7644, section 3.4.2.3).
    private func sortKey(
        _ value: JSONValue?, _ path: SCIMPath, _ type: SCIMResourceType, _ place: Int64
    ) -> SortKey {
        var value = value
        if let elements = value?.array {
            let primary = elements.first { $0.object?["primary"] == true } ?? elements.first
            value = primary?.object?["value"] ?? primary
        }
        let text: String?
        var number: Double?
        switch value {
        case .string(let own): text = path.attribute.isCaseExact ? own : own.lowercased()
        case .integer(let own):
            text = ""
            number = Double(own)
        case .number(let own):
            text = ""
            number = own
        case .bool(let flag): text = flag ? "true" : "false"
        default: text = nil
        }
        return SortKey(text: text, number: number, type: type, place: place)
    }
}
