// Regular expressions: the one file that calls PCRE2, with everything bounded.

internal import CPCRE2

/// A compiled regular expression of .NET's dialect, as far as PCRE2 has it.
///
/// A class because it owns PCRE2's handle. The compiled code is never changed after `init`, and
/// PCRE2 documents that any number of threads may match with it.
///
/// Differs from Entra: no lookbehind of variable length, no balancing groups, no right-to-left
/// matching, no Unicode block names, no digits as group names.
/// Differs from Entra: takes what .NET refuses, such as possessive quantifiers and recursion.
/// Differs from Entra: `\w` takes letters, all numbers and the underscore; .NET takes marks and
/// connectors too, and decimal digits only.
/// Differs from Entra: a character beyond the basic plane is one character, not two.
/// Differs from Entra: a back reference by number in a pattern that also names groups counts the
/// groups from left to right; .NET counts the named ones last, as replacements do here too.
public final class RegularExpression: @unchecked Sendable {
    /// The pattern as given.
    public let pattern: String
    let limits: Limits
    /// The numbers of the groups of each name, in PCRE2's counting.
    let groupNumbers: [String: [Int]]
    /// How many groups there are, the whole match not counted.
    let groupCount: Int
    private let code: OpaquePointer

    /// Compiles a pattern.
    ///
    /// - Parameters:
    ///   - pattern: At most `limits.patternBytes` long.
    ///   - limits: What matching may cost.
    /// - Throws: `Failure.patternInvalid` or `.patternTooLong`.
    public init(_ pattern: String, limits: Limits = Limits()) throws(Failure) {
        guard pattern.utf8.count <= limits.patternBytes else {
            throw .patternTooLong(limitBytes: limits.patternBytes)
        }
        guard let translated = DotNetPattern.translated(pattern) else {
            throw .patternInvalid(
                message: "quantifier does not follow a repeatable item", offset: 0)
        }
        guard let context = pcre2_compile_context_create_8(nil) else { throw .outOfMemory }
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        pcre2_set_parens_nest_limit_8(context, limits.groupDepth)
        let options =
            PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | PCRE2_DUPNAMES | PCRE2_ALT_BSUX
            | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT
        var errorCode: Int32 = 0
        var errorOffset = 0
        let bytes = Array(translated.utf8)
        let compiled = pcre2_compile_8(
            bytes, bytes.count, options, &errorCode, &errorOffset, context)
        guard let compiled else {
            throw .patternInvalid(message: Self.message(of: errorCode), offset: errorOffset)
        }
        code = compiled
        self.pattern = pattern
        self.limits = limits
        groupCount = Int(Self.number(PCRE2_INFO_CAPTURECOUNT, of: compiled))
        groupNumbers = Self.groupNumbers(of: compiled)
    }

    deinit {
        pcre2_code_free_8(code)
    }

    /// Finds matches from left to right; an empty one is followed one character later.
    ///
    /// - Parameters:
    ///   - subject: The text; at most `limits.subjectBytes` long.
    ///   - budget: The work allowed; what is used is taken from it.
    ///   - maximum: How many matches are wanted.
    /// - Returns: The matches in the order of the text.
    /// - Throws: `Failure.subjectTooLong` and `.matchingTooCostly`.
    func matches(
        in subject: [UInt8], budget: inout Budget, maximum: Int = .max
    ) throws(Failure) -> [Match] {
        guard subject.count <= limits.subjectBytes else {
            throw .subjectTooLong(limitBytes: limits.subjectBytes)
        }
        guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else {
            throw .outOfMemory
        }
        defer { pcre2_match_data_free_8(data) }
        guard let context = pcre2_match_context_create_8(nil) else { throw .outOfMemory }
        defer { pcre2_match_context_free_8(context) }
        pcre2_set_heap_limit_8(context, limits.heapKibibytes)
        var found: [Match] = []
        var position = 0
        while position <= subject.count, found.count < maximum {
            let isFound = try withUnsafeMutablePointer(to: &budget) {
                (counter) throws(Failure) in
                pcre2_set_callout_8(context, countWork, counter)
                return try match(subject, from: position, data, context)
            }
            guard isFound else { break }
            let next = Match(groups: groups(of: data, count: groupCount + 1))
            found.append(next)
            position = next.range.upperBound
            if next.range.isEmpty { position = Self.characterEnd(in: subject, from: position) }
        }
        return found
    }

    private func match(
        _ subject: [UInt8], from position: Int, _ data: OpaquePointer, _ context: OpaquePointer
    ) throws(Failure) -> Bool {
        let result = pcre2_match_8(
            code, subject, subject.count, position, UInt32(PCRE2_NO_UTF_CHECK), data, context)
        switch result {
        case PCRE2_ERROR_NOMATCH: return false
        case 1...: return true
        // The budget, PCRE2's own limits, and the one thing a pattern can do wrong: recurse
        // for ever.
        default: throw .matchingTooCostly
        }
    }

    private func groups(of data: OpaquePointer, count: Int) -> [Range<Int>?] {
        let offsets = pcre2_get_ovector_pointer_8(data)
        return (0..<count).map { group in
            guard let start = offsets?[2 * group], let end = offsets?[2 * group + 1] else {
                return nil
            }
            // `\K` in a lookahead can put the start behind the end.
            guard start != Self.unset, end != Self.unset else { return nil }
            return min(start, end)..<max(start, end)
        }
    }

    private static let unset = Int(bitPattern: UInt.max)

    private static func characterEnd(in subject: [UInt8], from position: Int) -> Int {
        var end = position + 1
        while end < subject.count, subject[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    private static func number(_ what: Int32, of code: OpaquePointer) -> UInt32 {
        var number: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(what), &number)
        return number
    }

    /// Reads PCRE2's table of names: entries of a two-byte number and a terminated name.
    private static func groupNumbers(of code: OpaquePointer) -> [String: [Int]] {
        let count = Int(number(PCRE2_INFO_NAMECOUNT, of: code))
        let size = Int(number(PCRE2_INFO_NAMEENTRYSIZE, of: code))
        var table: UnsafePointer<UInt8>?
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table else { return [:] }
        var numbers: [String: [Int]] = [:]
        for index in 0..<count {
            let entry = UnsafeBufferPointer(start: table + index * size, count: size)
            let name = String(decoding: entry.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
            numbers[name, default: []].append(Int(entry[0]) << 8 | Int(entry[1]))
        }
        return numbers
    }

    private static func message(of errorCode: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        pcre2_get_error_message_8(errorCode, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// Called by PCRE2 before each item of the pattern; stops the match when the budget is used up.
///
/// PCRE2's own limit counts anew at each place of the text, and not the characters that a single
/// item crosses; both are counted here.
private func countWork(
    _ block: UnsafeMutablePointer<pcre2_callout_block_8>?, _ counter: UnsafeMutableRawPointer?
) -> Int32 {
    guard let block, let counter else { return PCRE2_ERROR_CALLOUT }
    let budget = counter.assumingMemoryBound(to: RegularExpression.Budget.self)
    let isLeft = budget.pointee.spend(to: block.pointee.current_position)
    return isLeft ? 0 : PCRE2_ERROR_CALLOUT
}
