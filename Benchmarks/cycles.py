"""`make bench`: what cycles over HTTP cost, with a second entrasync as the target.

An initial cycle of 10,000 users over loopback, with calls in order and with eight at the same time;
incremental cycles with 10 changes at three sizes; the memory of initial cycles of two sizes. Prints
one Markdown table on standard output.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from servers import BenchError, Server

SERVICE_PRINCIPAL = "5ca1ab1e-0000-4000-8000-000000000002"
APP_ID = "5ca1ab1e-0000-4000-8000-000000000003"
JOBS = f"/v1.0/servicePrincipals/{SERVICE_PRINCIPAL}/synchronization/jobs"
INITIAL_USERS = 10_000
SIZES = (1_000, 10_000, 100_000)
MEMORY_SIZES = (10_000, 100_000)
CHANGES = 10


def document(address: str) -> dict:
    """A seed with the application and its job; everybody is in scope."""
    common = {
        "appId": APP_ID, "displayName": "Bench", "signInAudience": "AzureADMyOrg",
        "applicationTemplateId": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621", "appRoles": [],
    }
    secrets = {"BaseAddress": address, "SecretToken": "bench-token", "SyncAll": "true"}
    return {
        "applications": [{"id": "5ca1ab1e-0000-4000-8000-000000000001", **common}],
        "servicePrincipals": [{
            "id": SERVICE_PRINCIPAL, **common, "appDisplayName": "Bench", "accountEnabled": True,
            "servicePrincipalType": "Application", "servicePrincipalNames": [APP_ID], "tags": [],
        }],
        "secrets": [{
            "servicePrincipalId": SERVICE_PRINCIPAL,
            "value": [{"key": key, "value": value} for key, value in secrets.items()],
        }],
        "jobs": [{"servicePrincipalId": SERVICE_PRINCIPAL, "templateId": "scim"}],
    }


class Emulator:
    """An entrasync with the bench's job, its clock standing still."""

    def __init__(self, binary: str, folder: Path, name: str, address: str, *options: str):
        seed = folder / f"{name}.json"
        seed.write_text(json.dumps(document(address)))
        command = [binary, "serve", "--port", "0", "--clock", "manual", *options]
        self.server = Server(name, [*command, "--seed", str(seed)], JOBS).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port)

    def send(self, method: str, path: str, content=None):
        headers = {"Content-Type": "application/json"} if content is not None else {}
        body = json.dumps(content) if content is not None else None
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise BenchError(f"{method} {path} answers {answer.status}: {text[:200]!r}")
        return json.loads(text) if text else None

    def start(self) -> None:
        self.job = self.send("GET", JOBS)["value"][0]["id"]
        self.send("POST", f"{JOBS}/{self.job}/start")

    def cycle(self, least: int) -> float:
        """Seconds that a cycle takes, which must write so many objects at least."""
        begun = time.perf_counter()
        self.send("POST", "/_emulator/clock", {"advance": "PT40M"})
        taken = time.perf_counter() - begun
        execution = self.send("GET", f"{JOBS}/{self.job}")["status"]["lastExecution"]
        if execution["state"] != "Succeeded" or execution["countExported"] < least:
            raise BenchError(f"a cycle of {least} writes ended with {execution}")
        return taken

    def peak_megabytes(self) -> float:
        lines = Path(f"/proc/{self.server.process.pid}/status").read_text().splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def stop(self) -> None:
        self.server.stop()


class Pair:
    """A source of so many users and the target that they are provisioned to."""

    def __init__(self, binary: str, folder: Path, users: int, *options: str):
        self.target = Emulator(binary, folder, "target", "http://127.0.0.1:1/none")
        address = f"http://127.0.0.1:{self.target.server.port}/scim/{SERVICE_PRINCIPAL}"
        # Some of the generated people are disabled, and no cycle creates those.
        self.source = Emulator(
            binary, folder, "source", address, "--seed", f"load:{users}", *options
        )
        self.source.start()
        enabled = "/v1.0/users/$count?$filter=accountEnabled%20eq%20true"
        self.source.connection.request("GET", enabled, headers={"ConsistencyLevel": "eventual"})
        self.enabled = int(self.source.connection.getresponse().read().decode("utf-8-sig"))

    def __enter__(self) -> "Pair":
        return self

    def __exit__(self, *_) -> None:
        self.source.stop()
        self.target.stop()


def initial(binary: str, folder: Path, users: int, *options: str) -> float:
    """Users a second of an initial cycle; the generated groups and memberships come on top."""
    with Pair(binary, folder, users, *options) as pair:
        seconds = pair.source.cycle(pair.enabled)
        return users / seconds


def incremental(binary: str, folder: Path, users: int, rounds: int) -> tuple[float, float]:
    """Milliseconds of a cycle with a few changes, and the peak memory until then."""
    with Pair(binary, folder, users, "--target-concurrency", "8") as pair:
        source = pair.source
        source.cycle(pair.enabled)
        peak = source.peak_megabytes()
        query = f"/v1.0/users?$top={CHANGES}&$select=id&$filter=accountEnabled%20eq%20true"
        people = [user["id"] for user in source.send("GET", query)["value"]]
        times = []
        for turn in range(rounds):
            for person in people:
                source.send("PATCH", f"/v1.0/users/{person}", {"department": f"D{turn}"})
            times.append(source.cycle(CHANGES) * 1e3)
        return statistics.median(times), peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rounds", type=int, default=9)
    # What the other bench takes is none of this one's.
    options, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| cycle, target a second entrasync over loopback HTTP | figure |")
        print("|---|---|")
        for count in ("1", "8"):
            rate = initial(options.binary, folder, INITIAL_USERS, "--target-concurrency", count)
            calls = "in order" if count == "1" else f"{count} at the same time"
            print(f"| initial, {INITIAL_USERS:,} users, calls {calls} | {rate:,.0f} objects/s |")
        peaks = {}
        for users in SIZES:
            middle, peaks[users] = incremental(options.binary, folder, users, options.rounds)
            print(f"| incremental, {CHANGES} changes among {users:,} users | {middle:.1f} ms |")
            print(f"cycles: {users} users are done", file=sys.stderr)
        for users in MEMORY_SIZES:
            print(f"| peak memory of the source, initial cycle of {users:,} users | "
                  f"{peaks[users]:.0f} MB |")


if __name__ == "__main__":
    main()
