// The rules of dynamic groups: which users are in them.

import Expressions
import Model

/// A rule as `membershipRule` has it: `(user.department -eq "Sales") -and (user.accountEnabled -eq true)`.
///
/// Follows "Rules for dynamic membership groups". Rules about devices, and the operators `-match`,
/// `-any`, `-all` and `-memberOf`, are not emulated: a group with such a rule keeps its members.
indirect enum MembershipRule: Sendable, Equatable {
    /// How a value is compared; case does not count.
    enum Comparison: String, Sendable, CaseIterable {
        case equal = "-eq"
        case notEqual = "-ne"
        case startsWith = "-startswith"
        case notStartsWith = "-notstartswith"
        case contains = "-contains"
        case notContains = "-notcontains"
        case isIn = "-in"
        case notIn = "-notin"
    }

    case both(MembershipRule, MembershipRule)
    case either(MembershipRule, MembershipRule)
    case not(MembershipRule)
    case compare(property: String, Comparison, values: [String?])

    /// Reads a rule; nil for one that is not understood.
    init?(parsing text: String) {
        guard text.utf8.count <= Limits.membershipRuleBytes else { return nil }
        var parser = MembershipRuleParser(text)
        guard let rule = parser.rule(depth: 0), parser.isAtEnd else { return nil }
        self = rule
    }

    /// Whether a user, in Graph's JSON, is in the group.
    func matches(_ user: JSONObject) -> Bool {
        switch self {
        case .both(let left, let right): return left.matches(user) && right.matches(user)
        case .either(let left, let right): return left.matches(user) || right.matches(user)
        case .not(let inner): return !inner.matches(user)
        case .compare(let property, let comparison, let values):
            let found = TenantAttribute(property).value(in: user).texts.map { $0.lowercased() }
            return MembershipRule.holds(found, comparison, values)
        }
    }

    private static func holds(
        _ found: [String], _ comparison: Comparison, _ values: [String?]
    ) -> Bool {
        func isEqual(_ value: String?) -> Bool {
            value.map { found.contains($0) } ?? found.allSatisfy(\.isEmpty)
        }
        let text = values.first.flatMap { $0 } ?? ""
        switch comparison {
        case .equal, .isIn: return values.contains(where: isEqual)
        case .notEqual, .notIn: return !values.contains(where: isEqual)
        case .startsWith: return found.contains { $0.hasPrefix(text) }
        case .notStartsWith: return !found.contains { $0.hasPrefix(text) }
        case .contains: return found.contains { $0.contains(text) }
        case .notContains: return !found.contains { $0.contains(text) }
        }
    }
}

/// Reads a rule from left to right; `-or` binds less than `-and`, which binds less than `-not`.
private struct MembershipRuleParser {
    private var tokens: [Token]
    private static let deepest = 30

    enum Token: Equatable {
        case word(String)
        case text(String)
        case mark(Character)
    }

    init(_ text: String) {
        tokens = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if "()[],".contains(first) {
                tokens.append(.mark(first))
                rest.removeFirst()
            } else if first == "\"" || first == "'" {
                rest.removeFirst()
                let value = rest.prefix { $0 != first }
                rest = rest.dropFirst(value.count)
                // A text without an end makes the rule unreadable.
                guard rest.first == first else {
                    tokens.append(.mark("?"))
                    return
                }
                rest.removeFirst()
                tokens.append(.text(String(value)))
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"()[],\"'".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            }
        }
        tokens.reverse()
    }

    var isAtEnd: Bool { tokens.isEmpty }

    mutating func rule(depth: Int) -> MembershipRule? {
        guard depth < Self.deepest, var left = conjunction(depth: depth) else { return nil }
        while takeWord("-or") {
            guard let right = conjunction(depth: depth) else { return nil }
            left = .either(left, right)
        }
        return left
    }

    private mutating func conjunction(depth: Int) -> MembershipRule? {
        guard var left = factor(depth: depth) else { return nil }
        while takeWord("-and") {
            guard let right = factor(depth: depth) else { return nil }
            left = .both(left, right)
        }
        return left
    }

    private mutating func factor(depth: Int) -> MembershipRule? {
        guard depth < Self.deepest else { return nil }
        if takeWord("-not") { return factor(depth: depth + 1).map { .not($0) } }
        if take(.mark("(")) {
            guard let inner = rule(depth: depth + 1), take(.mark(")")) else { return nil }
            return inner
        }
        return comparison()
    }

    private mutating func comparison() -> MembershipRule? {
        guard case .word(let name)? = tokens.popLast(), name.lowercased().hasPrefix("user."),
            case .word(let word)? = tokens.popLast(),
            let comparison = MembershipRule.Comparison(rawValue: word.lowercased())
        else { return nil }
        var values: [String?] = []
        if take(.mark("[")) {
            repeat {
                guard let value = value() else { return nil }
                values.append(value)
            } while take(.mark(","))
            guard take(.mark("]")) else { return nil }
        } else {
            guard let value = value() else { return nil }
            values = [value]
        }
        return .compare(
            property: String(name.dropFirst("user.".count)), comparison, values: values)
    }

    /// A text, `true`, `false` or a number in lower case; an inner nil for `null`.
    private mutating func value() -> String?? {
        switch tokens.popLast() {
        case .text(let text)?: return .some(text.lowercased())
        case .word(let word)?:
            let plain = word.lowercased()
            guard !plain.hasPrefix("-") || Int64(plain) != nil else { return .none }
            return plain == "null" || plain == "$null" ? .some(.none) : .some(plain)
        case .mark?, nil: return .none
        }
    }

    private mutating func take(_ token: Token) -> Bool {
        guard tokens.last == token else { return false }
        tokens.removeLast()
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard case .word(let found)? = tokens.last, found.lowercased() == word else { return false }
        tokens.removeLast()
        return true
    }
}
