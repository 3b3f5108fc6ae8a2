// How callers name objects of the directory.

public import Model
import Storage

/// What names an object of a known kind.
public enum DirectoryKey: Sendable, Equatable {
    /// Its own identifier.
    case id(GUID)
    /// A user's name; compared without regard to case.
    case userPrincipalName(String)
    /// The `appId` of an application or of a service principal.
    case appID(GUID)
    /// An application's `uniqueName`.
    case uniqueName(String)

    /// The key as messages print it.
    public var text: String {
        switch self {
        case .id(let id), .appID(let id): id.description
        case .userPrincipalName(let name), .uniqueName(let name): name
        }
    }
}

extension Database {
    /// The object that a key names, deleted or not.
    func find(_ kind: DirectoryKind, _ key: DirectoryKey) throws -> StoredDirectoryObject? {
        switch key {
        case .id(let id): try directory.load(kind, id: id)
        case .userPrincipalName(let name): try directory.loadUser(userPrincipalName: name)
        case .appID(let id): try directory.load(kind, appID: id)
        case .uniqueName(let name): try directory.loadApplication(uniqueName: name)
        }
    }

    /// The object that a key names and that is not deleted.
    func require(_ kind: DirectoryKind, _ key: DirectoryKey) throws -> DirectoryObject {
        guard let found = try find(kind, key), found.deleted == nil else {
            throw DirectoryError.notFound(key.text)
        }
        return found.object
    }

    /// The object of an identifier, whatever its kind, that is not deleted.
    func require(_ id: GUID) throws -> StoredDirectoryObject {
        guard let found = try directory.load(id: id), found.deleted == nil else {
            throw DirectoryError.notFound(id.description)
        }
        return found
    }
}
