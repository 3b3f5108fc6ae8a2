// Many operations in one request.

import Emulator
import HTTP
import Model
import Storage

/// A bulk request (RFC 7644, section 3.7), carried out operation by operation.
///
/// An operation that names another one by `bulkId:…` waits until that one is done; two that wait for each
/// other are refused with 409.
struct BulkRequest {
    private struct Operation {
        let method: String
        let bulkID: String?
        let path: String
        let version: String?
        let data: JSONValue?
    }

    private let operations: [Operation]
    /// Errors after which the rest is left undone; nil for any number.
    private let failOnErrors: Int?
    /// The identifier that came of each `bulkId`.
    private var made: [String: String] = [:]

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
        var results: [Int: JSONValue] = [:]
        var waiting = Array(operations.indices)
        var errors = 0
        var isProgressing = true
        while !waiting.isEmpty, isProgressing {
            isProgressing = false
            for index in waiting where failOnErrors.map({ errors < $0 }) ?? true {
                guard !waits(operations[index], among: waiting) else { continue }
                waiting.removeAll { $0 == index }
                isProgressing = true
                let (result, isError) = try run(operations[index], &service, &transaction)
                results[index] = result
                if isError { errors += 1 }
            }
        }
        for index in waiting where failOnErrors.map({ errors < $0 }) ?? true {
            let refusal = SCIMRefusal(
                409, "invalidValue", "A bulkId that it refers to is unknown or refers to it.")
            results[index] = BulkRequest.result(operations[index], refusal)
            errors += 1
        }
        return [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
            "Operations": .array(operations.indices.compactMap { results[$0] }),
        ]
    }

    /// Whether an operation refers to one that is not done yet, or never will be.
    private func waits(_ operation: Operation, among waiting: [Int]) -> Bool {
        var names: Set<String> = []
        BulkRequest.references(in: .string(operation.path), &names)
        if let data = operation.data { BulkRequest.references(in: data, &names) }
        return names.contains { made[$0] == nil }
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

    private mutating func run(
        _ operation: Operation, _ service: inout SCIMService, _ transaction: inout Transaction
    ) throws -> (result: JSONValue, isError: Bool) {
        do {
            let (answer, status) = try perform(operation, &service, &transaction)
            var members = BulkRequest.head(operation)
            if let answer {
                members["location"] = .string(service.location(of: answer))
                members["version"] = .string(ResourceRendering.version(answer.row))
                if let name = operation.bulkID, status == 201 { made[name] = answer.row.id }
            } else {
                members["location"] = .string(service.base + resolved(operation.path))
            }
            members["status"] = .string(String(status))
            return (.object(members), false)
        } catch let refusal as SCIMRefusal {
            return (BulkRequest.result(operation, refusal), true)
        }
    }

    private func perform(
        _ operation: Operation, _ service: inout SCIMService, _ transaction: inout Transaction
    ) throws -> (answer: SCIMService.Answer?, status: Int) {
        let parts = resolved(operation.path).split(separator: "/").map(String.init)
        let type = SCIMResourceType.allCases.first { $0.endpoint.dropFirst() == parts.first ?? "" }
        guard let type, parts.count <= 2 else {
            throw SCIMRefusal.notFound("'\(operation.path)'")
        }
        let precondition = SCIMService.Precondition(ifMatch: operation.version)
        let data = operation.data.map(resolved)?.object
        let id = parts.count == 2 ? parts[1] : nil
        switch (operation.method, id) {
        case ("POST", nil):
            guard operation.bulkID != nil else {
                throw SCIMRefusal.invalidSyntax("A POST in a bulk request needs a 'bulkId'.")
            }
            let body = try BulkRequest.body(data)
            return (try service.create(body, type, &transaction), 201)
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
