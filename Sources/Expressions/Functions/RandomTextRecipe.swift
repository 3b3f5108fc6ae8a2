// How RandomString composes its text.

/// The kinds of characters a random text is made of, and how many of each.
struct RandomTextRecipe {
    /// A kind of character; its number is that of the argument with its minimum.
    enum Kind: Int, CaseIterable {
        case digit = 1
        case special = 2
        case capital = 3
        case lowerCase = 4

        /// The characters of the kind; the special ones are those of Windows' password rule.
        var characters: [Unicode.Scalar] {
            switch self {
            case .digit: Array("0123456789".unicodeScalars)
            case .special: Array("~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/".unicodeScalars)
            case .capital: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
            case .lowerCase: Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)
            }
        }
    }

    private let length: Int
    private var minimums: [(kind: Kind, count: Int)] = []
    private var avoided: Set<Unicode.Scalar> = []

    init(length: Int) {
        self.length = length
    }

    private var required: Int { minimums.reduce(0) { $0 + $1.count } }

    /// Asks for so many characters of a kind; false when they do not fit any more.
    mutating func require(_ kind: Kind, atLeast count: Int64) -> Bool {
        guard count >= 0, count <= Int64(length - required) else { return false }
        minimums.append((kind, Int(count)))
        return true
    }

    /// Leaves characters out; false when a kind that is needed has none left.
    mutating func avoid(_ characters: String) -> Bool {
        avoided = Set(characters.unicodeScalars)
        let asked = minimums.filter { $0.count > 0 }
        return asked.allSatisfy { !alphabet(of: $0.kind).isEmpty }
            && (required == length || !filling.isEmpty)
    }

    private func alphabet(of kind: Kind) -> [Unicode.Scalar] {
        kind.characters.filter { !avoided.contains($0) }
    }

    /// The characters for what the minimums leave open.
    private var filling: [Unicode.Scalar] {
        let asked = minimums.filter { $0.count > 0 }.map(\.kind)
        return (asked.isEmpty ? Kind.allCases : asked).flatMap(alphabet)
    }

    /// Draws the characters and mixes them.
    func makeText(with random: inout any RandomSource) -> String {
        var characters: [Unicode.Scalar] = []
        for (kind, count) in minimums where count > 0 {
            let alphabet = alphabet(of: kind)
            for _ in 0..<count { characters.append(alphabet[random.next(below: alphabet.count)]) }
        }
        let filling = filling
        while characters.count < length {
            characters.append(filling[random.next(below: filling.count)])
        }
        for last in stride(from: characters.count - 1, to: 0, by: -1) {
            characters.swapAt(last, random.next(below: last + 1))
        }
        return String(String.UnicodeScalarView(characters))
    }
}
