"""Each kind of fault, met by a client on its way in and by a job on its way out."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from emulator import SANDBOX, SANDBOX_JOB, Emulator, synchronization

JOBS = synchronization(SANDBOX, "jobs")
TENANT = "00000000-0000-0000-0000-00000000c0de"
TOKEN = f"/{TENANT}/oauth2/v2.0/token"
MANUAL = ("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z", "--ids", "faults")


@dataclass
class Kind:
    """A kind of fault, what a client sees of it, and what a job's log says of it."""

    name: str
    effect: dict[str, Any]
    # What the client sees: the answer's status, or that none came whole.
    status: int | None = 200
    raises: type[Exception] | None = None
    code: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    seconds: float = 0
    # What the log says of the object that met it; nothing where the object went through.
    logged: str | None = None
    # Objects that met it, of the job's seven.
    met: int = 1


BAD_ANSWER = "SystemForCrossDomainIdentityManagementBadResponse"
KINDS = [
    Kind("status", {"status": 500}, 500, code="InternalServerError", logged="InternalServerError"),
    Kind(
        "code",
        {"status": 400, "code": "tooMany", "message": "No more"},
        400,
        code="tooMany",
        text="No more",
        logged=BAD_ANSWER,
    ),
    Kind(
        "Retry-After",
        {"status": 429, "retryAfter": 30},
        429,
        code="TooManyRequests",
        fields={"retry-after": "30"},
        logged="TooManyRequests",
        met=7,
    ),
    Kind("delay", {"delay": 300}, seconds=0.3),
    Kind(
        "dropped connection",
        {"dropConnection": True},
        None,
        http.client.RemoteDisconnected,
        logged="WebExceptionProtocolError",
    ),
    Kind("malformed body", {"malformedBody": True}, text='{"value":[{"id":', logged=BAD_ANSWER),
    Kind("half a body", {"halfBody": True}, None, http.client.IncompleteRead, logged=BAD_ANSWER),
    Kind(
        "content type",
        {"contentType": "text/html"},
        fields={"content-type": "text/html"},
        logged=BAD_ANSWER,
    ),
    Kind(
        "body",
        {"body": "{}"},
        text="{}",
        logged="SystemForCrossDomainIdentityManagementServiceIncompatible",
    ),
]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture
def manual():
    running = Emulator(*MANUAL)
    yield running
    assert running.stop() == 0, running.errors()


def add(emulator, **rule):
    answer = emulator.send("POST", "/_emulator/faults", rule)
    assert answer.status == 201, answer.body


def advance(emulator, duration):
    answer = emulator.send("POST", "/_emulator/clock", {"advance": duration})
    assert answer.status == 200, answer.body
    return answer.json["ran"]


@each_kind
def test_a_client_meets_it(manual, kind):
    good = manual.get(JOBS)
    add(manual, id="it", match={"path": JOBS, "method": "GET"}, effect=kind.effect, count=1)
    # Another method, another path and another tenant are not meant.
    assert manual.send("POST", JOBS, {"templateId": "none"}).status == 404
    manual.get("/v1.0/users?$top=1")
    manual.get(f"/tenants/11111111-2222-4333-8444-555555555555{JOBS}")
    begun = time.monotonic()
    if kind.raises:
        with pytest.raises(kind.raises):
            manual.send("GET", JOBS)
    else:
        answer = manual.send("GET", JOBS)
        assert answer.status == kind.status
        assert answer.headers["x-entrasync-fault"] == "it"
        assert kind.code is None or answer.json["error"]["code"] == kind.code
        assert kind.fields.items() <= answer.headers.items()
        assert kind.text is None or kind.text in answer.body.decode()
        if kind.name == "delay":
            assert answer.body == good.body
    assert time.monotonic() - begun >= kind.seconds
    # Its count is used up: a client that tries again is served.
    advance(manual, "PT30S")
    assert manual.get(JOBS).body == good.body
    assert manual.get("/_emulator/faults/it").json["hits"] == 1
    noted = manual.get("/_emulator/requests?fault=it").json["value"]
    assert [(entry["direction"], entry["path"]) for entry in noted] == [("inbound", JOBS)]


@each_kind
def test_a_job_meets_it(manual, kind):
    match = {"method": "POST", "target": f"*/scim/{SANDBOX}/Users"}
    add(manual, id="it", match=match, effect=kind.effect, count=1)
    begun = time.monotonic()
    run = manual.send("POST", f"/_emulator/jobs/{SANDBOX_JOB}/run").json["execution"]
    assert time.monotonic() - begun >= kind.seconds
    rows = manual.get("/v1.0/auditLogs/provisioning?$top=999").json["value"]
    failures = [
        row["provisioningStatusInfo"]["errorInformation"]["errorCode"]
        for row in rows
        if row["provisioningStatusInfo"]["status"] == "failure"
    ]
    assert failures == [kind.logged] * kind.met if kind.logged else not failures
    assert run["state"] == ("EntryLevelErrors" if kind.logged else "Succeeded")
    assert run["countEscrowed"] == (kind.met if kind.logged else 0)
    noted = manual.get("/_emulator/requests?fault=it").json["value"]
    assert len(noted) == kind.met
    for entry in noted:
        assert (entry["direction"], entry["method"], entry["jobId"]) == ("outbound", "POST", SANDBOX_JOB)
        if kind.raises is not http.client.RemoteDisconnected:
            assert entry["response"]["headers"]["x-entrasync-fault"] == "it"
    # The retry finds the target well again, and at the end everybody is there.
    advance(manual, "PT2H")
    assert manual.get(f"/_emulator/targets/{SANDBOX}").json["users"] == 7
    assert manual.get("/_emulator/faults/it").json["hits"] == 1


