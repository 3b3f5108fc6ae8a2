"""`make bench`: what inbound jobs do in a second: bulk uploads, and an Active Directory's first cycle.

The clock stands while records are uploaded, so that taking them in and processing them are measured
one after the other. The directory comes in a seed file of its own. Prints one Markdown table.
"""

import argparse
import base64
import http.client
import json
import sys
import tempfile
import time
from pathlib import Path

from servers import BenchError, Server

UPLOADS, RECORDS = 200, 50
PRINCIPAL = "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4"
JOB = "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d"
JOB_PATH = f"/v1.0/servicePrincipals/{PRINCIPAL}/synchronization/jobs/{JOB}"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ACCOUNTS = 100_000
DIRECTORY = "5c1a0000-0000-4000-8000-0000000000b2"
DEADLINE_SECONDS = 600


class Client:
    """One kept-alive connection."""

    def __init__(self, server: Server):
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=DEADLINE_SECONDS
        )

    def send(self, method: str, path: str, body=None, kind: str = "application/json"):
        content = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, content, {"Content-Type": kind} if content else {})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201, 202, 204):
            raise BenchError(f"{method} {path} answers {answer.status}: {text[:200]!r}")
        return json.loads(text) if text else None


def record(number: int) -> dict:
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": str(number),
        "userName": f"person{number}@example.com",
        "name": {"familyName": f"Family{number}", "givenName": "Given"},
        "displayName": f"Person {number}",
        "active": True,
        "title": "Tour Guide",
        ENTERPRISE: {"department": "Tours", "manager": {"value": str(number // 10)}},
    }


def bulk(first: int) -> dict:
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [
            {"method": "POST", "bulkId": str(n), "path": "/Users", "data": record(n)}
            for n in range(first, first + RECORDS)
        ],
        "failOnErrors": None,
    }


def cycle(client: Client, advance: str, job: str, exported: int) -> float:
    """Moves the clock; the job's one cycle has to have done so much."""
    begun = time.perf_counter()
    ran = client.send("POST", "/_emulator/clock", {"advance": advance})["ran"]
    seconds = time.perf_counter() - begun
    found = [run["execution"] for run in ran if run["jobId"].startswith(job)]
    if not found or found[0]["state"] != "Succeeded" or found[0]["countExported"] < exported:
        raise BenchError(f"the cycle did not do its work: {json.dumps(found)[:300]}")
    return seconds


def measure_uploads(binary: str, rows: list[str]) -> None:
    command = [binary, "serve", "--port", "0", "--clock", "manual"]
    server = Server("uploads", command, "/v1.0/users").start()
    try:
        client = Client(server)
        client.send("POST", JOB_PATH + "/start")
        total = UPLOADS * RECORDS
        for name in ("create", "compare, nothing to do"):
            bodies = [bulk(first) for first in range(0, total, RECORDS)]
            begun = time.perf_counter()
            for body in bodies:
                client.send("POST", JOB_PATH + "/bulkUpload", body, "application/scim+json")
            seconds = time.perf_counter() - begun
            if name == "create":
                rows.append(row(f"take in {total:,} records in {UPLOADS} uploads", total, seconds))
            exported = total if name == "create" else 0
            seconds = cycle(client, "PT1S", "API2AAD", exported)
            rows.append(row(f"process {total:,} uploaded records: {name}", total, seconds))
    finally:
        server.stop()


def seed(path: Path) -> None:
    """An Active Directory with so many accounts, and the job that reads it."""
    principal = {
        "id": DIRECTORY,
        "appId": "5c1a0000-0000-4000-8000-0000000000c2",
        "displayName": "AD to Microsoft Entra provisioning",
        "applicationTemplateId": "1a4721b3-e57f-4451-ae87-ef078703ec94",
        "servicePrincipalType": "Application",
    }
    accounts = [
        {
            "objectType": "user",
            "attributes": {
                "objectGUID": base64.b64encode(number.to_bytes(16, "big")).decode(),
                "distinguishedName": f"CN=Person {number},OU=People,DC=contoso,DC=com",
                "cn": f"Person {number}",
                "displayName": f"Person {number}",
                "givenName": "Given",
                "sn": f"Family{number}",
                "sAMAccountName": f"person{number}",
                "userPrincipalName": f"person{number}@contoso.com",
                "mail": f"person{number}@contoso.com",
                "employeeID": str(number),
                "department": "Tours",
                "userAccountControl": 512,
                "c": "US",
                "manager": f"CN=Person {number // 10},OU=People,DC=contoso,DC=com",
            },
        }
        for number in range(1, ACCOUNTS + 1)
    ]
    document = {
        "tenant": {"displayName": "Contoso", "defaultDomain": "contoso.com"},
        "servicePrincipals": [principal],
        "jobs": [{"servicePrincipalId": DIRECTORY, "templateId": "AD2AADProvisioning"}],
        "directories": [
            {"name": "Active Directory", "servicePrincipalId": DIRECTORY, "objects": accounts}
        ],
    }
    path.write_text(json.dumps(document), encoding="utf-8")


def measure_directory(binary: str, rows: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="entrasync-bench-") as folder:
        file = Path(folder, "directory.json")
        seed(file)
        command = [binary, "serve", "--port", "0", "--clock", "manual", "--seed", str(file)]
        server = Server("directory", command, "/v1.0/users").start()
        try:
            client = Client(server)
            jobs = f"/v1.0/servicePrincipals/{DIRECTORY}/synchronization/jobs"
            job = client.send("GET", jobs)["value"][0]["id"]
            client.send("POST", f"{jobs}/{job}/start")
            seconds = cycle(client, "PT2M", job, ACCOUNTS)
            name = f"initial cycle of {ACCOUNTS:,} Active Directory users, managers included"
            rows.append(row(name, ACCOUNTS, seconds))
            begun = time.perf_counter()
            client.send("POST", "/_emulator/clock", {"advance": "PT2M"})
            seconds = time.perf_counter() - begun
            rows.append(f"| cycle without changes after it | {seconds * 1e3:.1f} ms | |")
        finally:
            server.stop()


def row(name: str, count: int, seconds: float) -> str:
    return f"| {name} | {seconds:.2f} s | {count / seconds:,.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    # What the other benches take is none of this one's.
    options, _ = parser.parse_known_args()
    rows: list[str] = []
    print("inbound: 10,000 uploaded records", file=sys.stderr)
    measure_uploads(options.binary, rows)
    print(f"inbound: a directory of {ACCOUNTS:,} accounts", file=sys.stderr)
    measure_directory(options.binary, rows)
    print("| inbound | time | a second |\n|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    try:
        main()
    except BenchError as error:
        sys.exit(f"bench: {error}")
