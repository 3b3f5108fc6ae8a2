// What there is below `/_emulator`.

import Model

/// `GET /_emulator`: every operation with its summary.
enum GetIndex {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let operations = ControlRoutes.all.map { route -> JSONValue in
            [
                "method": .string(route.method), "path": .string("/_emulator" + route.path),
                "summary": .string(route.summary),
            ]
        }
        return .answer(["operations": .array(operations)])
    }
}
