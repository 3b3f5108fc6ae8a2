// Options' twins in the environment: a container has no flags.

import Glibc

/// Variables that begin with `ENTRASYNC_`.
enum Environment {
    /// The variable's value; nil when it is not set or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv("ENTRASYNC_" + name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Whether the variable says yes.
    static func flag(_ name: String) -> Bool {
        ["1", "true", "yes", "on"].contains(value(name)?.lowercased() ?? "")
    }
}
