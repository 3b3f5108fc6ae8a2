// The route table: every operation of the surface, written once.

/// All operations; routing, refusals, `entrasync routes` and the README's table read this.
public enum Routes {
    static let servicePrincipalID = "servicePrincipal-id"
    static let applicationID = "application-id"
    static let jobID = "synchronizationJob-id"
    static let templateID = "synchronizationTemplate-id"
    static let directoryID = "directoryDefinition-id"

    static let roots = [
        "/servicePrincipals/{\(servicePrincipalID)}", "/applications/{\(applicationID)}",
    ]

    /// The rows, in the order of the service's list.
    public static let all: [Route] =
        synchronization + jobs + schemas("{J}", from: 19) + bulkUpload + templates
        + schemas("{T}", from: 44) + undocumented + others + objectConnections
        + directoryReads + directoryWrites

    /// What reads of the sub-tree take; `$search` is refused by name.
    private static let entityOptions: Set<QueryOption> = [.select, .expand]
    private static let listOptions: Set<QueryOption> = [
        .select, .expand, .filter, .orderBy, .count, .top, .skip,
    ]
    private static let countOptions: Set<QueryOption> = [.filter]

    private static let synchronization: [Route] = [
        Route(
            "1", "GET", "{S}", .read, "S", options: entityOptions, SynchronizationHandlers.get),
        Route("2", "PUT", "{S}", .write, "E", SynchronizationHandlers.replace),
        Route("3", "DELETE", "{S}", .write, "S", SynchronizationHandlers.delete),
        Route(
            "4", "POST", "{S}/acquireAccessToken", .write, "D", CredentialHandlers.acquireToken),
        Route("5", "PUT", "{S}/secrets", .write, "D", SecretHandlers.save),
        Route(
            "6", "GET", "{S}/secrets/$count", .read, "S", options: countOptions,
            SecretHandlers.count),
    ]

    private static let jobs: [Route] = [
        Route("7", "GET", "{S}/jobs", .read, "D", options: listOptions, JobHandlers.list),
        Route("8", "POST", "{S}/jobs", .write, "D", JobHandlers.create),
        Route(
            "9", "GET", "{S}/jobs/$count", .read, "S", options: countOptions, JobHandlers.count),
        Route(
            "10", "POST", "{S}/jobs/validateCredentials", .write, "L",
            CredentialHandlers.validate),
        Route("11", "GET", "{J}", .read, "D", options: entityOptions, JobHandlers.get),
        Route("12", "PATCH", "{J}", .write, "I", coverage: .refusedAsLive, refuseAsUnrouted),
        Route("13", "DELETE", "{J}", .write, "D", JobHandlers.delete),
        Route("14", "POST", "{J}/start", .write, "D", JobHandlers.start),
        Route("15", "POST", "{J}/pause", .write, "D", JobHandlers.pause),
        Route("16", "POST", "{J}/restart", .write, "D", JobHandlers.restart),
        Route(
            "17", "POST", "{J}/validateCredentials", .write, "D", CredentialHandlers.validate),
        Route(
            "18", "POST", "{J}/provisionOnDemand", .write, "D", OnDemandHandlers.provision),
    ]

