// Signs of life while a call takes its time.

import Dispatch
import Glibc

/// A line on standard error that shows how long something has been running; only on a terminal.
enum ProgressNote {
    /// Runs work, and shows what runs and for how many seconds until it is done.
    ///
    /// - Throws: what the work throws.
    static func during<Value>(_ what: String, _ work: () throws -> Value) throws -> Value {
        guard isatty(STDERR_FILENO) == 1 else { return try work() }
        let timer = DispatchSource.makeTimerSource(queue: .global())
        let begin = DispatchTime.now()
        timer.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(500))
        timer.setEventHandler {
            let seconds =
                (DispatchTime.now().uptimeNanoseconds - begin.uptimeNanoseconds) / 1_000_000_000
            let line = "\r\(what) … \(seconds) s\u{1B}[K"
            _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        }
        timer.activate()
        defer {
            timer.cancel()
            _ = "\r\u{1B}[K".withCString { write(STDERR_FILENO, $0, strlen($0)) }
        }
        return try work()
    }
}