def test_who_comes_too_early_is_told_so_again(manual):
    add(manual, match={"path": JOBS}, effect={"status": 429, "retryAfter": 30}, count=1)
    seen = []
    for wait in ("PT0S", "PT10S", "PT19.5S", "PT0.5S"):
        advance(manual, wait)
        answer = manual.send("GET", JOBS)
        seen.append((answer.status, answer.headers.get("retry-after")))
    assert seen == [(429, "30"), (429, "20"), (429, "1"), (200, None)]
    # It was met once; the others were only told.
    assert manual.get("/_emulator/faults").json["value"][0]["hits"] == 1


def test_a_job_that_comes_too_early_is_told_so_again(manual):
    match = {"target": f"*/scim/{SANDBOX}/*"}
    add(manual, id="it", match=match, effect={"status": 429, "retryAfter": 600}, count=1)
    states = []
    for wait in ("PT0S", "PT5M", "PT5M"):
        advance(manual, wait)
        states.append(manual.send("POST", f"/_emulator/jobs/{SANDBOX_JOB}/run").json["execution"]["state"])
    assert states == ["Failed", "Failed", "Succeeded"]
    noted = manual.get("/_emulator/requests?fault=it").json["value"]
    waits = [entry["response"]["headers"]["Retry-After"] for entry in noted]
    assert waits[0] == "600" and waits[-1] == "300"
    assert manual.get("/_emulator/faults/it").json["hits"] == 1


@pytest.mark.parametrize("probability", [0, 0.5, 1])
def test_chance_is_what_it_says_and_the_same_each_time(probability):
    def run():
        one = Emulator(*MANUAL)
        try:
            add(one, match={"path": JOBS}, effect={"status": 500}, probability=probability)
            return [one.send("GET", JOBS).status for _ in range(60)]
        finally:
            assert one.stop() == 0

    first = run()
    share = first.count(500) / len(first)
    assert share == probability if probability in (0, 1) else 0.25 < share < 0.75
    assert run() == first


FACES = [
    ("GET", JOBS, None, lambda body: body["error"]["code"] == "ServiceUnavailable"),
    (
        "GET",
        f"/scim/{SANDBOX}/Users",
        None,
        lambda body: body["status"] == "503" and body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"],
    ),
    (
        "POST",
        TOKEN,
        b"grant_type=client_credentials",
        lambda body: body["error"] == "temporarily_unavailable" and body["error_codes"] == [90033],
    ),
    ("GET", f"/{TENANT}/v2.0/.well-known/openid-configuration", None, lambda body: "error_description" in body),
]


@pytest.mark.parametrize("method, path, content, fits", FACES, ids=["Graph", "SCIM", "token", "discovery"])
def test_every_face_fails_in_its_own_shape(manual, method, path, content, fits):
    add(manual, id="it", preset="503-outage")
    answer = manual.send(method, path, content)
    assert answer.status == 503
    assert answer.headers["x-entrasync-fault"] == "it"
    assert fits(answer.json), answer.body
    # What mends it is never faulted.
    assert manual.send("DELETE", "/_emulator/faults").status == 204
    assert manual.send(method, path, content).status != 503


def test_parts_of_a_batch_meet_it_alone(manual):
    add(manual, id="it", match={"path": "/v1.0/groups"}, effect={"status": 503}, count=1)
    requests = [
        {"id": str(number), "method": "GET", "url": url}
        for number, url in enumerate(["/users?$top=1", "/groups?$top=1", "/groups?$top=1"])
    ]
    answers = manual.send("POST", "/v1.0/$batch", {"requests": requests}).json["responses"]
    assert sorted((answer["id"], answer["status"]) for answer in answers) == [("0", 200), ("1", 503), ("2", 200)]
    faulted = next(answer for answer in answers if answer["id"] == "1")
    assert faulted["headers"]["x-entrasync-fault"] == "it"


def test_a_slow_target_holds_up_its_job_and_nobody_else(manual):
    match = {"method": "POST", "target": f"*/scim/{SANDBOX}/*"}
    add(manual, match=match, effect={"delay": 2000}, count=1)
    run = threading.Thread(target=manual.send, args=("POST", f"/_emulator/jobs/{SANDBOX_JOB}/run"))
    begun = time.monotonic()
    run.start()
    while manual.get("/_emulator/faults").json["value"][0]["hits"] == 0:
        assert time.monotonic() - begun < 10
    asked = time.monotonic()
    for number in range(1, 20):
        manual.get(f"/v1.0/users?$top={number}")
    assert time.monotonic() - asked < 1
    assert run.is_alive()
    run.join()
