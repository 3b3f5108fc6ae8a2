// References between objects as bodies write them: addresses.

import Emulator
import Model

/// An address of an object in a body: `https://graph.microsoft.com/v1.0/directoryObjects/{id}`.
struct DirectoryReference {
    /// How the address names the object.
    let key: DirectoryKey

    private static let entitySets: Set<String> = [
        "directoryobjects", "users", "groups", "serviceprincipals", "applications",
    ]

    /// Reads an absolute address of any host, or one relative to the version root.
    ///
    /// - Throws: `GraphError.invalidReferenceURL`.
    init(_ text: String) throws(GraphError) {
        var rest = text[...]
        for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
            rest = text.dropFirst(scheme.count).drop { $0 != "/" }
        }
        var segments = try ODataPath(raw: rest).segments
        if let version = segments.firstIndex(where: { ["v1.0", "beta"].contains($0.lowercased()) })
        {
            segments.removeFirst(version + 1)
        }
        guard segments.count == 2,
            DirectoryReference.entitySets.contains(segments[0].lowercased())
        else { throw GraphError.invalidReferenceURL(text) }
        if let id = GUID(parsing: segments[1]) {
            key = .id(id)
        } else if segments[0].lowercased() == "users" {
            key = .userPrincipalName(segments[1])
        } else {
            throw GraphError.invalidReferenceURL(text)
        }
    }
}

extension GraphCall {
    /// The objects that a body binds: `"members@odata.bind": ["https://…"]`, or one text.
    ///
    /// - Throws: `GraphError`; `DirectoryError.notFound` for a user of an unknown name.
    func bound(_ property: String, in body: JSONObject) throws -> [GUID] {
        let name = property + "@odata.bind"
        guard let value = body[name], !value.isNull else { return [] }
        let elements = value.array ?? [value]
        return try elements.enumerated().map { index, element in
            guard let text = element.string else {
                throw GraphError.body(
                    BodyError(
                        reason: .wrongType(expected: "Edm.String", found: "Object"),
                        path: "\(name)[\(index)]"))
            }
            return try resolve(try DirectoryReference(text))
        }
    }

    /// The object that a `$ref` body names: `{"@odata.id": "https://…"}`.
    ///
    /// - Throws: `GraphError`; `DirectoryError.notFound` for a user of an unknown name.
    func reference() throws -> GUID {
        let body = try members()
        for name in body.names where !name.contains("@") && !isLenient {
            throw GraphError.body(
                BodyError(reason: .unknownProperty(type: "directoryObject"), path: name))
        }
        guard let text = body["@odata.id"]?.string else {
            throw GraphError.missingProperty("@odata.id", of: "directoryObject")
        }
        return try resolve(try DirectoryReference(text))
    }

    private func resolve(_ reference: DirectoryReference) throws -> GUID {
        if case .id(let id) = reference.key { return id }
        return try tenant.directoryObject(.user, reference.key).id
    }
}
