// The local authority on disk, and certificates of the user's own.

import Crypto
import Foundation
import HTTP
import Identity
import Model
import Testing

struct LocalAuthorityTests {
    private let now = Timestamp(unixSeconds: 1_767_225_600, nanoseconds: 0)

    @Test func isKeptAndReadBack() throws {
        let folder = NSTemporaryDirectory() + "entrasync-keys-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let store = KeyStore(dataDirectory: folder)
        let first = try LocalAuthority(store: store, hosts: [], now: now)
        let second = try LocalAuthority(store: store, hosts: ["127.0.0.1"], now: now)
        #expect(second.certificatePEM == first.certificatePEM)
        #expect(second.identity.certificatePEM == first.identity.certificatePEM)
        // Another name asks for another leaf, by the same authority.
        let third = try LocalAuthority(store: store, hosts: ["emulator.test"], now: now)
        #expect(third.certificatePEM == first.certificatePEM)
        #expect(third.identity.certificatePEM != first.identity.certificatePEM)
        let leaf = try Certificate(pem: third.identity.certificatePEM)
        #expect(leaf.covers(host: "emulator.test"))
        #expect(leaf.covers(host: "localhost"))
        // A leaf that is about to end is made anew.
        let later = Timestamp(unixSeconds: 1_767_225_600 + 800 * 86_400, nanoseconds: 0)
        let fourth = try LocalAuthority(store: store, hosts: ["emulator.test"], now: later)
        #expect(fourth.identity.certificatePEM != third.identity.certificatePEM)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") {
            let path = folder + "/keys/" + name
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test func tellsWhatIsWrongWithAUsersCertificate() throws {
        let one = try LocalAuthority(store: KeyStore(dataDirectory: nil), hosts: [], now: now)
        let two = try LocalAuthority(store: KeyStore(dataDirectory: nil), hosts: [], now: now)
        let good = one.identity
        #expect(
            try TLSIdentity(certificate: good.certificatePEM, key: good.keyPEM).keyPEM
                == good.keyPEM)
        #expect(throws: IdentityError.key(reason: "the key is not the certificate's")) {
            try TLSIdentity(certificate: good.certificatePEM, key: two.identity.keyPEM)
        }
        #expect(throws: IdentityError.self) { try TLSIdentity(certificate: [], key: good.keyPEM) }
        #expect(throws: IdentityError.self) {
            try TLSIdentity(certificate: good.certificatePEM, key: Array("x".utf8))
        }
    }
}
