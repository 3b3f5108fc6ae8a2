"""The demo's four applications after a day: who is there, who is not, and what the log says of each.

The expectation is worked out here from the seed document alone: assignments, group members and
scoping filters, by the service's rules.
"""

import json
import re
from collections import defaultdict

import pytest

from emulator import REPOSITORY, Emulator

SEED = json.loads((REPOSITORY / "Fixtures/Tenants/demo.json").read_text())
TOKEN = {"Authorization": "Bearer demo-scim-token"}
PROVISIONING = {"SfSandboxOutDelta", "scim", "DropboxSCIMOutDelta", "ServiceNowOutDelta"}
JOBS = [job for job in SEED["jobs"] if job["templateId"] in PROVISIONING]
USERS = {user["id"]: user for user in SEED["users"]}
BY_NAME = {user["userPrincipalName"]: user for user in SEED["users"]}
GROUPS = {group["id"]: group for group in SEED["groups"]}
# What the guest of the seed is called outside of the tenant: as it was invited.
GUEST = re.compile(r"(.+)_([^_#]+)#EXT#@.+")


def principal_name(user):
    guest = GUEST.fullmatch(user["userPrincipalName"])
    return f"{guest[1]}@{guest[2]}" if guest else user["userPrincipalName"]


def direct_users(group):
    """The users among a group's members; members are named by user principal name or by id."""
    named = (BY_NAME.get(member) or USERS.get(member) for member in group["members"])
    return {user["id"] for user in named if user}


def passes(clause, user):
    value = user.get(clause["sourceOperandName"])
    wanted = clause["targetOperand"]["values"]
    if value in (None, ""):
        return False
    return {
        "EQUALS": lambda: value == wanted[0],
        "NOT EQUALS": lambda: value != wanted[0],
        "IS NOT NULL": lambda: True,
    }[clause["operatorName"]]()


def is_in_scope(job, user):
    groups = job["scopes"]["User"]["groups"]
    return any(all(passes(clause, user) for clause in group["clauses"]) for group in groups)


def assigned(job):
    """Users and groups with an assignment, directly or as a direct member of an assigned group."""
    principals = {
        each["principalId"]
        for each in SEED["assignments"]
        if each["resourceId"] == job["servicePrincipalId"]
    }
    users = principals & set(USERS)
    groups = {id for id in principals & set(GROUPS) if GROUPS[id]["securityEnabled"]}
    for id in groups:
        users |= direct_users(GROUPS[id])
    return users, groups


def expected(job):
    users, groups = assigned(job)
    people = {id for id in users if USERS[id]["accountEnabled"] and is_in_scope(job, USERS[id])}
    # The template of Salesforce maps no groups.
    return people, groups if job["templateId"] != "SfSandboxOutDelta" else set()


@pytest.fixture(scope="module")
def day():
    """The demo after a day of a clock that only moves when told to."""
    emulator = Emulator("--clock", "manual", "--start-time", "2026-03-02T08:00:00Z")
    try:
        for job in JOBS:
            assert resources(emulator, job, "Users") == [], "targets start empty"
            assert resources(emulator, job, "Groups") == []
        moved = emulator.send("POST", "/_emulator/clock", {"advance": "P1D"})
        assert moved.status == 200, moved.body
        yield emulator
    finally:
        emulator.stop()


def resources(emulator, job, kind):
    path = f"/scim/{job['servicePrincipalId']}/{kind}?count=1000"
    return emulator.get(path, headers=TOKEN).json["Resources"]


def records(emulator, job):
    """All records of a job's log, by source identifier, latest first."""
    jobs = emulator.get(
        f"/v1.0/servicePrincipals/{job['servicePrincipalId']}/synchronization/jobs"
    ).json["value"]
    path = f"/v1.0/auditLogs/provisioning?$filter=jobId%20eq%20'{jobs[0]['id']}'&$top=500"
    found = defaultdict(list)
    while path:
        page = emulator.get(path).json
        for record in page["value"]:
            found[record["sourceIdentity"]["id"]].append(record)
        path = page.get("@odata.nextLink", "").removeprefix(emulator.url) or None
    return found


def scoping(record):
    steps = [s for s in record["provisioningSteps"] if s["provisioningStepType"] == "scoping"]
    return steps[-1]["details"]


every_job = pytest.mark.parametrize("job", JOBS, ids=[job["templateId"] for job in JOBS])


def test_the_seed_has_the_four_applications_with_assignments_and_filters():
    assert {job["templateId"] for job in JOBS} == PROVISIONING
    for job in JOBS:
        users, groups = assigned(job)
        assert users and groups
        assert job["scopes"]["User"]["groups"]
        assert job["schedule"]["state"] == "Active"


@every_job
def test_each_application_holds_the_people_and_groups_in_scope(day, job):
    people, groups = expected(job)
    assert people
    held = {user["userName"] for user in resources(day, job, "Users")}
    assert held == {principal_name(USERS[id]) for id in people}
    assert all(user["active"] for user in resources(day, job, "Users"))
    names = {group["displayName"] for group in resources(day, job, "Groups")}
    assert names == {GROUPS[id]["displayName"] for id in groups}


@every_job
def test_each_group_has_the_members_that_are_there(day, job):
    people, groups = expected(job)
    names = {user["id"]: user["userName"] for user in resources(day, job, "Users")}
    for group in resources(day, job, "Groups"):
        source = next(GROUPS[id] for id in groups if GROUPS[id]["displayName"] == group["displayName"])
        members = {names[member["value"]] for member in group.get("members", [])}
        assert members == {principal_name(USERS[id]) for id in direct_users(source) & people}


@every_job
def test_the_log_explains_each_one_that_is_there(day, job):
    people, groups = expected(job)
    log = records(day, job)
    for id in people | groups:
        created = [r for r in log[id] if r["provisioningAction"] == "create"]
        assert len(created) == 1, id
        assert created[0]["provisioningStatusInfo"]["status"] == "success"
        assert created[0]["targetIdentity"]["id"]
        assert scoping(created[0])["Scoping filter evaluation passed"] == "True"


@every_job
def test_the_log_explains_each_one_that_is_missing(day, job):
    users, _ = assigned(job)
    people, _ = expected(job)
    log = records(day, job)
    for id in set(USERS) - people:
        skipped = log[id]
        assert skipped, f"nothing is said of {USERS[id]['displayName']}"
        assert {r["provisioningStatusInfo"]["status"] for r in skipped} == {"skipped"}
        record = skipped[-1]
        reasons = [s["details"].get("SkipReason") for s in record["provisioningSteps"]]
        assert reasons[-1] == "NotEffectivelyEntitled"
        details = scoping(record)
        assert details["Active in the source system"] == str(USERS[id]["accountEnabled"])
        assert details["Assigned to the application"] == str(id in users)
        assert details["Scoping filter evaluation passed"] == str(is_in_scope(job, USERS[id]))


def test_somebody_is_kept_out_for_each_reason(day):
    """The demo shows a newcomer each way of not being provisioned."""
    reasons = set()
    for job in JOBS:
        users, _ = assigned(job)
        for id in users:
            if not USERS[id]["accountEnabled"]:
                reasons.add("disabled")
            elif not is_in_scope(job, USERS[id]):
                reasons.add("out of scope")
    assert reasons == {"disabled", "out of scope"}
