// What the directory asks of a password.

import Model

/// The password rule of cloud accounts: 8 to 256 characters of three of four classes.
///
/// Follows "Password policies and account restrictions in Microsoft Entra ID".
enum PasswordRule {
    /// Refuses a profile whose password is too short or too plain.
    static func check(_ profile: JSONObject) throws(DirectoryError) {
        guard let password = profile["password"]?.string else { return }
        var classes: Set<Int> = []
        for scalar in password.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7A: classes.insert(0)
            case 0x41...0x5A: classes.insert(1)
            case 0x30...0x39: classes.insert(2)
            default: classes.insert(3)
            }
        }
        guard (8...256).contains(password.count), classes.count >= 3 else {
            throw DirectoryError.weakPassword
        }
    }
}
