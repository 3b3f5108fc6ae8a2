// The query of a target, taken apart.

/// The parameters of a query, decoded, in the order they came; a name may come more than once.
///
/// Shape: `$top=5&$filter=displayName%20eq%20'a+b'`. A parameter without `=` has an empty value,
/// empty ones (`&&`) are left out, `+` is a blank as in forms (WHATWG URL Standard, section 5).
public struct HTTPQuery: Sendable, Sequence {
    /// One parameter.
    public typealias Element = (name: String, value: String)

    /// The parameters in order.
    public var items: [Element]

    /// Takes a raw query apart, as found in ``HTTPRequest/query``; nil is an empty query.
    ///
    /// - Throws: `malformedEscape` with the raw parameter, for a `%` without two hexadecimal digits
    ///   or bytes that are not UTF-8.
    public init(parsing raw: String?) throws(HTTPQueryError) {
        items = []
        guard let raw else { return }
        for part in raw.utf8.split(separator: 0x26) {
            let equals = part.firstIndex(of: 0x3D) ?? part.endIndex
            let afterEquals = equals == part.endIndex ? equals : part.index(after: equals)
            guard let name = PercentEncoding.decode(part[..<equals], plusIsSpace: true),
                let value = PercentEncoding.decode(part[afterEquals...], plusIsSpace: true)
            else { throw .malformedEscape(parameter: String(Substring(part))) }
            items.append((name, value))
        }
    }

    /// The value of the first parameter of this name; names are case-sensitive.
    public func value(of name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// Goes through the parameters in order.
    public func makeIterator() -> [Element].Iterator {
        items.makeIterator()
    }
}

/// Why a query could not be taken apart.
public enum HTTPQueryError: Error, Equatable {
    /// A parameter, given as sent, holds a broken escape or escapes that are not UTF-8.
    case malformedEscape(parameter: String)
}
