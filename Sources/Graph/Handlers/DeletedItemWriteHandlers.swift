// The recycle bin: objects restored, or gone for good.

import Emulator
import Model

/// Answers to writes below `/directory/deletedItems`.
///
/// Follows "Restore deleted directory object item" and "Permanently delete item".
enum DeletedItemWriteHandlers {
    static func restore(_ call: GraphCall) throws -> GraphAnswer {
        let restored = try call.tenant.restoreObject(
            try call.identifier(DirectoryParameter.object))
        var json = call.shown(restored.kind, restored.object)
        json.prepend("@odata.type", .string("#microsoft.graph.\(restored.kind.rawValue)"))
        json.prepend("@odata.context", call.context("directoryObjects/$entity"))
        return .json(status: 200, json)
    }

    static func purge(_ call: GraphCall) throws -> GraphAnswer {
        try call.tenant.purgeObject(try call.identifier(DirectoryParameter.object))
        return .noContent
    }
}
