"""A job over HTTP from end to end: dry run, logs, provisioning on demand, tokens, and who waits."""

import base64
import json
import re
import subprocess
import threading
import time
import urllib.parse

import pytest
from emulator import Emulator, binary
from provisioning import (
    SERVICE_PRINCIPAL, Endpoint, JobEmulator, group, group_id, seed, user, user_id,
)

WRITES = ("POST", "PATCH", "DELETE")


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.close()


def writes(endpoint):
    """The writing requests since the last time."""
    found = [r for r in endpoint.requests if r[0] in WRITES]
    endpoint.requests.clear()
    return found


def test_a_dry_run_tells_everything_and_changes_nothing(endpoint, tmp_path):
    users = [user(0), user(1, manager=user_id(0)), user(2, accountEnabled=False)]
    emulator = JobEmulator(seed(endpoint.url, users, [group(1, [0, 1])]), tmp_path)
    emulator.start()
    before = emulator.get("/_emulator/export").json
    planned = emulator.do("POST", f"/_emulator/jobs/{emulator.job}/run", {"plan": True})
    assert writes(endpoint) == []
    assert emulator.get("/_emulator/export").json == before
    assert emulator.records() == []
    changes = [(c["action"], c["source"]["displayName"]) for c in planned["changes"]]
    assert changes == [
        ("create", "User 0"), ("create", "User 1"), ("other", "User 2"), ("create", "Group 1"),
    ]
    manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"
    properties = {p["displayName"]: p["newValue"] for p in planned["changes"][1]["modifiedProperties"]}
    assert properties["userName"] == "user00001@contoso.com"
    assert properties[manager] == user_id(0)
    members = [p["newValue"] for p in planned["changes"][3]["modifiedProperties"]
               if p["displayName"] == "members"]
    assert members == [user_id(0), user_id(1)]
    # The same on the command line, and then the cycle does what was told.
    command = [binary(), "run", emulator.job, "--plan", "--json", "--url", emulator.url]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert told["changes"] == planned["changes"]
    emulator.cycle()
    made = [r for r in writes(endpoint) if r[0] == "POST"]
    assert len(made) == 3
    assert emulator.do("POST", f"/_emulator/jobs/{emulator.job}/run", {"plan": True})["changes"] == []
    assert emulator.stop() == 0


def test_the_log_is_filtered_as_the_field_filters_it(endpoint, tmp_path):
    emulator = JobEmulator(seed(endpoint.url, [user(n) for n in range(5)]), tmp_path)
    emulator.start()
    emulator.cycle()
    emulator.patch_user(1, department="Sales")
    began = emulator.status()["lastExecution"]["timeBegan"]
    emulator.cycle()

    def count(filter, version="v1.0", **more):
        query = urllib.parse.urlencode({"$filter": filter, **more}, quote_via=urllib.parse.quote)
        return len(emulator.get(f"/{version}/auditLogs/provisioning?{query}").json["value"])

    job, principal = emulator.job, SERVICE_PRINCIPAL
    assert count(f"jobId eq '{job}'") == 6
    assert count(f"jobid eq '{job}'") == 6
    assert count("jobId eq 'other'") == 0
    assert count("provisioningAction eq 'Create'") == 5
    assert count("provisioningAction eq 'create' and provisioningStatusInfo/status eq 'success'") == 5
    assert count(f"jobId eq '{job}' and servicePrincipal/id eq '{principal}' and "
                 f"sourceIdentity/id eq '{user_id(1)}' and provisioningAction eq 'Create'",
                 **{"$top": "1", "$orderby": "activityDateTime desc"}) == 1
    assert count(f"contains(tolower(servicePrincipal/id),'{principal}') and "
                 "activityDateTime gt 2026-01-01T00:00:00Z", **{"$top": "500"}) == 6
    assert count(f"activityDateTime gt {began}") == 1
    assert count(f"activityDateTime le {began}") == 5
    assert count("statusInfo/status eq 'failure'", "beta") == 0
    assert count("statusInfo/status eq 'success'", "beta") == 6
    # Pages hold together.
    seen, path = [], "/v1.0/auditLogs/provisioning?$top=4&$orderby=activityDateTime desc"
    path = path.replace(" ", "%20")
    while path:
        page = emulator.get(path).json
        seen += [record["id"] for record in page["value"]]
        path = page.get("@odata.nextLink", "").removeprefix(emulator.url)
    assert len(seen) == len(set(seen)) == 6
    # Thirty days later nothing is left, whether the job runs or not.
    emulator.do("POST", emulator.path + "/pause")
    emulator.cycle("P29D")
    assert len(emulator.records()) == 6
    emulator.cycle("P2D")
    assert emulator.records() == []
    assert emulator.stop() == 0


