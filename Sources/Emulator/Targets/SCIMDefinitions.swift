// The schemas of the built-in target, as data.

public import Model

/// What `Fixtures/SCIM/schemas.json` says: the schemas that the built-in target announces and checks.
public enum SCIMDefinitions {
    /// The schemas in the order of the file, in SCIM's own shape (RFC 7643, section 7).
    ///
    /// - Throws: `EmulatorError` when the binary does not carry them.
    public static func schemas() throws -> [JSONObject] {
        try Assets.json("SCIM/schemas.json").array?.compactMap(\.object) ?? []
    }
}
