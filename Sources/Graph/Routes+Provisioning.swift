// Rows of what only beta has: the links between objects.

extension Routes {
    static let connectionID = "objectConnection-id"

    static let objectConnections: [Route] = [
        Route(
            "B2", "GET", "{J}/objectConnections", .read, "D", isBeta: true,
            OnDemandHandlers.connections),
        Route(
            "B3", "GET", "{J}/objectConnections/{\(connectionID)}", .read, "D", isBeta: true,
            OnDemandHandlers.connection),
        Route(
            "B4", "DELETE", "{J}/objectConnections/{\(connectionID)}", .write, "D", isBeta: true,
            OnDemandHandlers.deleteConnection),
    ]
}
