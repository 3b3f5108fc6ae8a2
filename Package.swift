// swift-tools-version: 6.2
// The package: one executable over small libraries; arrows between them point down only.
import PackageDescription

/// What every Swift target is held to: warnings are errors, imports stay internal and explicit.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "entrasync",
    products: [.executable(name: "entrasync", targets: ["entrasync"])],
    dependencies: [
        // The ecosystem's own command-line parser: help, completion and exact usage errors.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // The ecosystem's own log front: levels and metadata, so that embedders can redirect them.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CMicroHTTPD", pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        // RS256 and certificates: libmicrohttpd loads it anyway, and the packages for tokens and
        // certificates (jwt-kit, swift-certificates) add ten minutes of build for the same calls. A
        // token's header and claims are plain JSON, which `Identity` writes itself.
        .systemLibrary(
            name: "CGnuTLS", pkgConfig: "gnutls",
            providers: [.apt(["libgnutls28-dev"]), .brew(["gnutls"])]),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        // Fixtures that ship inside the binary, taken in with C23 #embed.
        .target(name: "CAssets", cSettings: [.unsafeFlags(["-std=c23"])]),
        // libcurl, loaded on the first outbound call, so that a server that makes none starts fast.
        .target(name: "CCurl"),

        // The allocator of what is shipped. A cycle lets go in one thread of what another made; with
        // glibc's both then wait for one another's arenas, which takes an eighth of its time. Release
        // builds only: the thread sanitizer has an allocator of its own.
        .target(
            name: "CJemalloc",
            linkerSettings: [.linkedLibrary("jemalloc", .when(configuration: .release))]),

        // The one lock, which the thread sanitizer understands.
        .target(name: "Locks", swiftSettings: strict),
        // Keys, signatures, certificates.
        .target(name: "Crypto", dependencies: ["CGnuTLS", "Locks"], swiftSettings: strict),
        .target(name: "Model", swiftSettings: strict),
        .target(name: "Expressions", dependencies: ["CPCRE2"], swiftSettings: strict),
        .target(
            name: "Provisioning", dependencies: ["Expressions", "Model"], swiftSettings: strict),
        .target(name: "VirtualTime", dependencies: ["Model"], swiftSettings: strict),
        .target(name: "Storage", dependencies: ["CSQLite", "Model"], swiftSettings: strict),
        .target(
            name: "HTTP", dependencies: ["CCurl", "CMicroHTTPD", "Locks"], swiftSettings: strict),
        .target(
            name: "Emulator",
            dependencies: [
                "CAssets", "Expressions", "HTTP", "Locks", "Model", "Provisioning", "Storage",
                "VirtualTime",
            ],
            swiftSettings: strict),
        // Tokens and who they are for: signing key, token service, the local authority.
        .target(
            name: "Identity",
            dependencies: ["Crypto", "Emulator", "HTTP", "Locks", "Model", "VirtualTime"],
            swiftSettings: strict),
        .target(
            name: "Graph",
            dependencies: [
                "Emulator", "Expressions", "HTTP", "Identity", "Locks", "Model", "Provisioning",
                "VirtualTime",
            ],
            swiftSettings: strict),
        .target(
            name: "Control", dependencies: ["HTTP", "Model", "Emulator", "VirtualTime"],
            swiftSettings: strict),
        .target(
            name: "SCIMTarget",
            dependencies: ["Emulator", "HTTP", "Model", "Storage", "VirtualTime"],
            swiftSettings: strict),
        // Joins the faces behind one address.
        .target(
            name: "Server",
            dependencies: [
                "Control", "Emulator", "Graph", "HTTP", "Identity", "Model", "SCIMTarget",
                "VirtualTime",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "entrasync",
            dependencies: [
                "CJemalloc", "Control", "Emulator", "Expressions", "Graph", "HTTP", "Identity",
                "Model", "Provisioning", "SCIMTarget", "Server", "Storage", "VirtualTime",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Run by `make bench`; not shipped.
        .executableTarget(
            name: "ExpressionsBenchmark",
            dependencies: ["Emulator", "Expressions", "Model", "Provisioning"],
            path: "Benchmarks/Expressions", swiftSettings: strict),

        // Builders, fixture loading, an emulator in memory, live programs.
        .target(
            name: "Support",
            dependencies: [
                "Control", "Emulator", "Graph", "HTTP", "Identity", "Model", "SCIMTarget", "Server",
                "VirtualTime",
            ],
            path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "ExpressionsTests", dependencies: ["Expressions"], swiftSettings: strict),
        .testTarget(
            name: "ProvisioningTests",
            dependencies: ["Emulator", "Expressions", "Model", "Provisioning", "Support"],
            swiftSettings: strict),
        .testTarget(name: "CryptoTests", dependencies: ["Crypto"], swiftSettings: strict),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "Support"], swiftSettings: strict),
        .testTarget(
            name: "VirtualTimeTests", dependencies: ["Model", "VirtualTime"],
            swiftSettings: strict),
        .testTarget(
            name: "StorageTests", dependencies: ["Model", "Storage"], swiftSettings: strict),
        .testTarget(
            name: "HTTPTests", dependencies: ["Crypto", "HTTP", "Locks"], swiftSettings: strict),
        .testTarget(
            name: "EmulatorTests",
            dependencies: [
                "CAssets", "Emulator", "Expressions", "HTTP", "Model", "Provisioning", "Storage",
                "Support",
                "VirtualTime",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IdentityTests",
            dependencies: ["Crypto", "Emulator", "HTTP", "Identity", "Model", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "GraphTests",
            dependencies: ["Emulator", "Graph", "HTTP", "Model", "Storage", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "ControlTests", dependencies: ["Emulator", "HTTP", "Model", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "SCIMTargetTests",
            dependencies: ["Emulator", "HTTP", "Model", "SCIMTarget", "Storage", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "ServerTests", dependencies: ["HTTP", "Model", "Server", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["Graph", "HTTP", "Model", "Support", "entrasync"],
            swiftSettings: strict),
        // Whole stories of a job, told in Fixtures/Scenarios.
        .testTarget(
            name: "EngineTests",
            dependencies: ["Emulator", "HTTP", "Model", "Provisioning", "Storage", "Support"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: ["Support"], swiftSettings: strict),
    ]
)
