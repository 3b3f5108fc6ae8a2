// Templates: the gallery's, and what the owner of an application made of them.

public import Model
import Storage

extension Tenant {
    /// The templates that a service principal is offered.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func templates(of key: ServicePrincipalKey) throws -> [SynchronizationTemplate] {
        try read { database in
            try templates(of: try Tenant.servicePrincipal(key, in: database), in: database)
        }
    }

    /// One of the templates that a service principal is offered.
    ///
    /// - Throws: `EmulatorError.templateNotFound`.
    public func template(
        _ id: String, of key: ServicePrincipalKey
    ) throws -> SynchronizationTemplate {
        guard let found = try templates(of: key).first(where: { $0.id == id }) else {
            throw EmulatorError.templateNotFound(id)
        }
        return found
    }

    /// Makes a template that this service principal alone is offered.
    ///
    /// - Throws: `EmulatorError.templateExists` when it is offered one of that identifier.
    public func createTemplate(
        _ id: String, _ json: JSONObject, schema: SynchronizationSchema?,
        of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            let known = try templates(of: owner, in: transaction.database)
            guard !known.contains(where: { $0.id == id }) else {
                throw EmulatorError.templateExists(id)
            }
            try transaction.database.templates.save(
                TemplateCustomization(templateID: id, template: json), of: owner.id)
            try save(schema, ofTemplate: id, of: owner, &transaction)
        }
    }

    /// Writes a template whole; its schema stays unless one is given.
    ///
    /// - Throws: `EmulatorError.templateNotFound`.
    public func replaceTemplate(
        _ id: String, with json: JSONObject, schema: SynchronizationSchema?,
        of key: ServicePrincipalKey
    ) throws {
        try changeTemplate(id, of: key) { owner, changed, transaction in
            changed.template = json
            try transaction.database.templates.save(changed, of: owner.id)
            try save(schema, ofTemplate: id, of: owner, &transaction)
        }
    }

    /// Takes a template from what a service principal is offered; its jobs go on.
    ///
    /// - Throws: `EmulatorError.templateNotFound`.
    public func deleteTemplate(_ id: String, of key: ServicePrincipalKey) throws {
        try changeTemplate(id, of: key) { owner, changed, transaction in
            changed.isDeleted = true
            try transaction.database.templates.save(changed, of: owner.id)
        }
    }

    private func changeTemplate(
        _ id: String, of key: ServicePrincipalKey,
        _ body: (DirectoryObject, inout TemplateCustomization, inout Transaction) throws -> Void
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            let known = try templates(of: owner, in: transaction.database)
            guard known.contains(where: { $0.id == id }) else {
                throw EmulatorError.templateNotFound(id)
            }
            var changed =
                try transaction.database.templates.load(id, of: owner.id)
                ?? TemplateCustomization(templateID: id)
            try body(owner, &changed, &transaction)
        }
    }

    private func save(
        _ schema: SynchronizationSchema?, ofTemplate id: String, of owner: DirectoryObject,
        _ transaction: inout Transaction
    ) throws {
        guard let schema else { return }
        try saveSchema(schema, of: .template(id), owner.id, &transaction)
    }

    // MARK: In a transaction

    /// The gallery's templates as they are changed for a service principal, then its own.
    func templates(
        of owner: DirectoryObject, in database: Database
    ) throws -> [SynchronizationTemplate] {
        let offered = gallery.templates(of: owner)
        let changes = try database.templates.list(of: owner.id)
        guard !changes.isEmpty else { return offered }
        let kept = offered.compactMap { template -> SynchronizationTemplate? in
            guard let change = changes.first(where: { $0.templateID == template.id }) else {
                return template
            }
            guard !change.isDeleted else { return nil }
            return change.template.map { template.changed(template.id, $0) } ?? template
        }
        let own = changes.compactMap { change -> SynchronizationTemplate? in
            guard !change.isDeleted, let json = change.template,
                !offered.contains(where: { $0.id == change.templateID })
            else { return nil }
            return factory(of: json)?.changed(change.templateID, json)
        }
        return kept + own
    }

    /// The schema in force for a template: as it was changed, else the default of its factory.
    func templateSchema(
        _ id: String, of owner: GUID, in database: Database
    ) throws -> SynchronizationSchema {
        guard let change = try database.templates.load(id, of: owner) else {
            return try gallery.schema(of: id)
        }
        if let schema = change.schema { return schema }
        if gallery.template(id) != nil { return try gallery.schema(of: id) }
        let factory = change.template.flatMap { self.factory(of: $0) }
        return try gallery.schema(of: factory?.id ?? id)
            .identified("\(id).\(GUID.zero.withoutDashes)")
    }

    /// The gallery's template that makes what a template of one's own describes.
    ///
    /// Unverified: a template whose `factoryTag` names no connector works like `scim`.
    private func factory(of json: JSONObject) -> SynchronizationTemplate? {
        if let tag = json["factoryTag"]?.string, let found = gallery.template(factoryTag: tag) {
            return found
        }
        return gallery.template("scim")
    }
}

extension SynchronizationTemplate {
    /// The same connector under an identifier, with other members.
    fileprivate func changed(_ id: String, _ json: JSONObject) -> SynchronizationTemplate {
        SynchronizationTemplate(
            id: id, applicationTemplateID: applicationTemplateID, interval: interval,
            jobIDNamesApplication: jobIDNamesApplication || id != self.id, settings: settings,
            json: json)
    }
}
