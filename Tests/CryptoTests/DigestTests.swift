// Digests by their published vectors (FIPS 180-4).

import Crypto
import Testing

struct DigestTests {
    @Test func digestsTheKnownText() {
        #expect(Base64.urlText(Digest.sha1(Array("abc".utf8))) == "qZk-NkcGgWq6PiVxeFDCbJzQ2J0")
        #expect(
            Base64.urlText(Digest.sha256(Array("abc".utf8)))
                == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    }
}
