// What the header fields say about where a request ends, and whether they say it only once.

/// The facts of framing, gathered while the fields go by.
struct RequestFraming: Equatable {
    private(set) var hosts = 0
    private(set) var contentLengths = 0
    private(set) var transferEncodings = 0
    private(set) var isChunked = false
    private(set) var expectsContinue = false
    /// The announced length of the body, nil if there is none or it is not a number.
    private(set) var contentLength: Int?

    /// Notes one field; the value is taken as the library took it, blanks included.
    mutating func note(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        // The length alone rules out nearly every other field.
        switch name.count {
        case 4 where name.spells("host"):
            hosts += 1
        case 6 where name.spells("expect"):
            expectsContinue = value.spells("100-continue")
        case 14 where name.spells("content-length"):
            contentLengths += 1
            contentLength = Int(String(decoding: value, as: UTF8.self))
        case 17 where name.spells("transfer-encoding"):
            transferEncodings += 1
            isChunked = value.spells("chunked")
        default:
            break
        }
    }

    /// Why the request has to be refused, nil if its framing is sound.
    func refusal(version: UnsafeBufferPointer<UInt8>) -> HTTPRefusal? {
        let isOldest = version.spells("http/1.0")
        if hosts > 1 || contentLengths > 1 || transferEncodings > 1 { return .ambiguousFraming }
        if transferEncodings == 1 && (contentLengths == 1 || !isChunked || isOldest) {
            return .ambiguousFraming
        }
        return hosts == 0 && !isOldest ? .missingHost : nil
    }
}
