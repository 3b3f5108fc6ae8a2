"""`make bench`: jobs that fill the built-in SCIM target, and its reads beside those of scim2-server.

Initial cycles of a job whose target is the built-in one, the provisioning log and the journal on, for
10,000 and 100,000 users and their groups: wall time, processor time and memory of the server. Beside
each, the same rows written by SQLite alone (Benchmarks/rows.c), which is what no cycle can do without. Then
GET by identifier and a filtered GET, over one kept-alive connection each, against PyPI's
`scim2-server` with as many users; requests of both alternate. Prints two Markdown tables.
"""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from servers import BenchError, Server, free_port

SIZES = (10_000, 100_000)
PEER_USERS = 1_000
APPLICATION = "b0000000-0000-4000-8000-000000000001"
PRINCIPAL = "b0000000-0000-4000-8000-000000000002"
JOB = "scim.builtin-bench"
TOKEN = "bench-token"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"

SEED = {
    "applications": [{"id": APPLICATION, "appId": APPLICATION, "displayName": "Bench"}],
    "servicePrincipals": [{"id": PRINCIPAL, "appId": APPLICATION, "displayName": "Bench"}],
    "jobs": [{"servicePrincipalId": PRINCIPAL, "templateId": "scim", "id": JOB}],
    "secrets": [
        {
            "servicePrincipalId": PRINCIPAL,
            "value": [
                {"key": "BaseAddress", "value": "{baseURL}/scim/" + PRINCIPAL},
                {"key": "SecretToken", "value": TOKEN},
                {"key": "SyncAll", "value": "true"},
            ],
        }
    ],
}


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int, base: str = ""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=900)
        self.base = base

    def send(self, method: str, path: str, body=None):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        if body is not None:
            headers["Content-Type"] = "application/scim+json"
        data = None if body is None else json.dumps(body)
        self.connection.request(method, self.base + path, data, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            raise BenchError(f"{method} {path} answers {answer.status}: {content[:300]!r}")
        return json.loads(content)

    def timed(self, path: str) -> float:
        begun = time.perf_counter()
        self.connection.request("GET", self.base + path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = self.connection.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        if answer.status != 200:
            raise BenchError(f"{path} answers {answer.status}")
        return taken * 1e6


def cycle(binary: str, size: int, seed: Path) -> dict[str, float]:
    """One initial cycle of a server of its own; every object must have come through."""
    options = ["--port", "0", "--clock", "manual", "--seed", f"load:{size}", "--seed", str(seed)]
    server = Server(f"load:{size}", [binary, "serve", *options], "/")
    server.start()
    try:
        client = Client(server.port)
        idle = server.resident_megabytes()
        cpu = server.cpu_seconds()
        begun = time.perf_counter()
        run = client.send("POST", f"/_emulator/jobs/{JOB}/run", {})["execution"]
        wall = time.perf_counter() - begun
        cpu = server.cpu_seconds() - cpu
        if run["state"] != "Succeeded" or run["countImported"] != size + (size + 99) // 100:
            raise BenchError(f"load:{size}: {run}")
        held = Client(server.port, f"/scim/{PRINCIPAL}")
        users = held.send("GET", "/Users?count=0")["totalResults"]
        if users != sum(number % 20 != 19 for number in range(size)):
            raise BenchError(f"load:{size}: the target holds {users} users")
        return {
            "objects": run["countImported"],
            "wall": wall,
            "cpu": cpu,
            "idle": idle,
            "after": server.resident_megabytes(),
        }
    finally:
        server.stop()


def rows_alone(binary: str, rows: str, size: int, seed: Path) -> float:
    """Objects a second that SQLite alone writes of the rows that such a cycle leaves."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", "0", "--clock", "manual", "--data", folder]
        options += ["--seed", f"load:{size}", "--seed", str(seed)]
        server = Server(f"load:{size}", [binary, "serve", *options], "/").start()
        try:
            run = Client(server.port).send("POST", f"/_emulator/jobs/{JOB}/run", {})["execution"]
        finally:
            server.stop()
        (database,) = Path(folder).glob("tenants/*.db")
        command = [rows, str(database), str(run["countImported"])]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return 1e6 / float(out.split()[0])


def print_cycles(binary: str, rows: str, rounds: int, seed: Path) -> None:
    print(
        "| initial cycle into the built-in target | objects/s | SQLite alone | CPU µs an object "
        "| MB before | MB after |"
    )
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        alone = rows_alone(binary, rows, size, seed)
        runs = [cycle(binary, size, seed) for _ in range(rounds)]
        rate = statistics.median(run["objects"] / run["wall"] for run in runs)
        cost = statistics.median(run["cpu"] / run["objects"] * 1e6 for run in runs)
        idle = statistics.median(run["idle"] for run in runs)
        after = statistics.median(run["after"] for run in runs)
        print(
            f"| {size:,} users | {rate:,.0f} | {alone:,.0f} | {cost:.0f} | {idle:.0f} | {after:.0f} |",
            flush=True,
        )


def user(number: int) -> dict:
    name = f"user{number}@load.contoso.com"
    return {
        "schemas": [SCHEMA],
        "userName": name,
        "externalId": f"user{number}",
        "displayName": f"User {number}",
        "name": {"givenName": "User", "familyName": str(number)},
        "emails": [{"type": "work", "value": name, "primary": True}],
        "active": True,
    }


def print_reads(binary: str, rounds: int, seed: Path) -> None:
    """Both servers hold the same users; each row's requests alternate between them."""
    port = free_port()
    own = Server("entrasync", [binary, "serve", "--port", "0", "--seed", "none", "--seed", str(seed)], "/")
    program = Path(sys.executable).parent / "scim2-server"
    peer = Server("scim2-server", [str(program), "--port", str(port)], "/", polled_port=port)
    servers: list[Server] = []
    try:
        servers = [own.start(), peer.start()]
        clients = [Client(own.port, f"/scim/{PRINCIPAL}"), Client(port, "/v2")]
        ids = [[client.send("POST", "/Users", user(n))["id"] for n in range(PEER_USERS)] for client in clients]
        name = urllib.parse.quote('userName eq "user{}@load.contoso.com"', safe="{}")
        rows = {
            "GET by id": lambda index, turn: "/Users/" + ids[index][turn % PEER_USERS],
            "GET filtered by userName": lambda index, turn: (
                "/Users?filter=" + name.format(turn * 7 % PEER_USERS)
            ),
        }
        print(f"| SCIM read, {PEER_USERS:,} users | entrasync, µs | scim2-server, µs | ratio |")
        print("|---|---|---|---|")
        for title, path in rows.items():
            times: list[list[float]] = [[], []]
            for turn in range(rounds):
                for index in (0, 1) if turn % 2 == 0 else (1, 0):
                    times[index].append(clients[index].timed(path(index, turn)))
            ours, theirs = (statistics.median(sample) for sample in times)
            print(f"| {title} | {ours:,.0f} | {theirs:,.0f} | {theirs / ours:.0f} |")
    finally:
        for server in servers:
            server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rows", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reads", type=int, default=200)
    # What the other benches take is none of this one's.
    options, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(json.dumps(SEED))
        print_cycles(options.binary, options.rows, options.rounds, seed)
        print()
        print_reads(options.binary, options.reads, seed)


if __name__ == "__main__":
    main()
