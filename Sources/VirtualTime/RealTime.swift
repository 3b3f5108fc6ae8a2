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

    /// Holds the calling thread up; only for threads that wait for a network anyway.
    public static func pause(milliseconds: Int) {
        guard milliseconds > 0 else { return }
        var left = timespec(
            tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        var rest = timespec()
        while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
    }

    /// A seed that differs from run to run.
    public static func entropy() -> UInt64 { UInt64.random(in: .min ... .max) }
}
