"""What a new tenant, a reset, a snapshot and a restore take (DESIGN 6), with the demo and with many users.

Medians of whole calls over a kept connection: budget 5 ms each with the demo, 1 s with 100,000 users.
"""

import argparse
import atexit
import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time
import uuid


def seed_file(users: int) -> str:
    """A seed of so many users, as a file."""
    people = [
        {
            "userPrincipalName": f"user{number}@contoso.com",
            "displayName": f"User {number}",
            "mailNickname": f"user{number}",
            "givenName": "User",
            "surname": str(number),
            "department": f"Department {number % 50}",
            "accountEnabled": True,
        }
        for number in range(users)
    ]
    file = tempfile.NamedTemporaryFile("w", suffix=".json", delete=False)
    atexit.register(os.unlink, file.name)
    json.dump({"users": people}, file)
    file.close()
    return file.name


def measure(binary: str, seed: str, rounds: int) -> dict[str, float]:
    """Milliseconds of each call."""
    command = [binary, "serve", "--port", "0", "--clock", "manual", "--seed", seed]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = int(process.stdout.readline().rsplit(":", 1)[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

        def call(method: str, path: str) -> float:
            begun = time.perf_counter()
            connection.request(method, path)
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status < 300, text[:300]
            return (time.perf_counter() - begun) * 1000

        # The template is made by the first of these, and by that one only.
        call("GET", f"/tenants/{uuid.uuid4()}/_emulator/clock")
        steps = {
            "new tenant": lambda: call("GET", f"/tenants/{uuid.uuid4()}/_emulator/clock"),
            "reset": lambda: call("POST", "/_emulator/reset"),
            "snapshot": lambda: call("PUT", "/_emulator/snapshots/bench"),
            "restore": lambda: call("POST", "/_emulator/snapshots/bench/restore"),
        }
        return {
            name: statistics.median(step() for _ in range(rounds)) for name, step in steps.items()
        }
    finally:
        process.terminate()
        process.wait(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--users", type=int, default=100_000)
    options = parser.parse_args()
    cases = [("demo", "demo", 31, 5), (f"{options.users:,} users", seed_file(options.users), 5, 1000)]
    found = [measure(options.binary, seed, rounds) for _, seed, rounds, _ in cases]
    heads = [f"{name}, ms (≤ {budget:,})" for name, _, _, budget in cases]
    print("| a whole tenant | " + " | ".join(heads) + " |")
    print("|--|" + "--|" * len(cases))
    for step in found[0]:
        cells = []
        for times, (_, _, _, budget) in zip(found, cases):
            over = "" if times[step] <= budget else " OVER"
            cells.append(f"{times[step]:.1f}{over}")
        print(f"| {step} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
