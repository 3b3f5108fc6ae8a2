// Members by SCIM names, which are compared without case.

extension JSONObject {
    /// The position of a member; names are compared without the case of ASCII letters.
    func indexOfSCIMMember(_ name: String) -> Int? {
        var index: Int?
        for place in members.indices where members[place].name.isSameSCIMName(as: name) {
            if members[place].name.isSame(as: name) { return place }
            index = index ?? place
        }
        return index
    }

    /// The value of a member whose name is compared without the case of ASCII letters (RFC 7643, 2.1).
    ///
    /// Setting nil removes it, setting a new name appends it, any other keeps the name as it was.
    public subscript(scim name: String) -> JSONValue? {
        get { indexOfSCIMMember(name).map { members[$0].value } }
        set {
            setMember(at: indexOfSCIMMember(name), newValue, name: name)
        }
    }
}

extension String {
    /// Whether both are the same name: bytes, without the case of ASCII letters.
    public func isSameSCIMName(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = withBytes(of: other) { own, theirs in
            own.indices.allSatisfy { index in
                let mine = own[index]
                let byte = theirs[index]
                if mine == byte { return true }
                return mine | 0x20 == byte | 0x20 && (0x61...0x7A).contains(byte | 0x20)
            }
        }
        return isSame ?? hasSCIMPrefix(other)
    }

    /// Whether the text begins with a name, without the case of ASCII letters.
    func hasSCIMPrefix(_ prefix: String) -> Bool {
        var own = utf8.makeIterator()
        return prefix.utf8.allSatisfy { byte in
            guard let mine = own.next() else { return false }
            if mine == byte { return true }
            return mine | 0x20 == byte | 0x20 && (0x61...0x7A).contains(byte | 0x20)
        }
    }
}
