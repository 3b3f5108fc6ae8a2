// Whole answers to GET, kept for as long as nothing is written.

import Locks
import Emulator
import HTTP
import Model

/// Answers by tenant and URL, valid until the tenant's next write.
///
/// A class, because all worker threads share it. It holds a bounded number of bytes; when it is full it
/// is emptied, because the answers that matter are back after one request each.
final class AnswerCache: Sendable {
    /// What an answer depends on.
    struct Key: Hashable {
        let tenant: GUID
        let target: String
        let host: String
        /// Keeps callers apart where the caller decides on the answer; else 0.
        let caller: UInt64
        /// Not part of equality: it says until when the answer holds.
        let generation: UInt64

        /// The key of a request; nil for one whose answer depends on more than the URL.
        init?(_ request: HTTPRequest, tenant: Tenant, caller: UInt64) {
            guard request.method == "GET" || request.method == "HEAD" else { return nil }
            for field in request.fields
            where field.name.utf8.count == 6 || field.name.utf8.count == 16 {
                let name = field.name.lowercased()
                if name == "prefer" || name == "consistencylevel" { return nil }
            }
            // Read before the rows are: a write in between makes the answer old at once.
            generation = tenant.generation
            self.tenant = tenant.id
            self.caller = caller
            target = request.query.map { request.path + "?" + $0 } ?? request.path
            host = request.value(of: "Host") ?? ""
        }

        /// What the key and its bookkeeping take.
        var bytes: Int { target.utf8.count + host.utf8.count + 512 }

        static func == (left: Key, right: Key) -> Bool {
            left.tenant == right.tenant && left.target == right.target && left.host == right.host
                && left.caller == right.caller
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(target)
            hasher.combine(tenant.low)
            hasher.combine(caller)
        }
    }

    private struct Contents {
        var answers: [Key: (generation: UInt64, response: HTTPResponse)] = [:]
        var bytes = 0
    }

    private let limitBytes: Int
    private let contents = Guarded(Contents())

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    /// The answer, when nothing was written since it was made.
    func answer(to key: Key) -> HTTPResponse? {
        contents.withLock { contents in
            guard let known = contents.answers[key], known.generation == key.generation else {
                return nil
            }
            return known.response
        }
    }

    /// Keeps an answer that was made at the key's generation.
    func keep(_ response: HTTPResponse, for key: Key) {
        let size = response.body.count + key.bytes
        guard size <= limitBytes / 4 else { return }
        contents.withLock { contents in
            if contents.bytes + size > limitBytes { contents = Contents() }
            if let old = contents.answers.removeValue(forKey: key) {
                contents.bytes -= old.response.body.count + key.bytes
            }
            contents.answers[key] = (key.generation, response)
            contents.bytes += size
        }
    }
}
