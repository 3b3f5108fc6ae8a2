"""`make bench`: entrasync beside a bare C server and moto, in one run on one machine.

Requests: all servers are up at once; wrk gives each a one-second slice in turn, the order rotates,
and a ratio is the median of the ratios of slices of one round. Start: from exec to the last byte of
the first 200. A slice with an error, a missing byte or another answer than the one expected ends
the bench.
Prints one Markdown table for the README on standard output, progress on standard error.
"""

import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from servers import BenchError, Server, clean_environment, fetch, free_port

JOB = (
    "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs/"
    "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
)
SLICE_SCRIPT = Path(__file__).with_name("slice.lua")
CONNECTIONS = 32
SETTLE_SECONDS = 0.6
# What libmicrohttpd sends by itself.
OWN_HEADERS = {"date", "content-length", "connection"}
LATEST = "entrasync"
BARE = "C, same bytes"
BARE_HEADERS = "C, same bytes and headers"
PEER = "moto"
BUDGETS = {BARE: "≥ 0.80", BARE_HEADERS: "≥ 0.92"}


@dataclass
class Load:
    """What the slices of one server gave."""

    rates: list[float] = field(default_factory=list)
    medians: list[int] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)
    requests: int = 0
    cpu: float = 0

    @property
    def cpu_microseconds(self) -> float:
        return self.cpu / self.requests * 1e6


