// Members and owners: added and removed by reference.

import Emulator
import HTTP
import Model

/// Answers at `…/members/$ref` and `…/owners/$ref`.
///
/// Follows "Add members", "Remove member" and their likes for owners.
enum ReferenceHandlers {
    /// A handler that adds what the body names.
    static func add(
        _ name: LinkName, to kind: DirectoryKind
    ) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let source = try call.tenant.directoryObject(kind, try call.key(of: kind))
            let target = try call.reference()
            try call.tenant.write { transaction in
                try call.tenant.addReference(
                    name, to: target, of: kind, source.id, in: &transaction)
            }
            return .noContent
        }
    }

    /// A handler that removes what the path names, or the query by `@id`.
    static func remove(
        _ name: LinkName, from kind: DirectoryKind
    ) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let source = try call.tenant.directoryObject(kind, try call.key(of: kind))
            let target = try target(call)
            try call.tenant.write { transaction in
                try call.tenant.removeReference(
                    name, to: target, of: kind, source.id, in: &transaction)
            }
            return .noContent
        }
    }

    private static func target(_ call: GraphCall) throws -> GUID {
        if call.parameters[DirectoryParameter.object] != nil {
            return try call.identifier(DirectoryParameter.object)
        }
        let items = try? HTTPQuery(parsing: call.request.query)
        guard let address = items?.first(where: { $0.0.lowercased() == "@id" })?.1,
            case .id(let id) = try DirectoryReference(address).key
        else { throw GraphError.missingProperty("@id", of: "directoryObject") }
        return id
    }
}
