"""Which tenant a request means, worlds that do not meet, and the same bytes for the same steps."""

import http.client
import threading
import uuid

import pytest
from emulator import SANDBOX, SANDBOX_JOB, SALESFORCE_3, Emulator, synchronization

DEFAULT = "00000000-0000-0000-0000-00000000c0de"
FULL = ("b1d4c7a0-5f2e-4c36-9d81-6a07e3f25c10", "demo-automation-secret")
JOBS = synchronization(SANDBOX, "jobs")


def token(emulator, tenant):
    form = (
        f"grant_type=client_credentials&client_id={FULL[0]}&client_secret={FULL[1]}"
        "&scope=https://graph.microsoft.com/.default"
    )
    fields = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = emulator.send("POST", f"/{tenant}/oauth2/v2.0/token", form.encode(), fields)
    assert answer.status == 200, answer.body
    return answer.json["access_token"]


def named(emulator, prefix="", bearer=None, header=None):
    """The tenant that a request meets."""
    fields = {}
    if bearer:
        fields["Authorization"] = "Bearer " + bearer
    if header:
        fields["x-entrasync-tenant"] = header
    return emulator.send("GET", prefix + "/_emulator/info", headers=fields).json["tenant"]["id"]


def test_the_first_that_applies_names_the_tenant(emulator):
    one, two, three = (str(uuid.uuid4()) for _ in range(3))
    of_two = token(emulator, two)
    cases = [
        ({}, DEFAULT),
        ({"header": three}, three),
        ({"bearer": of_two}, two),
        ({"bearer": of_two, "header": three}, two),
        ({"prefix": f"/tenants/{one}"}, one),
        ({"prefix": f"/tenants/{one}", "header": three}, one),
        ({"prefix": f"/tenants/{one}", "bearer": of_two, "header": three}, one),
        ({"prefix": f"/tenants/{one.upper()}"}, one),
        ({"bearer": "opaque", "header": three}, three),
    ]
    for how, tenant in cases:
        assert named(emulator, **how) == tenant, how
    # Each of them was made from the seed when it was first named.
    listed = emulator.get("/_emulator/info").json["tenants"]
    assert {DEFAULT, one, two, three} <= set(listed)
    for tenant in (one, two, three):
        assert len(emulator.get(f"/tenants/{tenant}{JOBS}").json["value"]) == 1
        assert emulator.get(f"/tenants/{tenant}/v1.0/organization").json["value"][0]["id"] == tenant
    for prefix, header in (("/tenants/none", None), ("", "none")):
        fields = {"x-entrasync-tenant": header} if header else {}
        assert emulator.send("GET", prefix + "/v1.0/users", headers=fields).status == 400


