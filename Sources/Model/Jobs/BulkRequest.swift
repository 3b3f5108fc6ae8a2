// The body of a bulk upload: a SCIM BulkRequest of the kind that the service takes.

/// A checked BulkRequest (RFC 7644, section 3.7) as inbound provisioning takes it.
///
/// Shape: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":
/// "POST","bulkId":"1","path":"/Users","data":{"schemas":[…],…}}],"failOnErrors":null}`. Names are
/// compared without case, as SCIM does; whether a record is created, updated or disabled is for the
/// cycle to decide.
public struct BulkRequest: Sendable, Equatable {
    /// One record of the system of record.
    public struct Operation: Sendable, Equatable {
        /// The client's name for the record, unique in the request.
        public let bulkID: String
        /// The SCIM user.
        public let data: JSONObject
    }

    /// The records, in the order sent.
    public let operations: [Operation]

    /// The `schemas` member that marks such a body.
    public static let schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
    /// The most operations of one request.
    public static let mostOperations = 50

    /// Checks a body.
    ///
    /// - Throws: `BulkRequestError` for the first member that does not fit.
    public init(_ body: JSONValue) throws(BulkRequestError) {
        guard let body = body.object else {
            throw BulkRequestError("", "an object was expected")
        }
        let schemas = body.member("schemas")?.array?.compactMap(\.string) ?? []
        guard schemas.contains(where: { $0.lowercased() == BulkRequest.schema.lowercased() })
        else { throw BulkRequestError("schemas", "\(BulkRequest.schema) was expected") }
        switch body.member("failOnErrors") {
        case nil, .null, .integer(0...): break
        default: throw BulkRequestError("failOnErrors", "a number of errors was expected")
        }
        guard let elements = body.member("Operations")?.array else {
            throw BulkRequestError("Operations", "an array was expected")
        }
        guard (1...BulkRequest.mostOperations).contains(elements.count) else {
            throw BulkRequestError(
                "Operations", "1 to \(BulkRequest.mostOperations) operations were expected")
        }
        var operations: [Operation] = []
        var known: Set<String> = []
        for (index, element) in elements.enumerated() {
            let operation = try BulkRequest.operation(element, "Operations[\(index)]")
            guard known.insert(operation.bulkID).inserted else {
                throw BulkRequestError(
                    "Operations[\(index)].bulkId", "another operation has '\(operation.bulkID)'")
            }
            operations.append(operation)
        }
        self.operations = operations
    }

    private static func operation(
        _ element: JSONValue, _ path: String
    ) throws(BulkRequestError) -> Operation {
        guard let element = element.object else {
            throw BulkRequestError(path, "an object was expected")
        }
        guard element.member("method")?.string == "POST" else {
            throw BulkRequestError(path + ".method", "'POST' was expected")
        }
        guard element.member("path")?.string == "/Users" else {
            throw BulkRequestError(path + ".path", "'/Users' was expected")
        }
        guard let bulkID = element.member("bulkId")?.string, !bulkID.isEmpty else {
            throw BulkRequestError(path + ".bulkId", "a text was expected")
        }
        guard let data = element.member("data")?.object else {
            throw BulkRequestError(path + ".data", "an object was expected")
        }
        guard let schemas = data.member("schemas")?.array, !schemas.isEmpty,
            schemas.allSatisfy({ $0.string?.isEmpty == false })
        else { throw BulkRequestError(path + ".data.schemas", "schema names were expected") }
        return Operation(bulkID: bulkID, data: data)
    }
}

/// What is wrong with a bulk upload's body, and where.
public struct BulkRequestError: Error, Sendable, Equatable {
    /// The member: `Operations[0].bulkId`; empty for the body itself.
    public let path: String
    /// What was expected there.
    public let problem: String

    init(_ path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }
}

extension JSONObject {
    /// The member of a name, compared without case as SCIM does; the exact one goes first.
    fileprivate func member(_ name: String) -> JSONValue? {
        self[name] ?? members.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
