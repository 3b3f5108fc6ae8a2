// Many operations in one request.

import Emulator
import HTTP
import Model
import Storage

/// A bulk request (RFC 7644, section 3.7), carried out operation by operation.
///
/// An operation that names another one by `bulkId:…` waits until that one is done; resources that name
/// each other in a circle are made together. What can't be resolved is refused with 409.
struct BulkRequest {
    struct Operation {
        let method: String
        let bulkID: String?
        let path: String
        let version: String?
        let data: JSONValue?
    }

    let operations: [Operation]
    /// Errors after which the rest is left undone; nil for any number.
    private let failOnErrors: Int?
    /// The identifier that came of each `bulkId`.
    var made: [String: String] = [:]
    /// What became of each operation that was carried out.
    var results: [Int: JSONValue] = [:]
    /// Operations that failed.
    var errors = 0

    /// Reads a body.
    ///
    /// - Throws: `SCIMRefusal.invalidSyntax`, `.tooLarge`.
    init(_ body: JSONObject) throws(SCIMRefusal) {
        guard let elements = body[scim: "Operations"]?.array, !elements.isEmpty else {
            throw SCIMRefusal.invalidSyntax("'Operations' must be a list of operations.")
        }
        guard elements.count <= Limits.bulkOperations else {
            throw SCIMRefusal.tooLarge("'Operations'", limit: Limits.bulkOperations)
        }
        if let limit = body[scim: "failOnErrors"], !limit.isNull {
            guard let limit = limit.integer, limit > 0 else {
                throw SCIMRefusal.invalidSyntax("'failOnErrors' must be a whole number over 0.")
            }
            failOnErrors = Int(limit)
        } else {
            failOnErrors = nil
        }
        var operations: [Operation] = []
        for element in elements { operations.append(try BulkRequest.operation(element)) }
        self.operations = operations
    }

    private static func operation(_ json: JSONValue) throws(SCIMRefusal) -> Operation {
        guard let members = json.object, let method = members[scim: "method"]?.string,
            let path = members[scim: "path"]?.string
        else {
            throw SCIMRefusal.invalidSyntax("An operation needs 'method' and 'path'.")
        }
        return Operation(
            method: method.uppercased(), bulkID: members[scim: "bulkId"]?.string, path: path,
            version: members[scim: "version"]?.string, data: members[scim: "data"])
    }

    /// Carries the operations out.
    ///
    /// - Returns: the body of the answer.
    /// - Throws: `StorageError`; what an operation is refused is in the answer.
    mutating func run(
        _ service: inout SCIMService, _ transaction: inout Transaction
    ) throws -> JSONValue {
        var waiting = Array(operations.indices)
        repeat {
            var isProgressing = true
            while !waiting.isEmpty, isProgressing {
                isProgressing = false
                for index in waiting where mayGoOn {
                    guard unresolved(operations[index]).isEmpty else { continue }
                    waiting.removeAll { $0 == index }
                    isProgressing = true
                    try run(index, &service, &transaction)
                }
            }
        } while try makeCircle(&waiting, &service, &transaction)
        for index in waiting where mayGoOn { refuse(index) }
        return [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
            "Operations": .array(operations.indices.compactMap { results[$0] }),
        ]
    }

    /// Whether the errors so far let the rest be carried out.
    var mayGoOn: Bool { failOnErrors.map { errors < $0 } ?? true }

    /// Says of an operation that what it refers to is not there.
    mutating func refuse(_ index: Int) {
        let refusal = SCIMRefusal(
            409, "invalidValue", "A bulkId that it refers to is unknown or was not made.")
        results[index] = BulkRequest.result(operations[index], refusal)
        errors += 1
    }

    /// The names of operations that an operation refers to and that are not done yet, or never will be.
    func unresolved(_ operation: Operation) -> Set<String> {
        var names: Set<String> = []
        BulkRequest.references(in: .string(operation.path), &names)
        if let data = operation.data { BulkRequest.references(in: data, &names) }
        return names.filter { made[$0] == nil }
    }

    private static func references(in value: JSONValue, _ names: inout Set<String>) {
        switch value {
        case .string(let text):
            if let range = text.split(separator: "/").last(where: { $0.hasPrefix("bulkId:") }) {
                names.insert(String(range.dropFirst(7)))
            }
        case .array(let elements): for element in elements { references(in: element, &names) }
        case .object(let object):
            for member in object.members { references(in: member.value, &names) }
        default: break
        }
    }

