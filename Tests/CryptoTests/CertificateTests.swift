// The local authority and its leaves.

import Crypto
import Testing

struct CertificateTests {
    private let validity = Certificate.Validity(from: 1_700_000_000, until: 1_900_000_000)

    @Test func makesALeafForNamesAndAddresses() throws {
        let authorityKey = try PrivateKey(making: .p256)
        let authority = try Certificate.authority(
            named: "test", key: authorityKey, validity: validity)
        let key = try PrivateKey(making: .p256)
        let leaf = try Certificate.leaf(
            for: ["localhost", "127.0.0.1", "::1"], key: key, validity: validity,
            authority: authority, authorityKey: authorityKey)
        let read = try Certificate(pem: try leaf.pem())
        for host in ["localhost", "127.0.0.1", "::1"] { #expect(read.covers(host: host)) }
        #expect(!read.covers(host: "example.com"))
        #expect(!read.covers(host: "127.0.0.2"))
        #expect(read.expiration == validity.until)
        #expect(read.isIssued(by: authority))
        #expect(!authority.isIssued(by: read))
        #expect(try read.keyID() == key.keyID())
        #expect(try read.der() == leaf.der())
    }

    @Test func verifiesWithACertificatesKey() throws {
        let key = try PrivateKey(making: .rsa2048)
        let certificate = try Certificate.authority(named: "test", key: key, validity: validity)
        let verifier = try PublicKey(certificate: try certificate.der())
        #expect(verifier.verifies(try key.sign([1, 2, 3]), of: [1, 2, 3]))
    }

    @Test func refusesWhatIsNoCertificate() {
        #expect(throws: CryptoError.self) { try Certificate(pem: Array("none".utf8)) }
        #expect(throws: CryptoError.self) { try Certificate(der: []) }
    }
}
