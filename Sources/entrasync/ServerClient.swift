// The thin client that every command but `serve` is.

import ArgumentParser
import Glibc
import HTTP
import Model

/// Where the emulator is and how its answer is shown.
struct ServerOptions: ParsableArguments {
    @Option(help: "The emulator's address. [env: ENTRASYNC_URL]")
    var url: String?

    @Option(help: "The tenant's identifier; the default tenant when left out.")
    var tenant: String?

    @Flag(help: "Print the answer as JSON.")
    var json = false
}

/// Calls the control API of a running emulator.
struct ServerClient {
    private let base: String

    init(_ options: ServerOptions) {
        var base = options.url ?? Environment.value("URL") ?? ServerClient.localAddress
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base + (options.tenant.map { "/tenants/\($0)" } ?? "")
    }

    /// The address of a `serve` with the same environment.
    private static var localAddress: String {
        let host = Environment.value("HOST") ?? "127.0.0.1"
        let reachable = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
        let literal = reachable.contains(":") ? "[\(reachable)]" : reachable
        return "http://\(literal):\(Environment.value("PORT") ?? "8585")"
    }

    /// A move of the clock may run cycles for a while, and an export is as long as the tenant.
    private static var patience: HTTPClientOptions {
        var options = HTTPClientOptions()
        options.certificateAuthorities = getenv("SSL_CERT_FILE").map { String(cString: $0) }
        options.timeoutMilliseconds = 600_000
        options.bodyLimitBytes = .max
        return options
    }

    /// The members of the answer to a call.
    ///
    /// - Throws: `Failure` when the emulator can't be reached, or with its own words when it refuses.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil
    ) throws -> JSONObject {
        let response = try answer(method, path, body)
        let answer = (try? JSONValue(parsing: response.body))?.object ?? JSONObject()
        guard (200...299).contains(response.status) else {
            let message = answer["error"]?.object?["message"]?.string
            throw Failure(
                message: message ?? "\(base)\(path) answered \(response.status).",
                // What can't be meant ends as it does where the command line is to blame.
                status: response.status == 400 ? 2 : 1)
        }
        return answer
    }

    /// The bytes of a file that the emulator hands out.
    ///
    /// - Throws: as ``call(_:_:_:)``.
    func file(_ path: String) throws -> [UInt8] {
        let response = try answer("GET", path)
        guard response.status == 200 else {
            throw Failure.failed("\(base)\(path) answered \(response.status).")
        }
        return response.body
    }

    /// The whole answer to a call, whatever its status.
    ///
    /// - Throws: `Failure` when the emulator can't be reached.
    func answer(
        _ method: String, _ path: String, _ body: JSONValue? = nil
    ) throws -> HTTPResponse {
        let request = HTTPRequest(
            method: method,
            fields: body == nil ? [] : [HTTPField("Content-Type", "application/json")],
            body: body?.bytes ?? [])
        do throws(HTTPClientError) {
            return try HTTPClient(options: ServerClient.patience)
                .send(request, to: base + path)
        } catch {
            throw Failure.failed(
                "no emulator answers at \(base) (\(error.message)); start one with "
                    + "'entrasync serve', or name its address with --url.")
        }
    }
}
