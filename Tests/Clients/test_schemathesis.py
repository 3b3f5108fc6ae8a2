"""schemathesis, unmodified, tries the whole surface by the OpenAPI document that the server gives.

Valid and invalid requests, from a printed seed, on a demo tenant whose identifiers it is told. No
answer may be a 5xx but the one that the service is known for, none may differ from what the document
says, and no invalid body may be taken. Two of its checks can't hold: a document does not say which
texts are filters, and the synchronization service answers 404 to a method that it does not have.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from emulator import SANDBOX, SANDBOX_JOB, TEMPLATE, Emulator

SECONDS = 420
EXAMPLES = 2
# The same requests in every run; another seed in SCHEMATHESIS_SEED tries others.
SEED = 7
SUBTREE = r"^/v1\.0/servicePrincipals/\{servicePrincipal-id\}/synchronization"
# The sub-tree has the same handlers below both roots, and schemas those below jobs and templates.
TWINS = (
    r"^/v1\.0/applications/\{application-id\}/synchronization"
    r"|/templates/\{synchronizationTemplate-id\}/schema"
)
# The service answers 500 to an unknown key of a secret; of these the document says so.
SECRETS = (
    SUBTREE + r"(/secrets|/acquireAccessToken|/jobs(/\{[^/]*\})?/validateCredentials)?$"
)
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "allow_header_conformance",
]
IDS = {
    "servicePrincipal-id": SANDBOX,
    "synchronizationJob-id": SANDBOX_JOB,
    "synchronizationTemplate-id": TEMPLATE,
    "application-id": "1486cd08-e487-4a0f-9685-9abc2597caab",
    "user-id": "92ba3afa-4614-41d6-994a-6e49dca63b7f",
    "group-id": "7122a193-2797-41af-a41f-254a5a0a23b5",
    "directoryObject-id": "3ffa4351-788a-4918-b7f6-adc4a8a5c1e4",
    "applicationTemplate-id": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
    "organization-id": "00000000-0000-0000-0000-00000000c0de",
}
def configuration(emulator: Emulator) -> str:
    directories = emulator.get(
        f"/v1.0/servicePrincipals/{SANDBOX}/synchronization/jobs/{SANDBOX_JOB}/schema/directories"
    ).json["value"]
    ids = dict(IDS, **{"directoryDefinition-id": directories[0]["id"]})
    lines = ["[parameters]"]
    lines += [f'"path.{name}" = "{value}"' for name, value in ids.items()]
    # A token of a delta query that nobody made is gone, whatever else is wrong.
    lines += ["[checks.negative_data_rejection]"]
    lines += ['expected-statuses = ["400", "404", "405", "410", "413", "415", "422", "5xx"]']
    return "\n".join(lines) + "\n"


def tries(emulator: Emulator, folder: Path, seed: int, checks: list[str], *chosen: str) -> None:
    """One run over chosen operations; it must find nothing."""
    settings = folder / "schemathesis.toml"
    settings.write_text(configuration(emulator))
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "run"]
    command += [emulator.url + "/_emulator/openapi.json", "--seed", str(seed), "--mode", "all"]
    command += ["--max-examples", str(EXAMPLES), "--phases", "coverage,fuzzing"]
    command += ["--checks", ",".join(checks), "--continue-on-failure", "--no-shrink"]
    command += ["--warnings", "off", *chosen]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "passed" in run.stdout, run.stdout[-2000:]
    assert emulator.is_running(), emulator.errors()


@pytest.mark.parametrize(
    ("checks", "chosen"),
    [
        (CHECKS, ["--exclude-path-regex", f"{TWINS}|{SECRETS}", "--exclude-method", "DELETE"]),
        (CHECKS[1:], ["--include-path-regex", SECRETS]),
        (CHECKS, ["--include-method", "DELETE", "--exclude-path-regex", TWINS]),
    ],
    ids=["reads and writes", "secrets", "deletions"],
)
def test_the_surface_is_as_its_document_says(tmp_path, checks, chosen):
    seed = int(os.environ.get("SCHEMATHESIS_SEED") or SEED)
    print(f"SCHEMATHESIS_SEED={seed}")
    emulator = Emulator("--clock", "manual")
    try:
        tries(emulator, tmp_path, seed, checks, *chosen)
    finally:
        assert emulator.stop() == 0


def test_every_operation_of_the_table_is_in_the_document():
    emulator = Emulator()
    try:
        document = emulator.get("/_emulator/openapi.json").json
    finally:
        emulator.stop()
    operations = [
        one for item in document["paths"].values() for name, one in item.items() if name != "parameters"
    ]
    rows = {one["x-row"] for one in operations}
    assert {str(number) for number in range(1, 57)} | {"A1", "A2", "A3", "A4", "A5"} <= rows
    assert json.dumps(document).count('"operationId"') == len(operations)
