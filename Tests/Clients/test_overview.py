"""The five requests of the synchronization API's overview page, by curl, against the demo seed.

Page: https://learn.microsoft.com/graph/api/resources/synchronization-overview
"""

import json
import subprocess

import pytest
from emulator import (
    SALESFORCE,
    SALESFORCE_3,
    SANDBOX,
    SANDBOX_JOB,
    TEMPLATE,
    clean_environment,
    synchronization,
)

CONTEXT = "/v1.0/$metadata"


def curl(emulator, path, *options):
    """What curl prints for a GET that succeeds; `options` are added to its command."""
    command = ["curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "10"]
    command += ["--header", "Authorization: Bearer demo", *options, emulator.url + path]
    done = subprocess.run(
        command, capture_output=True, text=True, env=clean_environment(), check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def query(**options):
    """Query options as curl takes them; `$` is put in front of each name."""
    pairs = [("--data-urlencode", f"${name}={value}") for name, value in options.items()]
    return ["--get", *(word for pair in pairs for word in pair)]


def test_finds_service_principals_by_display_name(emulator):
    found = curl(
        emulator,
        "/v1.0/servicePrincipals",
        *query(select="id,appId,displayName", filter="startswith(displayName, 'salesforce')"),
    )
    assert found.pop("@odata.context").endswith(
        CONTEXT + "#servicePrincipals(id,appId,displayName)"
    )
    value = sorted(found.pop("value"), key=lambda one: one["displayName"])
    assert found == {}
    assert value == [
        {"id": SALESFORCE[0], "appId": SALESFORCE[1], "displayName": "Salesforce"},
        {"id": SALESFORCE_3[0], "appId": SALESFORCE_3[1], "displayName": "salesforce 3"},
    ]


@pytest.mark.parametrize("encoded", [True, False], ids=["encoded", "as printed"])
def test_finds_one_service_principal_by_app_id(emulator, encoded):
    path = f"/v1.0/servicePrincipals(appId='{SALESFORCE_3[1]}')"
    if encoded:
        found = curl(emulator, path, *query(select="id,appId,displayName"))
    else:
        found = curl(emulator, path + "?$select=id,appId,displayName", "--globoff")
    assert found.pop("@odata.context").endswith(
        CONTEXT + "#servicePrincipals(id,appId,displayName)/$entity"
    )
    assert found == {
        "id": SALESFORCE_3[0],
        "appId": SALESFORCE_3[1],
        "displayName": "salesforce 3",
    }


@pytest.mark.parametrize("slash", ["", "/"], ids=["plain", "trailing slash"])
def test_lists_the_jobs(emulator, slash):
    found = curl(emulator, synchronization(SANDBOX, "jobs") + slash)
    assert found["@odata.context"].endswith(
        f"{CONTEXT}#servicePrincipals('{SANDBOX}')/synchronization/jobs"
    )
    assert [job["id"] for job in found["value"]] == [SANDBOX_JOB]
    assert [job["templateId"] for job in found["value"]] == [TEMPLATE]


@pytest.mark.parametrize("slash", ["", "/"], ids=["plain", "trailing slash"])
def test_reads_the_status_of_a_job(emulator, slash):
    job = curl(emulator, synchronization(SANDBOX, "jobs", SANDBOX_JOB) + slash)
    assert job["@odata.context"].endswith(
        f"{CONTEXT}#servicePrincipals('{SANDBOX}')/synchronization/jobs/$entity"
    )
    assert (job["id"], job["templateId"]) == (SANDBOX_JOB, TEMPLATE)
    assert set(job["schedule"]) == {"expiration", "interval", "state"}
    assert job["schedule"]["expiration"] is None
    assert job["schedule"]["interval"].startswith("PT")
    assert {
        "code",
        "countSuccessiveCompleteFailures",
        "escrowsPruned",
        "lastExecution",
        "lastSuccessfulExecution",
        "lastSuccessfulExecutionWithExports",
        "progress",
        "quarantine",
        "steadyStateFirstAchievedTime",
        "steadyStateLastAchievedTime",
        "synchronizedEntryCountByType",
        "troubleshootingUrl",
    } <= set(job["status"])


def test_reads_the_schema_of_a_job(emulator):
    schema = curl(emulator, synchronization(SANDBOX, "jobs", SANDBOX_JOB, "schema"))
    assert schema["@odata.context"].endswith(
        f"{CONTEXT}#servicePrincipals('{SANDBOX}')/synchronization/jobs('{SANDBOX_JOB}')/schema/$entity"
    )
    directories = {directory["name"]: directory for directory in schema["directories"]}
    assert len(directories) == 2
    for rule in schema["synchronizationRules"]:
        source = directories[rule["sourceDirectoryName"]]
        target = directories[rule["targetDirectoryName"]]
        for mapping in rule["objectMappings"]:
            attributes = {
                attribute["name"]
                for kind in target["objects"]
                if kind["name"] == mapping["targetObjectName"]
                for attribute in kind["attributes"]
            }
            assert mapping["sourceObjectName"] in [kind["name"] for kind in source["objects"]]
            assert mapping["attributeMappings"]
            for one in mapping["attributeMappings"]:
                assert one["targetAttributeName"] in attributes