def test_fifty_tests_at_once_do_not_meet():
    """Each makes up a tenant, seeds it, lets cycles run, breaks things, resets, and sees its own only."""
    emulator = Emulator("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z")
    problems = []

    def test(number):
        tenant = f"/tenants/{uuid.uuid4()}"

        def send(method, path, content=None):
            # Patient, because fifty of them share the machine.
            connection = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=300)
            try:
                return emulator.send(method, tenant + path, content, connection=connection)
            finally:
                connection.close()

        try:
            for round in range(2):
                name = f"user{number}-{round}@contoso.com"
                user = {"userPrincipalName": name, "displayName": name, "accountEnabled": True}
                counts = send("POST", "/_emulator/seed", {"users": [user]}).json["counts"]
                assert counts["users"] == 52, counts
                moved = send("POST", "/_emulator/clock", {"advance": "PT41M"}).json
                assert moved["now"] == "2026-01-01T00:41:00Z"
                assert [run["execution"]["state"] for run in moved["ran"]].count("Succeeded") == len(moved["ran"]) > 20
                found = send("GET", "/v1.0/users?$filter=startswith(userPrincipalName,'user')&$select=userPrincipalName")
                assert [user["userPrincipalName"] for user in found.json["value"]] == [name]
                assert send("PUT", "/_emulator/snapshots/mine").status == 200
                send("POST", "/_emulator/faults", {"match": {"path": JOBS}, "effect": {"status": 503}})
                assert send("GET", JOBS).status == 503
                asked = send("GET", "/_emulator/requests?direction=inbound&bodies=false").json["value"]
                assert [entry["status"] for entry in asked][-2:] == [200, 503]
                assert len(asked) == 2 + 2 * round, "the journal is not the tenant's own"
                assert send("POST", "/_emulator/reset").json["now"] == "2026-01-01T00:00:00Z"
                assert send("GET", JOBS).json["value"][0]["status"]["code"] == "NotRun"
                info = send("GET", "/_emulator/info").json["tenant"]
                assert info["counts"]["users"] == 51
                assert send("GET", "/v1.0/auditLogs/provisioning").json["value"] == []
        except Exception as problem:
            problems.append((number, repr(problem)))

    threads = [threading.Thread(target=test, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert emulator.stop() == 0
    assert not problems


def life(emulator):
    """Steps of many kinds, and every byte that they were answered with."""
    answers = []

    def send(method, path, content=None, headers=None):
        answer = emulator.send(method, path, content, headers)
        text = answer.body.decode().replace(f":{emulator.port}", ":PORT")
        kept = {
            name: value.replace(f":{emulator.port}", ":PORT")
            for name, value in answer.headers.items()
            # Graph's Date is the tenant's time, that of the other faces the machine's.
            if name not in ("content-length", "connection") and (name != "date" or "/v1.0" in path)
        }
        answers.append((method, path, answer.status, kept, text))
        return answer

    for prefix in ("", "/tenants/11111111-2222-4333-8444-555555555555"):
        user = {
            "accountEnabled": True,
            "displayName": "New",
            "mailNickname": "new",
            "userPrincipalName": "new@contoso.com",
            "passwordProfile": {"password": "Passw0rd!x"},
        }
        send("GET", prefix + JOBS)
        made = send("POST", prefix + "/v1.0/users", user).json["id"]
        send("POST", prefix + synchronization(SALESFORCE_3[0], "jobs"), {"templateId": "SfSandboxOutDelta"})
        send("POST", prefix + "/_emulator/faults", {"preset": "flaky", "match": {"target": "*"}})
        send("POST", prefix + "/_emulator/clock", {"advance": "PT2H"})
        send("DELETE", prefix + f"/v1.0/users/{made}")
        send("POST", prefix + f"/_emulator/jobs/{SANDBOX_JOB}/run")
        application = send("POST", prefix + "/v1.0/applications", {"displayName": "Made"}).json["id"]
        send("POST", prefix + f"/v1.0/applications/{application}/addPassword", {})
        send("GET", prefix + "/v1.0/none")
        send("POST", prefix + "/v1.0/$batch", {"requests": [{"id": "1", "method": "GET", "url": "/groups"}]})
        send("POST", prefix + f"/{DEFAULT}/oauth2/v2.0/token", b"grant_type=none")
        for path in (
            "/v1.0/auditLogs/provisioning?$top=999",
            "/v1.0/users/delta",
            "/v1.0/servicePrincipals?$top=3",
            f"/scim/{SANDBOX}/Users?count=100",
            "/_emulator/export?secrets=true",
            "/_emulator/requests?limit=2000",
            "/_emulator/faults",
            "/_emulator/clock",
        ):
            send("GET", prefix + path, headers={"Authorization": "Bearer demo-scim-token"})
        send("POST", prefix + "/_emulator/reset")
        send("POST", prefix + "/v1.0/users", user)
    return answers


def test_the_same_seed_and_steps_give_the_same_bytes():
    def run(ids):
        emulator = Emulator(
            "--clock", "manual", "--start-time", "2026-01-01T00:00:00Z", "--ids", ids
        )
        try:
            return life(emulator)
        finally:
            assert emulator.stop() == 0

    first, second = run("one"), run("one")
    for one, other in zip(first, second, strict=True):
        assert one == other
    assert run("two") != first


@pytest.mark.parametrize("durable", [False, True])
def test_a_reset_gives_the_same_identifiers_again(tmp_path, durable):
    options = ("--data", str(tmp_path / "data")) if durable else ()
    emulator = Emulator("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z", "--ids", "x", *options)
    try:
        runs = []
        for _ in range(2):
            assert emulator.send("POST", "/_emulator/reset").status == 200
            runs.append(
                (
                    emulator.send("POST", "/_emulator/clock", {"advance": "PT1H"}).body,
                    emulator.get("/v1.0/auditLogs/provisioning?$top=999").body,
                )
            )
        assert runs[0] == runs[1]
    finally:
        assert emulator.stop() == 0
