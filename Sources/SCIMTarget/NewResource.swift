// A resource from outside, before the store is asked for room and for its name.

import Emulator
import Model
import Storage

/// A resource that is to be made, checked as far as the schemas alone tell.
struct NewResource: Sendable {
    /// Its attributes.
    let json: JSONObject
    /// What of it is stored.
    let stored: StorableResource
    /// Why it is too large, which is told after all else that may be wrong; nil when it is not.
    let sizeRefusal: SCIMRefusal?

    /// Reads a body.
    ///
    /// - Throws: `SCIMRefusal` for a body that does not fit.
    init(
        _ body: JSONObject, _ type: SCIMResourceType, _ behaviours: Set<TargetBehaviour>
    ) throws(SCIMRefusal) {
        json = try ResourceInput(type, behaviours).normalize(body)
        stored = StorableResource(json, type: type)
        do throws(SCIMRefusal) {
            try ResourceSize.check(json)
            sizeRefusal = nil
        } catch { sizeRefusal = error }
    }
}

/// About how long a value is as JSON, without writing it.
enum ResourceSize {
    /// Refuses a resource that is too large.
    static func check(_ json: JSONObject) throws(SCIMRefusal) {
        var size = 0
        for member in json.members where member.name != "members" {
            size += bytes(of: member.value)
        }
        guard size <= Limits.resourceBytes else {
            throw SCIMRefusal.tooLarge("The resource", limit: Limits.resourceBytes)
        }
    }

    static func bytes(of value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .integer, .number: 8
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + bytes(of: $1) + 1 }
        case .object(let members):
            members.members.reduce(2) { $0 + $1.name.utf8.count + 4 + bytes(of: $1.value) }
        }
    }
}
