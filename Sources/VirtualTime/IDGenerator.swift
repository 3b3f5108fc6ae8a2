// Identifiers out of a seed: random to look at, the same for the same seed and position.

public import Model

/// Makes identifiers from a seed and a position in its sequence.
///
/// The sequence is SplitMix64 over seed and position, so that a position is all that has to be kept
/// to go on where an earlier run stopped.
public struct IDGenerator: Sendable {
    private let seed: UInt64
    /// How many identifiers were made.
    public private(set) var position: UInt64

    /// A generator that goes on from a position.
    public init(seed: UInt64, position: UInt64 = 0) {
        self.seed = seed
        self.position = position
    }

    /// A seed out of text and a tenant, so that tenants differ under one `--ids`.
    public static func seed(from text: String, tenant: GUID) -> UInt64 {
        var hash = mix(tenant.high ^ mix(tenant.low))
        for byte in text.utf8 { hash = mix(hash ^ UInt64(byte)) }
        return hash
    }

    /// Leaves out what others made already; a position that is past stays.
    public mutating func skip(to position: UInt64) {
        self.position = max(self.position, position)
    }

    /// The next identifier: a version 4 GUID.
    public mutating func next() -> GUID {
        position &+= 1
        let high = IDGenerator.mix(seed ^ IDGenerator.mix(position &* 2))
        let low = IDGenerator.mix(seed ^ IDGenerator.mix(position &* 2 &+ 1))
        return GUID(
            high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var state = value &+ 0x9E37_79B9_7F4A_7C15
        state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
        return state ^ state >> 31
    }
}
