// What an application's jobs say of the objects that they write to the built-in target.

public import Model
public import Storage

extension SCIMStore {
    /// An attribute of the target's side of a job's schema.
    public struct JobAttribute: Sendable {
        /// The kind of resource that has it.
        public let type: SCIMResourceType
        /// Its name: `urn:ietf:params:scim:schemas:extension:custom:2.0:User:tag`.
        public let name: String
        /// The schema's `attributeDefinition`.
        public let definition: JSONObject
    }

    /// The attributes that all schemas of the application's jobs define for the target, in their order,
    /// each name once for each kind of resource.
    ///
    /// What mappings name is among them, as no schema is taken otherwise. A job that follows its
    /// gallery template is left out: no template of the gallery knows of an attribute that the standard
    /// schemas do not.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func jobAttributes() throws(StorageError) -> [JobAttribute] {
        var attributes: [JobAttribute] = []
        var known: Set<[String]> = []
        for stored in try database.jobs.list(of: servicePrincipal) {
            let own = stored.hasOwnSchema ? try database.jobs.loadSchema(id: stored.job.id) : nil
            let template = try database.templates.load(
                stored.job.templateID, of: servicePrincipal)
            guard let schema = own ?? template?.schema else { continue }
            for attribute in SCIMStore.attributes(schema.json) {
                let key = [attribute.type.name, attribute.name.lowercased()]
                if known.insert(key).inserted { attributes.append(attribute) }
            }
        }
        return attributes
    }

    private static func attributes(_ schema: JSONObject) -> [JobAttribute] {
        let rules = (schema["synchronizationRules"]?.array ?? []).compactMap(\.object)
        let targets = Set(rules.compactMap { $0["targetDirectoryName"]?.string })
        let directories = (schema["directories"]?.array ?? []).compactMap(\.object).filter {
            targets.contains($0["name"]?.string ?? "")
        }
        let objects = directories.flatMap { $0["objects"]?.array ?? [] }.compactMap(\.object)
        return objects.flatMap { object -> [JobAttribute] in
            guard let type = object["name"]?.string.flatMap(SCIMResourceType.init(named:)) else {
                return []
            }
            return (object["attributes"]?.array ?? []).compactMap(\.object).compactMap { json in
                json["name"]?.string.map {
                    JobAttribute(type: type, name: $0, definition: json)
                }
            }
        }
    }
}
