"""What a new tenant, a reset, a snapshot and a restore take (DESIGN 6), with the demo and with many users.

Medians of whole calls over a kept connection: budget 5 ms each with the demo, 1 s with 100,000 users.
"""

import argparse
import http.client
import json
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
    cases = [("demo", "demo", 15, 5), (f"{options.users} users", seed_file(options.users), 3, 1000)]
    for name, seed, rounds, budget in cases:
        for step, milliseconds in measure(options.binary, seed, rounds).items():
            verdict = "within" if milliseconds <= budget else "OVER"
            print(f"{name:>14}  {step:<10} {milliseconds:9.1f} ms  {verdict} {budget} ms")


if __name__ == "__main__":
    main()
