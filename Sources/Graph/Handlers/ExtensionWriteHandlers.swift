// Directory extension properties: declared and taken back.

import Emulator
import Model

/// Answers to writes below `/applications/{id}/extensionProperties`.
///
/// Follows "Create extensionProperty (directory extension)" and "Delete extensionProperty".
enum ExtensionWriteHandlers {
    static func create(_ call: GraphCall) throws -> GraphAnswer {
        let key = try call.key(of: .application)
        let application = try call.tenant.directoryObject(.application, key)
        let property = try call.tenant.createExtensionProperty(try call.members(), of: key)
        var json = property.json
        json.prepend(
            "@odata.context",
            call.context("applications('\(application.id)')/extensionProperties/$entity"))
        return .created(json, location: call.location(of: property.id, "ExtensionProperty"))
    }

    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        let key = try call.key(of: .application)
        _ = try call.tenant.directoryObject(.application, key)
        try call.tenant.deleteExtensionProperty(
            try call.identifier(DirectoryParameter.extensionProperty), of: key)
        return .noContent
    }
}
