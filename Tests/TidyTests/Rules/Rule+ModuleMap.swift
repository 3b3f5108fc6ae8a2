// The module map: who may import whom.

extension Rule {
    private static let system: Set<String> = ["Dispatch", "Glibc", "Synchronization"]

    /// Each Swift target and what it imports; those to come are listed as the map has them.
    private static let map: [String: Set<String>] = [
        "Locks": system,
        "Crypto": system.union(["CGnuTLS", "Locks"]),
        "Model": [],
        "Expressions": ["CPCRE2"],
        "Provisioning": ["Expressions", "Model"],
        "VirtualTime": system.union(["Model"]),
        "Storage": system.union(["CSQLite", "Model"]),
        "HTTP": system.union(["CCurl", "CMicroHTTPD", "Locks"]),
        "Emulator": system.union([
            "CAssets", "Expressions", "HTTP", "Locks", "Model", "Provisioning", "Storage",
            "VirtualTime",
        ]),
        "Identity": system.union([
            "Crypto", "Emulator", "HTTP", "Locks", "Model", "VirtualTime",
        ]),
        "Graph": system.union([
            "Emulator", "Expressions", "HTTP", "Identity", "Locks", "Model", "Provisioning",
            "VirtualTime",
        ]),
        "Control": system.union(["Emulator", "HTTP", "Model", "VirtualTime"]),
        "SCIMTarget": system.union(["Emulator", "HTTP", "Model", "Storage", "VirtualTime"]),
        "Dashboard": system.union(["HTTP"]),
        "Server": system.union([
            "Control", "Dashboard", "Emulator", "Graph", "HTTP", "Identity", "Model",
            "SCIMTarget", "VirtualTime",
        ]),
        "entrasync": system.union([
            "ArgumentParser", "Control", "Dashboard", "Emulator", "Expressions", "Graph", "HTTP",
            "Identity", "Logging", "Model", "Provisioning", "SCIMTarget", "Server", "Storage",
            "VirtualTime",
        ]),
    ]

    static let moduleMap = Rule(
        number: "module map", summary: "a target imports what its row lists",
        findings: { tree in
            tree.sources.flatMap { file -> [Finding] in
                guard let target = file.target, let row = map[target] else {
                    return [Finding(path: file.path, line: 1, text: "the target has no row")]
                }
                return file.swift.imports.filter { !row.contains($0.module) }.map {
                    Finding(
                        path: file.path, line: $0.line,
                        text: "'\(target)' may not import '\($0.module)'")
                }
            }
        })
}
