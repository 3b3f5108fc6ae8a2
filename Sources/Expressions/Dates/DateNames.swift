// The names of months and days in .NET's invariant culture.

/// Month and day names; English, as in the invariant culture.
enum DateNames {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    static let days = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]

    /// The name's first three letters.
    static func abbreviated(_ name: String) -> String {
        String(name.prefix(3))
    }

    /// The index of the name that is a word, in full or abbreviated, whatever its case.
    static func index(of word: String, in names: [String]) -> Int? {
        let lowered = word.lowercased()
        return names.firstIndex { name in
            name.lowercased() == lowered || abbreviated(name).lowercased() == lowered
        }
    }
}