@dataclass
class Start:
    """What the starts of one program gave."""

    milliseconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def run_wrk(server: Server, seconds: int, body_file: str | None = None) -> dict:
    """One slice; with a body file, wrk compares every answer with it."""
    environment = clean_environment() | ({"EXPECTED_BODY": body_file} if body_file else {})
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "5s"]
    command += ["-H", "Authorization: Bearer demo", "-s", str(SLICE_SCRIPT), server.url]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise BenchError(f"wrk failed: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def check_slice(server: Server, result: dict) -> None:
    """Every answer counted was a 200 of the expected size, and nothing else went over the wire."""
    size = server.expected.wire_bytes
    unfinished = result["bytes"] - result["requests"] * size
    if result["requests"] == 0 or result["errors"] or result["wrong"]:
        raise BenchError(f"{server.name}: not every answer is the expected 200: {result}")
    if not 0 <= unfinished < CONNECTIONS * size:
        raise BenchError(f"{server.name}: answers of other sizes than {size} bytes: {result}")


def compare_all(servers: list[Server], body_file: str) -> None:
    """One untimed slice each in which every single body is compared."""
    for server in servers:
        check_slice(server, run_wrk(server, 1, body_file))


def measure_load(servers: list[Server], rounds: int, seconds: int) -> dict[str, Load]:
    """Alternates slices; in each round every server has one, and each round begins with another."""
    loads = {server.name: Load() for server in servers}
    for turn in range(rounds):
        progress(f"round {turn + 1}/{rounds}")
        first = turn % len(servers)
        for server in servers[first:] + servers[:first]:
            server.check()
            before = server.cpu_seconds()
            result = run_wrk(server, seconds)
            load = loads[server.name]
            load.cpu += server.cpu_seconds() - before
            check_slice(server, result)
            server.check()
            load.requests += result["requests"]
            load.rates.append(result["requests"] / result["microseconds"] * 1e6)
            load.medians.append(result["p50"])
            load.tails.append(result["p99"])
    return loads


def measure_starts(servers: dict[str, Server], runs: int) -> dict[str, Start]:
    """Times exec to first 200, programs alternating; reads the idle memory in every sixth run."""
    starts = {name: Start() for name in servers}
    for turn in range(runs):
        progress(f"start {turn + 1}/{runs}")
        for name, server in servers.items():
            if server.polled_port:
                server.polled_port = free_port()
                server.command[-1] = str(server.polled_port)
            begun = time.perf_counter()
            server.start()
            try:
                server.get()
                starts[name].milliseconds.append((time.perf_counter() - begun) * 1e3)
                if turn % 6 == 0:
                    time.sleep(SETTLE_SECONDS)
                    starts[name].megabytes.append(server.resident_megabytes())
            finally:
                server.stop()
    return starts


def ratio(ours: Load, theirs: Load) -> str:
    """Median of the paired ratios with their inter-quartile range."""
    pairs = [a / b for a, b in zip(ours.rates, theirs.rates, strict=True)]
    if len(pairs) < 2:
        return f"{pairs[0]:.2f}"
    low, middle, high = statistics.quantiles(pairs, n=4, method="inclusive")
    if middle >= 10:
        return f"{middle:.0f} [{low:.0f}–{high:.0f}]"
    return f"{middle:.2f} [{low:.2f}–{high:.2f}]"


def number(value: float) -> str:
    """Three digits that matter, thousands apart."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(loads: dict[str, Load], starts: dict[str, Start], labels: dict[str, str]) -> str:
    """The Markdown table, one row a server."""
    lines = [
        "| server | GET requests/s | entrasync ÷ this [IQR] | p50 / p99 ms "
        "| server CPU µs/request (÷ entrasync's) | start to first 200, ms | idle memory, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, load in loads.items():
        milliseconds = number(statistics.median(starts[name].milliseconds))
        megabytes = number(statistics.median(starts[name].megabytes))
        paired = "1" if name == LATEST else ratio(loads[LATEST], load)
        if name in BUDGETS:
            paired += f", budget {BUDGETS[name]}"
        if name == LATEST:
            again = number(statistics.median(starts["existing data"].milliseconds))
            milliseconds = f"{milliseconds} fresh (≤ 30), {again} with `--data` (≤ 20)"
            megabytes += " (≤ 20)"
        p50, p99 = statistics.median(load.medians) / 1e3, statistics.median(load.tails) / 1e3
        cells = [labels[name], number(statistics.median(load.rates)), paired]
        share = load.cpu_microseconds / loads[LATEST].cpu_microseconds
        processor = f"{number(load.cpu_microseconds)} ({share:.2f})"
        cells += [f"{p50:.2f} / {p99:.2f}", processor, milliseconds, megabytes]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def caption(options: argparse.Namespace, threads: int) -> str:
    """How the table was made."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    arguments = shlex.join(options.given)
    command = f'make bench ARGS="{arguments}"' if arguments else "make bench"
    peer = (
        " moto serves the same bytes as an S3 object, the cheapest GET of a stored resource that it"
        " has, and starts empty."
    )
    return (
        f"`{command}`: {len(models)} × {models[0] if models else platform.machine()}, {system}, "
        f"{options.rounds} alternated rounds of `wrk -t1 -c{CONNECTIONS} -d{options.seconds}s`, "
        f"medians; {options.starts} starts. GET of one stored job with a bearer token. The C "
        f"servers are libmicrohttpd with as many threads as entrasync ({threads})."
        + ("" if options.without_moto else peer)
    )


def progress(text: str) -> None:
    """A line that replaces the one before; where there is no terminal, one line for each phase."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif " 1/" in text:
        print(f"bench: {text}", file=sys.stderr, flush=True)


def entrasync_command(binary: str, *more: str) -> list[str]:
    return [binary, "serve", "--port", "0", "--seed", "demo", *more]


def moto_command(port: int) -> list[str]:
    return [str(Path(sys.executable).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(port)]


def store_in_moto(server: Server, body: bytes) -> None:
    """Puts the bytes where `server.path` finds them."""
    bucket = "/" + server.path.split("/")[1]
    kind = "Content-Type: application/json\r\n"
    for path, content in ((bucket, b""), (server.path, body)):
        answer = fetch(server.port, path, "PUT", content, kind)
        if answer.status != 200:
            raise BenchError(f"moto does not take {path}: {answer.status} {answer.body[:200]!r}")


def start_all(options: argparse.Namespace, folder: str, running: list[Server]) -> None:
    """Starts what is compared, one after the other, and checks that it can be compared."""
    ours = Server(LATEST, entrasync_command(options.binary), JOB).start()
    running.append(ours)
    # Threads get their names, and jobs that are due get their runs, shortly after the ready line.
    time.sleep(SETTLE_SECONDS)
    ours.expected = ours.get()
    Path(folder, "body").write_bytes(ours.expected.body)
    headers = [(n, v) for n, v in ours.expected.headers if n.lower() not in OWN_HEADERS]
    kind = [(n, v) for n, v in headers if n.lower() == "content-type"]
    bare = [options.bare, f"{folder}/body", "-t", str(ours.http_threads())]
    for name, chosen in ((BARE, kind), (BARE_HEADERS, headers)):
        flags = [flag for n, v in chosen for flag in ("-H", f"{n}: {v}")]
        running.append(Server(name, bare + flags, JOB).start())
    if not options.without_moto:
        port = free_port()
        peer = Server(PEER, moto_command(port), "/bench/job.json", polled_port=port).start()
        running.append(peer)
        store_in_moto(peer, ours.expected.body)
    for server in running[1:]:
        server.expected = server.get()
        if server.expected.body != ours.expected.body:
            raise BenchError(f"{server.name}: does not answer the same bytes as entrasync")
    if running[2].expected.wire_bytes != ours.expected.wire_bytes:
        raise BenchError("the C server with the same headers answers with another number of bytes")
    time.sleep(SETTLE_SECONDS)
    for server in running[1:3]:
        if server.http_threads() != ours.http_threads():
            raise BenchError(f"{server.name}: serves with {server.http_threads()} threads")


def programs_to_start(
    options: argparse.Namespace, folder: str, loaded: list[Server]
) -> dict[str, Server]:
    """One entry for each column of starts; the durable one has its data already."""
    data = entrasync_command(options.binary, "--data", f"{folder}/data")
    first = Server("first", data, JOB).start()
    first.get()
    first.stop()
    programs = {
        server.name: Server(server.name, list(server.command), JOB) for server in loaded[:3]
    }
    programs["existing data"] = Server("existing data", data, JOB)
    if not options.without_moto:
        programs[PEER] = Server(PEER, moto_command(0), "/", polled_port=free_port())
    return programs


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--binary", required=True, help="the release binary of entrasync")
    parser.add_argument("--bare", required=True, help="the C server built from bare.c")
    parser.add_argument("--rounds", type=int, default=15, help="alternated rounds of slices (15)")
    parser.add_argument("--seconds", type=int, default=1, help="length of a slice (1)")
    parser.add_argument("--starts", type=int, default=31, help="timed starts of each program (31)")
    parser.add_argument("--without-moto", action="store_true", help="leave the peer out")
    options = parser.parse_args()
    if min(options.rounds, options.seconds, options.starts) < 1:
        parser.error("--rounds, --seconds and --starts must be at least 1")
    options.given = sys.argv[5:] if sys.argv[1:5:2] == ["--binary", "--bare"] else sys.argv[1:]
    options.binary, options.bare = os.path.abspath(options.binary), os.path.abspath(options.bare)
    return options


def main() -> None:
    options = arguments()
    if os.getloadavg()[0] > 1:
        print("bench: others use this machine now; expect wide ranges", file=sys.stderr)
    running: list[Server] = []
    with tempfile.TemporaryDirectory(prefix="entrasync-bench-") as folder:
        try:
            start_all(options, folder, running)
            threads = running[0].http_threads()
            compare_all(running, f"{folder}/body")
            loads = measure_load(running, options.rounds, options.seconds)
            compare_all(running, f"{folder}/body")
        finally:
            for server in running:
                server.stop()
        starts = measure_starts(programs_to_start(options, folder, running), options.starts)
    labels = {
        LATEST: "**entrasync**",
        BARE: "libmicrohttpd in bare C, the same bytes",
        BARE_HEADERS: "libmicrohttpd in bare C, the same bytes and headers",
    }
    if not options.without_moto:
        labels[PEER] = f"moto {metadata.version('moto')}"
    progress("")
    print(f"{table(loads, starts, labels)}\n\n{caption(options, threads)}")


if __name__ == "__main__":
    try:
        main()
    except BenchError as error:
        sys.exit(f"bench: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
