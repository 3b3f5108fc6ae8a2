// The machine's own clock and entropy: the one door through which they come in.

import Glibc
public import Model

/// What the machine says; everything else is told.
public enum RealTime {
    /// The machine's time of day.
    public static func now() -> Timestamp {
        var reading = timespec()
        clock_gettime(CLOCK_REALTIME, &reading)
        return Timestamp(
            unixSeconds: Int64(reading.tv_sec), nanoseconds: Int64(reading.tv_nsec))
    }

    /// A seed that differs from run to run.
    public static func entropy() -> UInt64 { UInt64.random(in: .min ... .max) }
}
