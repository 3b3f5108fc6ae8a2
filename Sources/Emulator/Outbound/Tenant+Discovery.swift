// Reading a target's own description of its types into a job's schema.

public import Model
import Provisioning
import Storage
import VirtualTime

extension Tenant {
    /// Asks a target for its schemas and joins what it says to a directory's definition.
    ///
    /// Attributes that the definition has stay as they are. A directory that is not reached over SCIM
    /// keeps its attributes. Waits for a network.
    ///
    /// - Parameters:
    ///   - directory: the directory's identifier in the schema.
    ///   - schema: the job's or the template's schema.
    ///   - job: the job that keeps what was found; nil keeps nothing.
    ///   - key: whose secrets name the target.
    /// - Returns: the definition as it is now; nil when the schema has no such directory.
    /// - Throws: `TargetFailure`, `EmulatorError`, `BodyError` for a name that is no attribute's.
    public func discover(
        directory: String, in schema: SynchronizationSchema, job: String?,
        of key: ServicePrincipalKey
    ) throws -> JSONObject? {
        guard var definition = Tenant.directory(directory, in: schema) else { return nil }
        if Tenant.isTarget(definition["name"]?.string, in: schema) {
            let target = try makeTarget(
                with: try secrets(of: key), job: job, schema: schema)
            let schemas = try target.send(SCIMRequest("GET", "/Schemas")).list()
            try merge(DiscoveredAttributes(schemas), into: &definition)
        }
        definition["discoverabilities"] = "AttributeNames, AttributeDataTypes"
        let found = definition
        return try write { transaction in
            var definition = found
            definition["discoveryDateTime"] = .string(transaction.now.description)
            definition["version"] = .string(transaction.ids.next().description)
            guard let job else { return definition }
            let stored = try Tenant.job(job, of: key, in: transaction.database)
            let current = try self.schema(of: stored, in: transaction.database)
            try transaction.database.jobs.saveSchema(
                id: job, current.replacingDirectory(directory, by: definition))
            return definition
        }
    }

    private static func directory(
        _ id: String, in schema: SynchronizationSchema
    ) -> JSONObject? {
        (schema.json["directories"]?.array ?? []).compactMap(\.object).first {
            $0["id"]?.string == id
        }
    }

    private static func isTarget(_ name: String?, in schema: SynchronizationSchema) -> Bool {
        let own = ["Microsoft Entra ID", "Azure Active Directory"]
        guard let name, !own.contains(name) else { return false }
        return (schema.json["synchronizationRules"]?.array ?? []).contains {
            $0.object?["targetDirectoryName"]?.string == name
        }
    }

    private func merge(
        _ discovered: DiscoveredAttributes, into definition: inout JSONObject
    ) throws {
        let normalizer = BodyNormalizer(catalog: gallery.types)
        let objects = try (definition["objects"]?.array ?? []).map { object -> JSONValue in
            guard var members = object.object, let name = members["name"]?.string else {
                return object
            }
            var attributes = members["attributes"]?.array ?? []
            var known = Set(attributes.compactMap { $0.object?["name"]?.string?.lowercased() })
            for attribute in discovered.attributes(of: name) {
                guard attributes.count < Limits.discoveredAttributes,
                    let name = attribute["name"]?.string, known.insert(name.lowercased()).inserted
                else { continue }
                attributes.append(
                    .object(
                        try normalizer.normalize(.object(attribute), as: "attributeDefinition")))
            }
            members["attributes"] = .array(attributes)
            return .object(members)
        }
        definition["objects"] = .array(objects)
    }
}
