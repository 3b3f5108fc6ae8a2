// `entrasync trust`: what makes clients believe the emulator's certificate.

import ArgumentParser
import Glibc
import HTTP
import Model

/// Saves the local authority's certificate and tells what to do with it.
struct Trust: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Save the local authority's certificate; print how clients come to trust it.",
        discussion: "The emulator has to run with --tls. Nothing of the system is changed.")

    @OptionGroup var server: ServerOptions

    @Option(help: "Where to write the certificate.")
    var output = "entrasync-ca.pem"

    func run() throws {
        let client = ServerClient(server)
        let pem = try client.file("/_emulator/ca.pem")
        try OutputFile.save(pem, to: output)
        let path = Trust.absolute(output)
        guard !server.json else {
            let text = String(decoding: pem, as: UTF8.self)
            return Console.line(JSONObject([("path", .string(path)), ("pem", .string(text))]).text)
        }
        let addresses = try client.call("GET", "/_emulator/info")["addresses"]?.array ?? []
        let secure = addresses.compactMap(\.string).filter { $0.hasPrefix("https://") }
        let address = secure.first { $0.hasPrefix("https://localhost:") } ?? secure.first
        Console.line(Trust.instructions(path, address ?? "https://localhost:8586"))
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func instructions(_ path: String, _ address: String) -> String {
        """
        The certificate of the local authority is in \(path)

        curl                    curl --cacert \(path) \(address)/
        Python, requests        export REQUESTS_CA_BUNDLE=\(path)
        Python httpx, aiohttp   export SSL_CERT_FILE=\(path)
        Go, Terraform           export SSL_CERT_FILE=\(path)
        Node.js                 export NODE_EXTRA_CA_CERTS=\(path)
        Java                    keytool -importcert -noprompt -alias entrasync -file \(path) \\
                                  -keystore entrasync.p12 -storetype PKCS12 -storepass changeit
                                export JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=entrasync.p12"
        .NET, PowerShell, Linux export SSL_CERT_FILE=\(path)
        Debian, Ubuntu          sudo cp \(path) /usr/local/share/ca-certificates/entrasync.crt
                                sudo update-ca-certificates
        Fedora                  sudo cp \(path) /etc/pki/ca-trust/source/anchors/
                                sudo update-ca-trust
        macOS                   sudo security add-trusted-cert -d -r trustRoot \\
                                  -k /Library/Keychains/System.keychain \(path)
        Windows                 certutil -addstore -f Root \(path)

        SSL_CERT_FILE replaces the system's authorities: for clients that call other servers too,
        append the system's bundle to the file.
        """
    }
}
