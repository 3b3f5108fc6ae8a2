// Users: create, update, delete, and who manages them.

import Emulator
import Model

/// Answers to writes below `/users`.
///
/// Follows "Create user", "Update user", "Delete user", "Assign manager" and "Remove manager".
enum UserWriteHandlers {
    static func create(_ call: GraphCall) throws -> GraphAnswer {
        let body = try call.members()
        let manager = try call.bound("manager", in: body).first
        let user = try call.tenant.createUser(body, manager: manager, as: call.writer)
        return call.created(.user, user)
    }

    static func update(_ call: GraphCall) throws -> GraphAnswer {
        let key = try call.key(of: .user)
        // The object before the body, so that a wrong path is told as such.
        let user = try call.tenant.directoryObject(.user, key)
        let body = try call.members()
        let manager = try call.bound("manager", in: body).first
        try call.tenant.write { transaction in
            let tenant = call.tenant
            try tenant.updateUser(key, body, as: call.writer, in: &transaction)
            if let manager {
                try tenant.setManager(manager, of: user.id, as: call.writer, in: &transaction)
            }
        }
        return .noContent
    }

    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        try call.tenant.deleteObject(.user, try call.key(of: .user))
        return .noContent
    }

    static func setManager(_ call: GraphCall) throws -> GraphAnswer {
        let user = try call.tenant.directoryObject(.user, try call.key(of: .user))
        let manager = try call.reference()
        try call.tenant.write { transaction in
            try call.tenant.setManager(
                manager, of: user.id, as: call.writer, in: &transaction)
        }
        return .noContent
    }

    static func removeManager(_ call: GraphCall) throws -> GraphAnswer {
        let user = try call.tenant.directoryObject(.user, try call.key(of: .user))
        try call.tenant.write { transaction in
            try call.tenant.removeManager(of: user.id, as: call.writer, in: &transaction)
        }
        return .noContent
    }
}
