// The templates that the emulator ships: what jobs are made from.

import Locks
public import Model
import Provisioning

/// The synchronization templates of the application gallery, read from the embedded fixtures.
///
/// A class, because it remembers the schemas that were completed: completing one takes milliseconds,
/// and most runs need one or two.
public final class Gallery: Sendable {
    /// The types of the emulated surface.
    public let types: TypeCatalog
    /// The applications of the gallery in the service's JSON, each once.
    public let applicationTemplates: [JSONObject]
    private let templates: [SynchronizationTemplate]
    private let documents: [String: JSONObject]
    private let names: [String: WireNames]
    private let schemas = Guarded<[String: SynchronizationSchema]>([:])

    /// Reads all embedded templates.
    ///
    /// - Throws: `EmulatorError` when a fixture is damaged.
    public init() throws {
        types = try TypeCatalog(
            try Assets.json("Metadata/types.json"),
            try Assets.json("Metadata/directory-types.json"))
        var documents: [String: JSONObject] = [:]
        var templates: [SynchronizationTemplate] = []
        var names: [String: WireNames] = [:]
        var applications: [JSONObject] = []
        for name in Assets.names(in: "Templates") {
            guard let file = try Assets.json("Templates/\(name).json").object else {
                throw EmulatorError.unknownAsset(name)
            }
            let template = try Gallery.template(name, file)
            templates.append(template)
            names[template.id] = WireNames(file["wireNames"]?.object ?? JSONObject())
            if let application = file["applicationTemplate"]?.object,
                !applications.contains(where: { $0["id"] == application["id"] })
            {
                applications.append(application)
            }
            documents[template.id] = file["template"]?.object?["schema"]?.object
        }
        self.documents = documents
        self.templates = templates
        self.names = names
        applicationTemplates = applications
    }

    /// The names under which a template's target takes what its schema names otherwise.
    ///
    /// Differs from Entra: connectors of gallery applications with an API of their own speak SCIM here.
    func wireNames(of templateID: String) -> WireNames { names[templateID] ?? .same }

    private static func template(
        _ name: String, _ file: JSONObject
    ) throws(EmulatorError) -> SynchronizationTemplate {
        func damaged(_ member: String) -> EmulatorError {
            .unreadableTemplate(
                name, BodyError(reason: .notAnObject, path: "Templates/\(name).json: \(member)"))
        }
        guard var json = file["template"]?.object, let id = json["id"]?.string else {
            throw damaged("template")
        }
        guard let interval = file["interval"]?.string.flatMap(ISODuration.init(parsing:)) else {
            throw damaged("interval")
        }
        guard let application = json["applicationId"]?.string.flatMap({ GUID(parsing: $0) }) else {
            throw damaged("template.applicationId")
        }
        json["schema"] = nil
        let settings = (file["synchronizationJobSettings"]?.array ?? []).compactMap {
            setting -> KeyValuePair? in
            guard let name = setting.object?["name"]?.string else { return nil }
            return KeyValuePair(name: name, value: setting.object?["value"]?.string)
        }
        return SynchronizationTemplate(
            id: id, applicationTemplateID: application, interval: interval,
            jobIDNamesApplication: file["jobIdentifier"]?.string == "application",
            settings: settings, json: json)
    }

    /// The template of an id; names are compared exactly.
    public func template(_ id: String) -> SynchronizationTemplate? {
        templates.first { $0.id == id }
    }

    /// The template of a connector's name.
    func template(factoryTag: String) -> SynchronizationTemplate? {
        templates.first { $0.json["factoryTag"]?.string == factoryTag }
    }

    /// The templates that a service principal's jobs can be made from.
    ///
    /// Unverified: an application of no known gallery template is offered the template `scim`.
    public func templates(of servicePrincipal: DirectoryObject) -> [SynchronizationTemplate] {
        let gallery = servicePrincipal.json["applicationTemplateId"]?.string
            .flatMap { GUID(parsing: $0) }
        let own = templates.filter { $0.applicationTemplateID == gallery }
        return own.isEmpty ? templates.filter { $0.id == Gallery.genericTemplateID } : own
    }

    private static let genericTemplateID = "scim"

    /// A template's default schema, complete.
    ///
    /// - Throws: `EmulatorError` when there is no such template or its fixture is damaged.
    public func schema(of templateID: String) throws(EmulatorError) -> SynchronizationSchema {
        if let known = schemas.withLock({ $0[templateID] }) { return known }
        guard var document = documents[templateID] else {
            throw EmulatorError.templateNotFound(templateID)
        }
        var directories: [JSONValue] = []
        for directory in document["directories"]?.array ?? [] {
            guard let name = directory.object?["include"]?.string else {
                directories.append(directory)
                continue
            }
            directories.append(try Assets.json("Directories/\(name).json"))
        }
        document["directories"] = .array(directories)
        do {
            let complete = try SynchronizationSchema(completing: .object(document), by: types)
            schemas.withLock { $0[templateID] = complete }
            return complete
        } catch { throw EmulatorError.unreadableTemplate(templateID, error) }
    }
}

extension WireNames {
    /// Shape: `{"User":{"type":"urn:…","attributes":{"user_name":"userName"}}}`.
    fileprivate init(_ json: JSONObject) {
        var types: [String: String] = [:]
        var attributes: [String: [String: String]] = [:]
        for member in json.members {
            types[member.name] = member.value.object?["type"]?.string
            for pair in member.value.object?["attributes"]?.object?.members ?? [] {
                attributes[member.name, default: [:]][pair.name] = pair.value.string
            }
        }
        self.init(types: types, attributes: attributes)
    }
}
