// What the process says of itself.

public import Emulator
public import Model

/// Facts about the process that its faces tell.
public struct EmulatorInformation: Sendable {
    /// The version of the program.
    public let version: String
    /// When the process began, in real time.
    public let started: Timestamp
    /// All tenants.
    public let tenants: Tenants

    /// Makes the facts.
    public init(version: String, started: Timestamp, tenants: Tenants) {
        self.version = version
        self.started = started
        self.tenants = tenants
    }
}
