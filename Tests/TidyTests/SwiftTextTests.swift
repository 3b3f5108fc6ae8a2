// Code, comments and strings told apart.

import Testing

struct SwiftTextTests {
    private static let tokens: [(text: String, tokens: [String])] = [
        ("let a = b.c(1)", ["let", "a", "=", "b", ".", "c", "(", "1", ")"]),
        ("a // b", ["a"]), ("a /* b /* c */ d */ e", ["a", "e"]), ("/// a\nb", ["b"]),
        (#"a("b // c", d)"#, ["a", "(", "\"", "\"", ",", "d", ")"]),
        (#""a \" b" c"#, ["\"", "\"", "c"]), (#""\\" c"#, ["\"", "\"", "c"]),
        (#""a \(b("c") + d) e" f"#, ["\"", "b", "(", "\"", "\"", ")", "+", "d", "\"", "f"]),
        (##"#"a " \(b) \#(c)"# d"##, ["\"", "c", "\"", "d"]),
        ("#\"\"\"# a", ["\"", "\"", "a"]), ("#\"\"\"{\"\"# a", ["\"", "\"", "a"]),
        ("\"\"\"\n a \" b // c\n \"\"\" d", ["\"", "\"", "d"]),
        ("#if x", ["#", "if", "x"]), ("@unchecked A", ["@", "unchecked", "A"]),
    ]

    @Test(arguments: tokens)
    func readsCode(text: String, tokens: [String]) {
        #expect(SwiftText(text).tokens.map(\.text) == tokens)
    }

    @Test func knowsLinesAndComments() {
        let text = SwiftText(
            #"""
            // One.
            let a = """
                // no comment
                """  // Two.
            /// Three.
            /* Four
               Five. */
            b
            """#)
        #expect(text.comments.map(\.text) == ["One.", "Two.", "Three.", "Four", "Five. */"])
        #expect(text.comments.map(\.line) == [1, 4, 5, 6, 7])
        #expect(text.comments.map(\.isDocumentation) == [false, false, true, false, false])
        #expect(text.comments.map(\.isTrailing) == [false, true, false, false, false])
        #expect(text.lines(of: "let", "a") == [2])
        #expect(text.lines(of: "b") == [8])
    }

    @Test func knowsDeclarationsAndImports() {
        let text = SwiftText(
            """
            public import Model
            @testable import struct Storage.Row
            final class A { enum B {} }
            extension C.D {}
            let kind = x.class
            """)
        #expect(text.imports.map(\.module) == ["Model", "Storage"])
        #expect(text.imports.map(\.line) == [1, 2])
        #expect(text.declaredTypes.map(\.name) == ["A", "B"])
        #expect(text.extendedTypes == ["C"])
    }
}