def test_on_demand_answers_success_skip_and_failure(endpoint, tmp_path):
    users = [user(0), user(1, manager=user_id(0)), user(2)]
    document = seed(endpoint.url, users, [group(1, [0, 1, 2])], assigned=[user_id(0), user_id(1),
                                                                         group_id(1)])
    emulator = JobEmulator(document, tmp_path)
    key, value = emulator.on_demand(user_id(0))
    assert key == {"result": "Success", "details": {}}
    assert value["action"] == "Create"
    assert [step["name"] for step in value["provisioningSteps"]] == [
        "EntryImport", "EntrySynchronizationScoping", "EntrySynchronizationAdd", "EntryExportAdd",
    ]
    assert value["targetIdentity"]["id"] in endpoint.resources["Users"]
    assert [r[0] for r in writes(endpoint)] == ["POST"]
    # Again: nothing to do, and the texts say so.
    key, value = emulator.on_demand(user_id(0))
    assert key["result"] == "Skipped"
    assert key["details"]["errorCode"] == "RedundantExport"
    assert value["action"] == "Other" and value["statusInfo"]["status"] == "Skipped"
    assert value["provisioningSteps"][-1]["details"]["SkipReason"] == "RedundantExport"
    assert writes(endpoint) == []
    # With its manager, who is there already.
    key, value = emulator.on_demand(user_id(1))
    assert key["result"] == "Success"
    assert [r[0] for r in writes(endpoint)] == ["POST", "PATCH"]
    # A group with two of its members; the third is not asked for.
    key, value = emulator.on_demand(group_id(1), "Group", [user_id(0), user_id(1)])
    assert key["result"] == "Success"
    assert [r[0] for r in writes(endpoint)] == ["POST", "PATCH", "PATCH"]
    assert len(endpoint.named("Groups", "Group 1")[0]["members"]) == 2
    # A failure is a 200 too.
    endpoint.misbehave = lambda handler: handler.command == "POST" and (
        handler.answer(409, {"status": "409", "scimType": "uniqueness"}) or True
    )
    key, value = emulator.on_demand(user_id(2))
    assert key["result"] == "Failure"
    assert value["statusInfo"]["status"] == "Failure"
    assert value["statusInfo"]["errorCode"] == "EntryConflict"
    actions = [(r["provisioningAction"], r["provisioningStatusInfo"]["status"])
               for r in emulator.records()]
    assert actions[-1] == ("create", "failure")
    assert ("create", "success") in actions
    assert emulator.stop() == 0


def test_a_job_without_a_token_shows_one_of_the_service(endpoint, tmp_path):
    emulator = JobEmulator(seed(endpoint.url, [user(1)], token=""), tmp_path)
    emulator.start()
    assert emulator.cycle()["lastExecution"]["state"] == "Succeeded"
    tokens = {request[2].get("Authorization") for request in endpoint.requests}
    assert len(tokens) == 1
    match = re.fullmatch(r"Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)", tokens.pop())
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        for part in match.groups()[:2]
    )
    tenant = emulator.records()[0]["tenantId"]
    assert claims["iss"] == f"https://sts.windows.net/{tenant}/"
    assert claims["aud"] == "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
    keys = emulator.get(f"/{tenant}/discovery/v2.0/keys").json["keys"]
    assert header["kid"] in {key["kid"] for key in keys}
    shown = emulator.calls()[0]["request"]
    assert match[3] not in json.dumps(shown), "the journal masks tokens"
    assert emulator.stop() == 0


def test_calls_at_the_same_time_end_where_calls_in_order_do(endpoint, tmp_path):
    users = [user(n) for n in range(60)]
    busy, most, lock = 0, 0, threading.Lock()

    def misbehave(handler):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.01)  # so that calls meet
        with lock:
            busy -= 1
        return False

    results = []
    for concurrency in ("1", "6"):
        endpoint.resources = {"Users": {}, "Groups": {}}
        endpoint.misbehave, most = misbehave, 0
        document = seed(endpoint.url, users, [group(1, range(4))])
        emulator = JobEmulator(document, tmp_path, "--target-concurrency", concurrency)
        emulator.start()
        execution = emulator.cycle()["lastExecution"]
        assert execution["state"] == "Succeeded"
        assert (most > 1) == (concurrency != "1")
        assert most <= int(concurrency)
        records = [(r["provisioningAction"], r["sourceIdentity"]["displayName"])
                   for r in emulator.records()]
        counts = {name: value for name, value in execution.items() if name.startswith("count")}
        results.append((records, counts, sorted(
            r["userName"] for r in endpoint.resources["Users"].values())))
        assert emulator.stop() == 0
    assert results[0] == results[1]


def test_a_cycle_in_the_background_slows_no_request(tmp_path):
    """1,000 people go to the built-in target on the real clock's own schedule, while others read."""
    address = "{baseURL}/scim/" + SERVICE_PRINCIPAL
    document = seed(address, [user(n) for n in range(1000)])
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(document))
    emulator = Emulator("--seed", str(path), "--clock", "x3600")
    jobs = f"/v1.0/servicePrincipals/{SERVICE_PRINCIPAL}/synchronization/jobs"
    job = emulator.get(jobs).json["value"][0]["id"]
    emulator.send("POST", f"{jobs}/{job}/start")
    times, deadline = [], time.monotonic() + 90
    while True:
        begun = time.monotonic()
        status = emulator.get(f"{jobs}/{job}").json["status"]
        times.append(time.monotonic() - begun)
        if status["code"] == "Active":
            break
        assert time.monotonic() < deadline, status
    # Cycles without anything to do may have followed.
    assert status["lastSuccessfulExecutionWithExports"]["countExported"] == 1000
    times.sort()
    usual, slowest = times[len(times) * 19 // 20], times[-1]
    print(f"{len(times)} reads: 95 % within {usual * 1e3:.0f} ms, the slowest {slowest * 1e3:.0f} ms")
    assert usual < 0.5
    assert slowest < 5
    assert emulator.stop() == 0


def test_a_stop_does_not_wait_for_a_slow_target(endpoint, tmp_path):
    waiting = threading.Event()

    def hang(handler):
        waiting.set()
        time.sleep(8)
        return False

    endpoint.misbehave = hang
    emulator = JobEmulator(seed(endpoint.url, [user(1)]), tmp_path)
    emulator.start()

    def advance():
        try:
            emulator.cycle()
        except Exception:  # the emulator may be gone before it answers
            pass

    threading.Thread(target=advance, daemon=True).start()
    assert waiting.wait(10)
    begun = time.monotonic()
    assert emulator.stop() == 0
    print(f"stopped after {time.monotonic() - begun:.1f} s")