    /// A value with each reference replaced by the identifier that it means.
    private func resolved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(resolved(text))
        case .array(let elements): return .array(elements.map(resolved))
        case .object(let object):
            return .object(JSONObject(object.members.map { ($0.name, resolved($0.value)) }))
        default: return value
        }
    }

    private func resolved(_ text: String) -> String {
        guard text.contains("bulkId:") else { return text }
        return text.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("bulkId:")
                ? made[String(part.dropFirst(7))] ?? String(part) : String(part)
        }.joined(separator: "/")
    }

    /// Carries out one operation.
    ///
    /// - Parameters:
    ///   - index: its place.
    ///   - service: the directory's operations.
    ///   - transaction: the caller's transaction.
    ///   - id: the identifier that a resource gets that is made; nil for any.
    /// - Throws: `StorageError`; what the operation is refused is its result.
    mutating func run(
        _ index: Int, _ service: inout SCIMService, _ transaction: inout Transaction,
        id: String? = nil
    ) throws {
        let operation = operations[index]
        do {
            let (answer, status) = try perform(operation, id, &service, &transaction)
            var members = BulkRequest.head(operation)
            if let answer {
                members["location"] = .string(service.location(of: answer))
                members["version"] = .string(ResourceRendering.version(answer.row))
                if let name = operation.bulkID, status == 201 { made[name] = answer.row.id }
            } else {
                members["location"] = .string(service.base + resolved(operation.path))
            }
            members["status"] = .string(String(status))
            results[index] = .object(members)
        } catch let refusal as SCIMRefusal {
            results[index] = BulkRequest.result(operation, refusal)
            errors += 1
        }
    }

    private func perform(
        _ operation: Operation, _ id: String?, _ service: inout SCIMService,
        _ transaction: inout Transaction
    ) throws -> (answer: SCIMService.Answer?, status: Int) {
        let parts = resolved(operation.path).split(separator: "/").map(String.init)
        guard let type = BulkRequest.type(parts), parts.count <= 2 else {
            throw SCIMRefusal.notFound("'\(operation.path)'")
        }
        let precondition = SCIMService.Precondition(ifMatch: operation.version)
        let data = operation.data.map(resolved)?.object
        switch (operation.method, parts.count == 2 ? parts[1] : nil) {
        case ("POST", nil):
            guard operation.bulkID != nil else {
                throw SCIMRefusal.invalidSyntax("A POST in a bulk request needs a 'bulkId'.")
            }
            let body = try BulkRequest.body(data)
            return (try service.create(body, type, &transaction, id: id), 201)
        case ("PUT", let id?):
            let body = try BulkRequest.body(data)
            let answer = try service.replace(id, body, type, precondition, now: transaction.now)
            return (answer, 200)
        case ("PATCH", let id?):
            let patch = try PatchRequest(try BulkRequest.body(data))
            let answer = try service.patch(id, patch, type, precondition, now: transaction.now)
            return (answer, 200)
        case ("DELETE", let id?):
            try service.delete(id, type, precondition)
            return (nil, 204)
        default:
            throw SCIMRefusal.invalidSyntax(
                "'\(operation.method)' is not taken for '\(operation.path)'.")
        }
    }

    private static func type(_ parts: [String]) -> SCIMResourceType? {
        SCIMResourceType.allCases.first { $0.endpoint.dropFirst() == parts.first ?? "" }
    }

    private static func body(_ data: JSONObject?) throws(SCIMRefusal) -> JSONObject {
        guard let data else { throw SCIMRefusal.invalidSyntax("'data' must be an object.") }
        return data
    }

    private static func head(_ operation: Operation) -> JSONObject {
        var members = JSONObject([("method", .string(operation.method))])
        if let name = operation.bulkID { members["bulkId"] = .string(name) }
        return members
    }

    private static func result(_ operation: Operation, _ refusal: SCIMRefusal) -> JSONValue {
        var members = head(operation)
        members["status"] = .string(String(refusal.status))
        members["response"] = refusal.json
        return .object(members)
    }
}
