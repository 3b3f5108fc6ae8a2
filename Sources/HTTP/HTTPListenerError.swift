// Why a listener could not be started.

/// A listener that could not be started.
public enum HTTPListenerError: Error, Equatable {
    /// Another socket listens on this port.
    case portInUse(host: String, port: UInt16)
    /// The host is not an address, or not one of this machine.
    case badAddress(host: String)
    /// The system refused for another reason, such as a privileged port.
    case system(errno: Int32, text: String)
}
