"""The built-in SCIM target under the conformance tests and the client that others wrote."""

import json
import os
import subprocess
import sys
from pathlib import Path

SERVICE_PRINCIPAL = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
TOKEN = "demo-scim-token"


def scim(emulator, *arguments, check=True):
    """Runs scim2-cli against the demo's SCIM application."""
    program = Path(sys.executable).parent / "scim2"
    url = f"{emulator.url}/scim/{SERVICE_PRINCIPAL}"
    environment = {**os.environ, "SCIM_CLI_HEADERS": f"Authorization: Bearer {TOKEN}"}
    done = subprocess.run([program, "--url", url, *arguments], env=environment, text=True,
                          capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_check_of_scim2_tester_passes(emulator):
    lines = scim(emulator, "test").splitlines()
    verdicts = [line for line in lines if line[:1].isupper() and line.split()[0].isupper()]
    assert len(verdicts) > 100
    assert [line for line in verdicts if not line.startswith("SUCCESS")] == []


def test_scim2_cli_creates_queries_and_deletes(emulator):
    made = json.loads(scim(emulator, "create", "user", "--user-name", "ada@contoso.com"))
    assert made["userName"] == "ada@contoso.com"
    found = json.loads(scim(emulator, "query", "user", made["id"]))
    assert found["id"] == made["id"]
    scim(emulator, "delete", "user", made["id"])
    assert "404" in scim(emulator, "query", "user", made["id"], check=False)
