// The demo's inbound jobs, driven by hand.

import Emulator
import HTTP
import Model
import Storage
import Support
import Testing

/// A world with one inbound job of the demo.
struct InboundWorld {
    /// The jobs whose target is the tenant's own directory.
    enum Job: String {
        case workday = "Workday2AAD"
        case onPremises = "AD2AADProvisioning"
        case uploads = "API2AAD"
    }

    let world: TestWorld
    let tenant: Tenant
    let job: StoredJob

    init(_ kind: Job, in world: TestWorld? = nil) throws {
        self.world = try world ?? TestWorld()
        tenant = try self.world.tenant()
        job = try #require(
            try tenant.allJobs().map(\.stored).first { $0.job.templateID == kind.rawValue })
    }

    var principal: ServicePrincipalKey { .id(job.servicePrincipal) }

    /// Runs a cycle.
    @discardableResult
    func run(sourceLocation: SourceLocation = #_sourceLocation) throws -> HTTPResponse {
        let answer = world.send("POST", "/_emulator/jobs/\(job.job.id)/run")
        #expect(answer.status == 200, sourceLocation: sourceLocation)
        #expect(
            answer.member("execution", "error").object == nil, "\(answer.json.text)",
            sourceLocation: sourceLocation)
        return answer
    }

    /// The user in use of an employee's number.
    func user(_ employee: String) throws -> JSONObject? {
        try tenant.read { database in
            try database.directory.find(.user, at: ["employeeId"], is: employee)
                .first { $0.deleted == nil }?.object.json
        }
    }

    /// A member of a user; null when there is neither.
    func value(_ member: String, of employee: String) throws -> JSONValue {
        try user(employee)?[member] ?? .null
    }

    /// The employee's number of whom a user has as its manager.
    func manager(of employee: String) throws -> String? {
        guard let id = try user(employee)?["id"]?.string.flatMap({ GUID(parsing: $0) }) else {
            return nil
        }
        return try tenant.read { database in
            for link in try database.export.links(.manager) where link.source == id.description {
                let user = try GUID(parsing: link.target).flatMap {
                    try database.directory.load(.user, id: $0)
                }
                return user?.object.json["employeeId"]?.string
            }
            return nil
        }
    }

    /// Writes attributes of an object of the source; makes it where it is not there.
    func change(_ type: String, _ id: String, _ attributes: JSONObject) throws {
        let place = try place(type)
        do {
            _ = try tenant.changeDirectoryObject(id, in: place, attributes)
        } catch ToolError.objectNotFound {
            _ = try tenant.addDirectoryObject(attributes, id: id, in: place)
        }
    }

    func place(_ type: String) throws -> DirectoryPlace {
        try tenant.directoryPlace(
            named: type == "Worker" ? "Workday" : "Active Directory", objectType: type,
            servicePrincipal: job.servicePrincipal)
    }

    /// The newest record of the log about an object, or all of them, the newest first.
    func log(about anchor: String) -> [JSONValue] {
        let filter = "jobId eq '\(job.job.id)' and sourceIdentity/id eq '\(anchor)'"
        let answer = world.send(
            "GET",
            "/v1.0/auditLogs/provisioning?$filter="
                + filter.replacing(" ", with: "%20").replacing("'", with: "%27"))
        #expect(answer.status == 200, "\(answer.json.text)")
        return answer.member("value").array ?? []
    }

    /// The error codes of the log about an object.
    func errors(about anchor: String) -> [String] {
        log(about: anchor).compactMap {
            $0.object?["provisioningStatusInfo"]?.object?["errorInformation"]?.object?["errorCode"]?
                .string
        }
    }
}
