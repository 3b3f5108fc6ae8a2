// Rule 23: time and randomness come in through the door.

extension Rule {
    /// Calls that take time, wait, or draw lots, as they stand in the code.
    ///
    /// `DispatchTime.now()` is left out: deadlines of sockets and timers are the machine's business.
    private static let forbidden: [[String]] = [
        ["Date", "(", ")"], ["Date", ".", "now"], ["ContinuousClock"], ["SuspendingClock"],
        ["UUID", "(", ")"], ["random", "("], ["randomElement", "("], ["shuffled", "("],
        ["shuffle", "("], ["SystemRandomNumberGenerator"], ["sleep", "("], ["usleep", "("],
        ["nanosleep", "("], ["clock_gettime", "("], ["gettimeofday", "("], ["getrandom", "("],
        ["getentropy", "("], ["arc4random", "("],
    ]

    static let timeAndRandomness = Rule(
        number: "23", summary: "time and randomness come from VirtualTime only",
        findings: { tree in
            tree.sources.filter { !["VirtualTime", "entrasync"].contains($0.target) }
                .flatMap { file in
                    file.swift.tokens.indices.compactMap { position in
                        let call = forbidden.first { file.swift.has($0, at: position) }
                        return call.map {
                            Finding(
                                path: file.path, line: file.swift.tokens[position].line,
                                text: "'\($0.joined())' belongs into VirtualTime")
                        }
                    }
                }
        })
}
