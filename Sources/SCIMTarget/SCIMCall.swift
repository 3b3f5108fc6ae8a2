// A request, told apart by method and path.

import Emulator
import HTTP
import Model

/// One request to a directory.
struct SCIMCall {
    let request: HTTPRequest
    /// What the request's body says, where the caller knows.
    let json: JSONValue?
    /// What was read in the request before, where no behaviour changes how it is read.
    let reading: RequestReading?
    var service: SCIMService
    /// The answer's body, where the caller wants no bytes.
    private(set) var unwritten: LocalAnswer.Unwritten?
    /// Whether the caller wants no bytes where it can do without.
    private let leavesBody: Bool

    init(_ call: LocalCall, service: SCIMService) {
        request = call.request
        json = call.json
        leavesBody = call.leavesBody
        reading = service.store.behaviours.isEmpty ? call.reading as? RequestReading : nil
        self.service = service
    }

    /// Answers a request below `/Users` or `/Groups`.
    ///
    /// - Throws: `SCIMRefusal`, `StorageError`.
    mutating func answer(
        _ type: SCIMResourceType, _ segments: ArraySlice<String>, _ transaction: inout Transaction
    ) throws -> HTTPResponse {
        guard let id = segments.first else {
            switch request.method {
            case "GET", "HEAD": return try list([type])
            case "POST": return try create(type, &transaction)
            default: throw SCIMRefusal.methodNotAllowed("GET, HEAD, POST")
            }
        }
        guard segments.count == 1 else { throw SCIMRefusal.notFound("'\(request.path)'") }
        if id == ".search" { return try search([type]) }
        return try answer(type, id: id, now: transaction.now)
    }

    /// Answers a list.
    ///
    /// - Throws: `SCIMRefusal`, `StorageError`.
    mutating func list(_ types: [SCIMResourceType]) throws -> HTTPResponse {
        guard ["GET", "HEAD"].contains(request.method) else {
            throw SCIMRefusal.methodNotAllowed("GET, HEAD")
        }
        if case .list(let read, let type)? = reading?.content, types == [type] {
            return try list(resolved: try read.get(), types)
        }
        return try list(try ListRequest(query: request.query), types)
    }

    /// Answers a search by POST.
    ///
    /// - Throws: `SCIMRefusal`, `StorageError`.
    mutating func search(_ types: [SCIMResourceType]) throws -> HTTPResponse {
        guard request.method == "POST" else { throw SCIMRefusal.methodNotAllowed("POST") }
        return try list(try ListRequest(search: try body()), types)
    }

    private mutating func list(
        _ listRequest: ListRequest, _ types: [SCIMResourceType]
    ) throws -> HTTPResponse {
        var listRequest = listRequest
        listRequest.filter = try listRequest.filter?.resolved(for: types)
        return try list(resolved: listRequest, types)
    }

    private mutating func list(
        resolved listRequest: ListRequest, _ types: [SCIMResourceType]
    ) throws -> HTTPResponse {
        var list = ResourceList(listRequest, store: service.store, base: service.base)
        try list.find(types)
        service.noteFree(list.freeUserName)
        if leavesBody, let empty = list.emptyBody {
            unwritten = .json(empty)
            return SCIMCall.emptyList
        }
        return HTTPResponse(fields: [BuiltInTarget.contentType], body: list.body)
    }

    private static let emptyList = HTTPResponse(fields: [BuiltInTarget.contentType])

    private mutating func create(
        _ type: SCIMResourceType, _ transaction: inout Transaction
    ) throws -> HTTPResponse {
        let selection = try ListRequest.selection(query: request.query)
        let answer: SCIMService.Answer
        if case .resource(let read, type)? = reading?.content {
            answer = try service.create(try read.get(), type, &transaction)
        } else {
            answer = try service.create(try body(), type, &transaction)
        }
        // Nobody has a user as a member who was not there before.
        if type == .user, request.query == nil, leavesBody {
            let (head, body) = service.created(answer)
            unwritten = body
            return head
        }
        return try service.response(answer, status: 201, selection)
    }

    private mutating func answer(
        _ type: SCIMResourceType, id: String, now: Timestamp
    ) throws -> HTTPResponse {
        let selection = try ListRequest.selection(query: request.query)
        let precondition = SCIMService.Precondition(
            ifMatch: request.value(of: "If-Match"), ifNoneMatch: request.value(of: "If-None-Match"))
        switch request.method {
        case "GET", "HEAD":
            let row = try service.load(id, type)
            let version = ResourceRendering.version(row)
            if let versions = precondition.ifMatch,
                !SCIMService.Precondition.has(versions, version)
            {
                throw SCIMRefusal.preconditionFailed
            }
            if let versions = precondition.ifNoneMatch,
                SCIMService.Precondition.has(versions, version)
            {
                return HTTPResponse(status: 304, fields: [HTTPField("ETag", version)])
            }
            return try service.response(.init(row: row, type: type), status: 200, selection)
        case "PUT":
            let answer = try service.replace(id, try body(), type, precondition, now: now)
            return try service.response(answer, status: 200, selection)
        case "PATCH":
            let answer: SCIMService.Answer
            switch reading?.content {
            case .members(let changes)? where type == .group:
                answer = try service.change(membersOf: id, changes, precondition, now: now)
            case .patch(let read)?:
                answer = try service.patch(id, try read.get(), type, precondition, now: now)
            default:
                answer = try service.patch(
                    id, try PatchRequest(try body()), type, precondition, now: now)
            }
            // The service expects 204 for groups; nothing has to be read to say it.
            if type == .group, request.query == nil {
                return HTTPResponse(
                    status: 204,
                    fields: [HTTPField("ETag", ResourceRendering.version(answer.row))])
            }
            return try service.response(answer, status: 200, selection)
        case "DELETE":
            try service.delete(id, type, precondition)
            return HTTPResponse(status: 204)
        default: throw SCIMRefusal.methodNotAllowed("GET, HEAD, PUT, PATCH, DELETE")
        }
    }

    /// Answers a bulk request.
    ///
    /// - Throws: `SCIMRefusal`, `StorageError`.
    mutating func bulk(_ transaction: inout Transaction) throws -> HTTPResponse {
        guard request.method == "POST" else { throw SCIMRefusal.methodNotAllowed("POST") }
        guard request.body.count <= Limits.bulkBytes else {
            throw SCIMRefusal.tooLarge("The body", limit: Limits.bulkBytes)
        }
        var bulk = try BulkRequest(try body())
        let answer = try bulk.run(&service, &transaction)
        return HTTPResponse(fields: [BuiltInTarget.contentType], body: answer.bytes)
    }

    /// The request's body.
    private func body() throws(SCIMRefusal) -> JSONObject {
        if let type = request.value(of: "Content-Type"), type != "application/scim+json" {
            let name = type.prefix { $0 != ";" && $0 != " " }.lowercased()
            guard name == "application/scim+json" || name == "application/json" else {
                throw SCIMRefusal(
                    415, nil, "The body must be application/scim+json, not '\(name)'.")
            }
        }
        if let known = json?.object { return known }
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue(parsing: request.body) } catch {
            throw SCIMRefusal.invalidSyntax("The body is no JSON: see offset \(error.offset).")
        }
        guard let object = json.object else {
            throw SCIMRefusal.invalidSyntax("The body is no JSON object.")
        }
        return object
    }
}
