"""The built-in SCIM target under the conformance tests and the client that others wrote."""

import json
import os
import subprocess
import sys
from pathlib import Path

from emulator import synchronization

SERVICE_PRINCIPAL = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
TOKEN = "demo-scim-token"
CUSTOM = "urn:ietf:params:scim:schemas:extension:custom:2.0:User"


def scim(emulator, *arguments, check=True):
    """Runs scim2-cli against the demo's SCIM application."""
    program = Path(sys.executable).parent / "scim2"
    url = f"{emulator.url}/scim/{SERVICE_PRINCIPAL}"
    environment = {**os.environ, "SCIM_CLI_HEADERS": f"Authorization: Bearer {TOKEN}"}
    done = subprocess.run([program, "--url", url, *arguments], env=environment, text=True,
                          capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def verdicts(emulator):
    """What scim2-tester says of each check."""
    lines = scim(emulator, "test").splitlines()
    return [line for line in lines if line[:1].isupper() and line.split()[0].isupper()]


def test_every_check_of_scim2_tester_passes(emulator):
    found = verdicts(emulator)
    assert len(found) > 100
    assert [line for line in found if not line.startswith("SUCCESS")] == []


def test_scim2_tester_checks_the_extension_of_the_jobs_schema(emulator):
    before = len(verdicts(emulator))
    jobs = emulator.send("GET", synchronization(SERVICE_PRINCIPAL, "jobs")).json["value"]
    path = synchronization(SERVICE_PRINCIPAL, "jobs", jobs[0]["id"], "schema")
    schema = emulator.send("GET", path).json
    # No date, which the tester fills with any text, and no list of texts, to which it takes an added
    # value for the only one, against RFC 7644, section 3.5.2.1.
    attributes = [
        {"name": f"{CUSTOM}:{name}", "type": kind}
        for name, kind in [("tag", "String"), ("level", "Integer"), ("isGuest", "Boolean")]
    ]
    for directory in schema["directories"]:
        for kind in directory["objects"]:
            if ":" in kind["name"] and kind["name"].endswith("User"):
                kind["attributes"] += attributes
    assert emulator.send("PUT", path, schema).status == 204
    found = verdicts(emulator)
    assert [line for line in found if not line.startswith("SUCCESS")] == []
    assert len(found) > before + len(attributes)


def test_scim2_cli_creates_queries_and_deletes(emulator):
    made = json.loads(scim(emulator, "create", "user", "--user-name", "ada@contoso.com"))
    assert made["userName"] == "ada@contoso.com"
    found = json.loads(scim(emulator, "query", "user", made["id"]))
    assert found["id"] == made["id"]
    scim(emulator, "delete", "user", made["id"])
    assert "404" in scim(emulator, "query", "user", made["id"], check=False)
