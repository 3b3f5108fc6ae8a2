// Lists of objects inside a schema document.

import Model

extension JSONObject {
    /// The objects of an array member; none when it is missing.
    func objects(_ name: String) -> [JSONObject] {
        (self[name]?.array ?? []).compactMap(\.object)
    }
}
