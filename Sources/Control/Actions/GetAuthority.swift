// The certificate that clients have to trust for TLS.

import HTTP

/// `GET /_emulator/ca.pem`: the local authority's certificate as PEM.
enum GetAuthority {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        guard let pem = call.authorityPEM else {
            throw ControlError(
                404, "NotFound",
                "There is no local authority; serve with --tls, and without --cert, to have one.")
        }
        return .response(
            HTTPResponse(
                fields: [
                    HTTPField("Content-Type", "application/x-pem-file"),
                    HTTPField("Cache-Control", "no-store"),
                ], body: pem))
    }
}
