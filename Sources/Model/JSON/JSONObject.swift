// The members of a JSON object, in order.

/// Members of a JSON object in the order they were written; names are unique.
public struct JSONObject: Sendable, Hashable {
    /// One member: its name and its value.
    public struct Member: Sendable, Hashable {
        /// The member's name.
        public var name: String
        /// The member's value.
        public var value: JSONValue

        /// Makes a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members, in order.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// An object of these members; the caller vouches that names are unique.
    public init(_ members: [(String, JSONValue)]) {
        self.members = members.map { Member(name: $0.0, value: $0.1) }
    }

    init(unchecked members: [Member]) { self.members = members }

    /// An object of these members; the caller vouches that names are unique.
    public static func unchecked(_ members: [Member]) -> JSONObject {
        JSONObject(unchecked: members)
    }

    /// The value of a member; setting nil removes it, setting a new name appends it.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name.isSame(as: name) }?.value }
        set {
            setMember(at: members.firstIndex { $0.name.isSame(as: name) }, newValue, name: name)
        }
    }

    /// Sets or removes the member at a position, or appends one where there is no position.
    mutating func setMember(at index: Int?, _ value: JSONValue?, name: String) {
        switch (index, value) {
        case (let index?, let value?): members[index].value = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append(Member(name: name, value: value))
        case (nil, nil): break
        }
    }

    /// Adds a member behind all others; the caller vouches that the name is new.
    public mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }

    /// Makes room for members to come.
    public mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// Puts a member in front of all others.
    public mutating func prepend(_ name: String, _ value: JSONValue) {
        members.insert(Member(name: name, value: value), at: 0)
    }

    /// About as many bytes as the object takes in memory.
    public var roughSize: Int {
        members.reduce(32) { $0 + MemoryLayout<Member>.stride + $1.value.roughSize }
    }

    /// The names of all members, in order.
    public var names: [String] { members.map(\.name) }
}
