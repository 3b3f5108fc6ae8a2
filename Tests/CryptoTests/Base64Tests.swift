// Base64 by the vectors of RFC 4648, section 10.

import Crypto
import Testing

struct Base64Tests {
    static let vectors = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: vectors) func writesAndReads(plain: String, text: String) {
        #expect(Base64.text(Array(plain.utf8)) == text)
        #expect(Base64.bytes(text) == Array(plain.utf8))
    }

    @Test func knowsTheAlphabetForURLs() {
        #expect(Base64.urlText([0xFB, 0xFF]) == "-_8")
        #expect(Base64.bytes("-_8") == [0xFB, 0xFF])
        #expect(Base64.bytes("+/8=") == [0xFB, 0xFF])
    }

    @Test(arguments: ["a", "abcde", "ab c", "a=b=", "é"]) func refusesWhatIsNone(text: String) {
        #expect(Base64.bytes(text) == nil)
    }
}
