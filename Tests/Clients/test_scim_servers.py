"""Cycles against SCIM servers that others wrote, over HTTP: one strict, one that refuses much."""

import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from provisioning import TOKEN, JobEmulator, group, group_id, seed, user, user_id

START_SECONDS = 30
DJANGO = Path(__file__).parent / "django_target" / "serve.py"
BAD_RESPONSE = "SystemForCrossDomainIdentityManagementBadResponse"
EVERYTHING = {
    "city": "Oslo", "streetAddress": "1 Main St", "postalCode": "0150", "country": "NO",
    "state": "Oslo", "businessPhones": ["+47 1"], "mobilePhone": "+47 2", "faxNumber": "+47 3",
    "employeeId": "701", "preferredLanguage": "nb-NO", "officeLocation": "B1",
}


@contextmanager
def server(arguments):
    """A program that serves SCIM on the port that it is given last."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*arguments, str(port)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert process.poll() is None, f"{arguments} ended with {process.returncode}"
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < deadline, f"{arguments} does not listen"
            time.sleep(0.05)  # a program that starts, not virtual time
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def scim2():
    program = Path(sys.executable).parent / "scim2-server"
    with server([program, "--hostname", "127.0.0.1", "--bearer-token", TOKEN, "--port"]) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def django():
    with server([sys.executable, DJANGO]) as port:
        yield f"http://127.0.0.1:{port}/scim/v2"


@contextmanager
def job(*arguments, **more):
    emulator = JobEmulator(*arguments, **more)
    try:
        yield emulator
    finally:
        assert emulator.stop() == 0


def refused(emulator):
    """The calls since the last time that were not answered with success."""
    return [
        (call["method"], call["path"], call["status"])
        for call in emulator.calls()
        if not 200 <= (call["status"] or 0) < 300
    ]


def failures(emulator):
    """The object and the error of each failure record so far."""
    return [
        (record["sourceIdentity"]["displayName"],
         record["provisioningStatusInfo"]["errorInformation"]["errorCode"])
        for record in emulator.records("provisioningStatusInfo/status eq 'failure'")
    ]


def reference(emulator, identifier):
    return {"@odata.id": f"{emulator.url}/v1.0/directoryObjects/{identifier}"}


def found(emulator, address, kind, query):
    """What the target itself answers."""
    url = f"{address}/{kind}?filter=" + urllib.parse.quote(query)
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer).get("Resources", [])


def test_a_strict_server_takes_everything(scim2, tmp_path):
    """Initial cycle, updates, disable, membership, delete: not one error from scim2-server."""
    users = [user(number, **EVERYTHING) for number in range(5)]
    document = seed(scim2 + "?aadOptscim062020", users, [group(1, [0, 1, 2]), group(2, [3])])
    with job(document, tmp_path) as emulator:
        emulator.do(
            "POST", emulator.path + "/validateCredentials",
            {"useSavedCredentials": True, "templateId": "scim"}, status=(204,),
        )
        emulator.start()
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "Succeeded"
        assert status["lastExecution"]["countExported"] == 9
        assert refused(emulator) == []
        assert len(found(emulator, scim2, "Users", 'userName sw "user0000"')) == 5
        groups = {g["displayName"]: g for g in found(emulator, scim2, "Groups", "id pr")}
        assert [len(groups[name]["members"]) for name in ("Group 1", "Group 2")] == [3, 1]

        emulator.patch_user(0, city="Bergen", department="Sales", mail="n@contoso.com",
                            givenName="Zed", businessPhones=["+47 9"])
        emulator.patch_user(1, accountEnabled=False)
        emulator.patch_user(2, jobTitle="Lead")
        group_path = f"/v1.0/groups/{group_id(1)}"
        emulator.do("DELETE", f"{group_path}/members/{user_id(2)}/$ref")
        emulator.do("POST", f"{group_path}/members/$ref", reference(emulator, user_id(4)))
        emulator.do("PATCH", group_path, {"displayName": "Renamed"})
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "Succeeded"
        assert refused(emulator) == []
        changed = found(emulator, scim2, "Users", 'userName eq "user00000@contoso.com"')[0]
        assert changed["addresses"][0]["locality"] == "Bergen"
        assert changed["emails"][0]["value"] == "n@contoso.com"
        assert changed["name"]["formatted"] == "Zed 0"
        disabled = found(emulator, scim2, "Users", 'userName eq "user00001@contoso.com"')[0]
        assert disabled["active"] is False
        renamed = found(emulator, scim2, "Groups", 'displayName eq "Renamed"')[0]
        assert len(renamed["members"]) == 3

        emulator.patch_user(1, accountEnabled=True)
        emulator.do("DELETE", f"/v1.0/users/{user_id(3)}")
        emulator.do("DELETE", group_path)
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "Succeeded"
        emulator.cycle("P31D")
        assert refused(emulator) == []
        names = {u["userName"]: u["active"] for u in found(emulator, scim2, "Users", "id pr")}
        assert names == {f"user0000{n}@contoso.com": True for n in (0, 1, 2, 4)}
        assert [g["displayName"] for g in found(emulator, scim2, "Groups", "id pr")] == ["Group 2"]
        assert failures(emulator) == []

        # What is there already is matched: nothing is made again.
        emulator.do("POST", emulator.path + "/restart", {"criteria": {"resetScope": "Full"}})
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "Succeeded"
        assert [c for c in emulator.calls() if c["method"] != "GET"] == []


def test_a_strict_server_says_what_it_is(scim2, tmp_path):
    """discover reads its /Schemas; a token that it does not know quarantines the job."""
    with job(seed(scim2, [user(1)]), tmp_path) as emulator:
        schema = emulator.do("GET", emulator.path + "/schema")
        target = next(d for d in schema["directories"] if d["name"] == "customappsso")
        path = f"{emulator.path}/schema/directories/{target['id']}"
        discovered = emulator.do("POST", path + "/discover")
        names = {a["name"] for o in discovered["objects"] for a in o["attributes"]}
        assert {"userName", "nickName", "profileUrl", "timezone"} <= names
    with job(seed(scim2, [user(1)], token="wrong"), tmp_path) as emulator:
        emulator.start()
        status = emulator.cycle()
        assert status["code"] == "Quarantine"
        code = status["quarantine"]["error"]["code"]
        assert code == "SystemForCrossDomainIdentityManagementInvalidCredentials"
        answer = emulator.send(
            "POST", emulator.path + "/validateCredentials",
            {"useSavedCredentials": True, "templateId": "scim"},
        )
        assert answer.status == 400
        assert answer.json["error"]["code"].endswith("CredentialValidationUnavailable")


def test_what_a_strict_server_refuses_is_told(scim2, tmp_path):
    """A manager as a bare text and Add to an absent element, as the service sends them."""
    with job(seed(scim2, [user(1), user(2, manager=user_id(1)), user(3)]), tmp_path) as emulator:
        emulator.start()
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "EntryLevelErrors"
        assert status["lastExecution"]["countEscrowed"] == 1
        assert failures(emulator) == [("User 2", BAD_RESPONSE)]
        emulator.patch_user(3, mobilePhone="+47 1")
        status = emulator.cycle()
        assert status["lastExecution"]["countEscrowed"] == 2
        assert failures(emulator)[-2:] == [("User 3", BAD_RESPONSE), ("User 2", BAD_RESPONSE)]
        # Without the manager nothing is left in error of the one, and time ends the other.
        emulator.do("DELETE", f"/v1.0/users/{user_id(2)}/manager/$ref")
        assert emulator.cycle()["lastExecution"]["countEscrowed"] == 1
        assert emulator.cycle("P40D")["lastExecution"]["countEscrowed"] == 0


def test_refusals_end_in_escrows_and_the_cycle_goes_on(django, tmp_path):
    """django-scim2 answers most of PATCH with 501, and text booleans with 400."""
    users = [user(1), user(2, manager=user_id(1)), user(3), user(4)]
    with job(seed(django, users, [group(1, [1, 2])]), tmp_path) as emulator:
        emulator.start()
        status = emulator.cycle()
        execution = status["lastExecution"]
        assert execution["state"] == "EntryLevelErrors"
        assert (execution["countExports"], execution["countExported"]) == (7, 6)
        assert execution["countEscrowed"] == 1
        assert failures(emulator) == [("User 2", "NotImplemented")]
        assert status["code"] == "Active"

        emulator.patch_user(1, department="Sales")
        emulator.patch_user(3, accountEnabled=False)
        emulator.do("DELETE", f"/v1.0/groups/{group_id(1)}/members/{user_id(2)}/$ref")
        emulator.do(
            "POST", f"/v1.0/groups/{group_id(1)}/members/$ref", reference(emulator, user_id(4))
        )
        emulator.calls()
        status = emulator.cycle()
        assert status["lastExecution"]["countEscrowed"] == 3
        assert status["code"] == "Active"
        assert failures(emulator)[1:] == [
            ("User 1", "NotImplemented"), ("User 3", BAD_RESPONSE),
            ("User 2", "NotImplemented"), ("User 2", "NotImplemented"),
        ], "of User 2 the attributes and then the manager are refused"
        statuses = [c["status"] for c in emulator.calls() if c["path"].startswith("/scim/v2/Groups")]
        assert statuses == [200, 200], "the memberships come after the failures"
        # A refusal is tried again at the next cycle, and then only hours later.
        emulator.cycle()
        assert len(emulator.calls()) > 0
        emulator.cycle()
        assert emulator.calls() == []


def test_a_match_by_an_ignored_clause_is_not_believed(django, tmp_path):
    """django-scim2 leaves `manager eq …` out of the filter, and would seem to confirm it."""
    document = seed(django, [user(1), user(2)])
    with job(document, tmp_path) as emulator:
        emulator.start()
        assert emulator.cycle()["lastExecution"]["state"] == "Succeeded"
    document = seed(django, [user(1), user(2, manager=user_id(1))])
    with job(document, tmp_path) as emulator:
        emulator.start()
        emulator.cycle()
        calls = emulator.calls()
        checks = [c for c in calls if c["method"] == "GET" and "manager" in (c["query"] or "")]
        assert len(checks) == 1
        patches = [c for c in calls if c["method"] == "PATCH"
                   and "manager" in str(c["request"]["body"])]
        assert len(patches) == 1, "the check was believed"
        assert patches[0]["status"] == 501
        assert ("User 2", "NotImplemented") in failures(emulator)
