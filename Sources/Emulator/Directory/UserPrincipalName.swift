// A user's sign-in name.

import Model

/// A name of the form `alias@domain`.
///
/// Follows "userPrincipalName" of the user resource: letters, digits and ``' . - _ ! # ^ ~``, 113
/// characters in all, 64 before the `@`.
struct UserPrincipalName {
    let text: String
    let domain: String

    /// Reads a name; nil for what is none.
    init?(parsing text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let alias = parts.first, let domain = parts.last,
            !alias.isEmpty, alias.utf8.count <= 64, text.utf8.count <= 113,
            domain.contains("."), domain.first != ".", domain.last != ".",
            alias.last != ".", alias.utf8.allSatisfy(UserPrincipalName.isAllowed),
            domain.utf8.allSatisfy(UserPrincipalName.isAllowed)
        else { return nil }
        self.text = text
        self.domain = String(domain)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "'.-_!#^~".utf8.contains(byte)
        }
    }
}
