// Where a delta query goes on: the values of its $skiptoken and $deltatoken.

import Model

/// The state of a delta query between two requests; options of the first request are part of it.
///
/// Shape: the hexadecimal digits of `d1|<kind>|<phase>|<place>|<from>|<up to>|<ids>|<select>`.
struct DeltaToken: Equatable {
    /// What the next page is of.
    enum Phase: String {
        /// All objects, as they are.
        case initial = "i"
        /// What changed in the window.
        case changes = "c"
        /// A window that begins where the last one ended.
        case link = "l"
    }

    var kind: DirectoryKind
    var phase: Phase
    /// The number after which the page begins: of an object, or of a change.
    var place: Int64 = 0
    /// The change after which the window begins.
    var from: Int64 = 0
    /// The last change of the window.
    var upTo: Int64
    /// The only objects that are asked about; nil for all.
    var ids: [GUID]?
    /// `$select` as the first request had it.
    var select: String?

    private static let version = "d1"

    /// The opaque text.
    var text: String {
        let parts = [
            DeltaToken.version, kind.rawValue, phase.rawValue, String(place), String(from),
            String(upTo), ids.map { $0.map(\.withoutDashes).joined(separator: ",") } ?? "*",
            select.map { "+" + $0 } ?? "",
        ]
        return PageToken.hexadecimal(parts.joined(separator: "|"))
    }

    init(
        kind: DirectoryKind, phase: Phase, from: Int64 = 0, upTo: Int64, ids: [GUID]?,
        select: String?
    ) {
        self.kind = kind
        self.phase = phase
        self.from = from
        self.upTo = upTo
        self.ids = ids
        self.select = select
    }

    /// Reads a token of a kind; nil for what was not made here.
    init?(_ text: String, of kind: DirectoryKind) {
        guard text.utf8.count < 16_384, let plain = PageToken.text(text[...]) else { return nil }
        let parts = plain.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 8, parts[0] == DeltaToken.version, parts[1] == kind.rawValue,
            let phase = Phase(rawValue: parts[2]), let place = Int64(parts[3]),
            let from = Int64(parts[4]), let upTo = Int64(parts[5]), place >= 0, from >= 0,
            upTo >= from
        else { return nil }
        self.kind = kind
        self.phase = phase
        self.place = place
        self.from = from
        self.upTo = upTo
        if parts[6] != "*" {
            let ids = parts[6].split(separator: ",").map { GUID(parsing: $0) }
            guard !ids.isEmpty, ids.count <= Limits.deltaFilterIDs else { return nil }
            self.ids = ids.compactMap { $0 }
            guard self.ids?.count == ids.count else { return nil }
        }
        if !parts[7].isEmpty { select = String(parts[7].dropFirst()) }
    }
}
