// What is not as it was expected.

import Model

/// Compares by parts: of objects only the members that are expected count, of lists every element.
enum Mismatch {
    /// A sentence for each difference.
    static func all(_ expected: JSONValue, _ actual: JSONValue, at path: String) -> [String] {
        switch (expected, actual) {
        case (.object(let wanted), .object(let found)):
            return wanted.members.flatMap { member -> [String] in
                guard let value = found[member.name] else {
                    return member.value.isNull
                        ? [] : ["\(path).\(member.name): missing, expected \(member.value.text)"]
                }
                return all(member.value, value, at: "\(path).\(member.name)")
            }
        case (.array(let wanted), .array(let found)):
            let pairs = zip(wanted, found).enumerated().flatMap { index, pair in
                all(pair.0, pair.1, at: "\(path)[\(index)]")
            }
            guard wanted.count != found.count else { return pairs }
            return ["\(path): \(found.count) elements, expected \(wanted.count)"] + pairs
        default:
            guard expected != actual else { return [] }
            return ["\(path): \(actual.text), expected \(expected.text)"]
        }
    }
}