    /// The schema operations, which jobs and templates share but for their numbers.
    private static func schemas(_ owner: String, from number: Int) -> [Route] {
        let schema = owner + "/schema"
        let directory = schema + "/directories/{\(directoryID)}"
        let isJob = owner == "{J}"
        func row(_ offset: Int) -> String { String(number + offset) }
        return [
            Route(
                row(0), "GET", schema, .readSchema, "D", options: entityOptions,
                SchemaHandlers.get),
            Route(
                row(1), "PATCH", schema, .writeSchema, "I", coverage: .refusedAsLive,
                SchemaHandlers.patch),
            Route(row(2), "DELETE", schema, .writeSchema, "D", SchemaHandlers.reset),
            Route(
                row(3), "GET", schema + "/directories", .readSchema, "S", options: listOptions,
                SchemaHandlers.directories),
            Route(
                row(4), "POST", schema + "/directories", .writeSchema, "S",
                SchemaHandlers.addDirectory),
            Route(
                row(5), "GET", schema + "/directories/$count", .readSchema, "S",
                options: countOptions, SchemaHandlers.directoryCount),
            Route(
                row(6), "GET", directory, .readSchema, "S", options: entityOptions,
                SchemaHandlers.directory),
            Route(
                row(7), "PATCH", directory, .writeSchema, "S", SchemaHandlers.changeDirectory),
            Route(
                row(8), "DELETE", directory, .writeSchema, "S", SchemaHandlers.deleteDirectory),
            Route(
                row(9), "POST", directory + "/discover", .discover, isJob ? "D" : "S",
                CredentialHandlers.discover),
            Route(
                row(10), "GET", schema + "/filterOperators", .readFunctions, "D",
                options: listOptions, ExpressionHandlers.filterOperators),
            Route(
                row(11), "GET", schema + "/functions", .readFunctions, "D",
                options: listOptions, ExpressionHandlers.functions),
            Route(
                row(12), "POST", schema + "/parseExpression", .write, "D",
                ExpressionHandlers.parseExpression),
        ]
    }

    private static let bulkUpload: [Route] = [
        Route(
            "32", "GET", "{J}/bulkUpload", .bulkUpload, "S", options: entityOptions,
            BulkUploadHandlers.get),
        Route("33", "PATCH", "{J}/bulkUpload", .bulkUpload, "S", BulkUploadHandlers.patch),
        Route("34", "DELETE", "{J}/bulkUpload", .bulkUpload, "S", BulkUploadHandlers.delete),
        Route("35", "GET", "{J}/bulkUpload/$value", .bulkUpload, "S", BulkUploadHandlers.getValue),
        Route("36", "PUT", "{J}/bulkUpload/$value", .bulkUpload, "S", BulkUploadHandlers.putValue),
        Route(
            "37", "DELETE", "{J}/bulkUpload/$value", .bulkUpload, "S",
            BulkUploadHandlers.deleteValue),
    ]

    private static let templates: [Route] = [
        Route(
            "38", "GET", "{S}/templates", .read, "D", options: listOptions,
            TemplateHandlers.list),
        Route("39", "POST", "{S}/templates", .write, "S", TemplateHandlers.create),
        Route(
            "40", "GET", "{S}/templates/$count", .read, "S", options: countOptions,
            TemplateHandlers.count),
        Route("41", "GET", "{T}", .read, "D", options: entityOptions, TemplateHandlers.get),
        Route("42", "PATCH", "{T}", .write, "D", TemplateHandlers.replace),
        Route("43", "DELETE", "{T}", .write, "S", TemplateHandlers.delete),
    ]

    /// Live operations that the generated clients do not have.
    ///
    /// A6 and A7 are ways to write any path of the sub-tree: the router reads both.
    private static let undocumented: [Route] = [
        Route("A1", "PUT", "{J}/schema", .writeSchema, "D", SchemaHandlers.replace),
        Route("A2", "PUT", "{T}/schema", .writeSchema, "D", SchemaHandlers.replace),
        Route("A3", "PUT", "{T}", .write, "D", TemplateHandlers.replace),
        Route("A4", "POST", "{J}/bulkUpload", .bulkUpload, "D", BulkUploadHandlers.post),
        Route("A5", "GET", "{S}/secrets", .read, "C", options: listOptions, SecretHandlers.list),
        Route.spelling("A6", "/servicePrincipals(appId='…')/synchronization/…", "U"),
        Route.spelling("A7", "{J}/microsoft.graph.start", "I"),
    ]

    /// What only beta has, and what Graph has beside its resources.
    private static let others: [Route] = [
        Route(
            "B1", "GET", "{S}/Ping", .read, "S", isBeta: true, SynchronizationHandlers.ping),
        Route("G1", "POST", "/$batch", .none, "D", coverage: .covered),
    ]

    @Sendable private static func refuseAsUnrouted(_ call: GraphCall) throws -> GraphAnswer {
        throw GraphError.notRouted(call.path)
    }
}
