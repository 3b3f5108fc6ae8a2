// Keys sign, survive PEM, and their signatures hold for nothing else.

import Crypto
import Testing

struct PrivateKeyTests {
    private let message = Array("header.claims".utf8)

    @Test func signsWhatThePublicHalfVerifies() throws {
        let key = try PrivateKey(making: .rsa2048)
        let signature = try key.sign(message)
        let verifier = try key.publicKey()
        #expect(signature.count == 256)
        #expect(verifier.verifies(signature, of: message))
        #expect(!verifier.verifies(signature, of: message + [0]))
        #expect(!verifier.verifies(Array(signature.dropLast()) + [1, 2], of: message))
        #expect(!verifier.verifies([], of: message))
        #expect(!verifier.verifies(signature, of: message, .ps256))
        #expect(try !PrivateKey(making: .rsa2048).publicKey().verifies(signature, of: message))
    }

    @Test func isTheSameKeyAfterPEM() throws {
        let key = try PrivateKey(making: .rsa2048)
        let read = try PrivateKey(pem: try key.pem())
        #expect(try read.keyID() == key.keyID())
        #expect(try key.publicKey().verifies(read.sign(message), of: message))
        let numbers = try key.publicKey().numbers()
        #expect(numbers.modulus.count == 256)
        #expect(numbers.exponent == [1, 0, 1])
    }

    @Test func refusesWhatIsNoKey() {
        #expect(throws: CryptoError.self) { try PrivateKey(pem: Array("no key".utf8)) }
        #expect(throws: CryptoError.self) { try PublicKey(der: [1, 2, 3]) }
    }
}
