// The list of all functions: the parser, the evaluator and `GET …/schema/functions` read it.

/// Every function of the mapping language.
public enum FunctionTable {
    /// The functions in the order of the service's reference, then those of its metadata only.
    public static let all: [ExpressionFunction] = [
        .append, .appRoleAssignmentsComplex, .assertiveAppRoleAssignmentsComplex, .bitAnd, .cBool,
        .cDate, .coalesce, .convertToBase64, .convertToUTF8Hex, .count, .cStr, .dateAdd,
        .dateDiff, .dateFromNum, .formatDateTime, .guid, .ignoreFlowIfNullOrEmpty, .iif, .inStr,
        .isNull, .isNullOrEmpty, .isPresent, .isString, .item, .join, .left, .mid,
        .normalizeDiacritics, .not, .now, .numFromDate, .pCase, .randomString, .redact,
        .removeDuplicates, .replace, .selectUniqueValue, .singleAppRoleAssignment, .split,
        .stripSpaces, .switch, .toLower, .toUpper, .word,
        .appRoleAssignments, .defaultDomain, .isNothing, .prepend,
    ]

    /// The functions of the published metadata set, which is smaller than the reference.
    public static let published: [ExpressionFunction] = all.filter(\.isPublished)

    /// The function of a name; names are case-sensitive.
    public static func function(named name: String) -> ExpressionFunction? {
        byName[name]
    }

    /// The function that was probably meant by a name in the wrong case.
    static func suggestion(for name: String) -> String? {
        let lowered = name.lowercased()
        return all.first { $0.name.lowercased() == lowered }?.name
    }

    private static let byName: [String: ExpressionFunction] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) })
}
