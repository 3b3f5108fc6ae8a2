// The rules that are held here, in the order of their numbers.

/// Every rule of the house style that is marked [tidy].
enum Rules {
    static let all: [Rule] = [
        .topLevel, .targetNames, .fileNames, .fileLength, .functionLength, .structuredTasks,
        .sharedState, .timeAndRandomness, .cModules, .purpose, .differences, .comments, .noSleep,
        .moduleMap,
    ]
}
