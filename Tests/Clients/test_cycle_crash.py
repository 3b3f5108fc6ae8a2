"""kill -9 in the middle of cycles over HTTP: nothing is made twice, nothing is lost.

A cycle is cut at a random request to the target: before the target takes it, after it took it but
before its answer, or right after the answer. The emulator starts again on the same data, and the
next cycle must end where an undisturbed one would.
"""

import copy
import http.client
import os
import random
import shutil
import threading

import pytest
from provisioning import Endpoint, JobEmulator, group, group_id, seed, user, user_id

POINTS = 50
# More than a cycle keeps in one transaction.
USERS = 45
WRITES = ("POST", "PATCH", "DELETE")


@pytest.fixture
def source():
    """A generator whose seed is printed; ENTRASYNC_TEST_SEED replays a run."""
    number = int(os.environ.get("ENTRASYNC_TEST_SEED") or random.randrange(1 << 32))
    print(f"ENTRASYNC_TEST_SEED={number}")
    return random.Random(number)


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.close()


def document(endpoint):
    users = [user(n, **({"manager": user_id(n - 1)} if n % 3 == 2 else {})) for n in range(USERS)]
    groups = [group(1, range(0, USERS, 2)), group(2, range(3)), group(3)]
    return seed(endpoint.url, users, groups)


def change(emulator):
    """What an incremental cycle finds: one of each kind of change."""
    emulator.patch_user(0, department="Sales", city="Oslo")
    emulator.patch_user(1, accountEnabled=False)
    emulator.do("DELETE", f"/v1.0/users/{user_id(4)}")
    emulator.do("POST", "/v1.0/users", {
        "userPrincipalName": "late@contoso.com", "displayName": "Late", "mailNickname": "late",
        "accountEnabled": True, "passwordProfile": {"password": "xWwvJ]6NMw+bWH-d"},
    })
    emulator.do("PATCH", f"/v1.0/groups/{group_id(3)}", {"displayName": "Third"})
    for number in (5, 7):
        emulator.do(
            "POST", f"/v1.0/groups/{group_id(3)}/members/$ref",
            {"@odata.id": f"{emulator.url}/v1.0/directoryObjects/{user_id(number)}"},
        )
    emulator.do("DELETE", f"/v1.0/groups/{group_id(1)}/members/{user_id(2)}/$ref")
    emulator.do("DELETE", f"/v1.0/groups/{group_id(2)}")
    emulator.do(
        "PUT", f"/v1.0/users/{user_id(8)}/manager/$ref",
        {"@odata.id": f"{emulator.url}/v1.0/users/{user_id(0)}"},
    )


def contents(endpoint):
    """What the target holds, without the identifiers that it made."""
    names = {
        identifier: resource.get("userName") or resource["displayName"]
        for resources in endpoint.resources.values()
        for identifier, resource in resources.items()
    }
    return sorted(
        (names[identifier],
         sorted((key, named(value, names)) for key, value in resource.items() if key != "id"))
        for resources in endpoint.resources.values()
        for identifier, resource in resources.items()
    )


def named(value, names):
    if isinstance(value, list):
        return sorted(str(named(element, names)) for element in value)
    if isinstance(value, dict):
        return str(sorted((key, str(named(one, names))) for key, one in value.items()))
    return str(names.get(value, value))


class Story:
    """A job before one of its cycles: its data on disk, and what the target holds."""

    def __init__(self, name, endpoint, directory, prepare):
        self.name = name
        self.endpoint = endpoint
        self.directory = directory / name
        self.directory.mkdir()
        self.base = self.directory / "base"
        endpoint.resources = {"Users": {}, "Groups": {}}
        emulator = self.open(self.base)
        prepare(emulator)
        assert emulator.stop() == 0
        self.before = copy.deepcopy(endpoint.resources)
        # An undisturbed cycle tells where all others have to end, and how many requests it takes.
        endpoint.requests.clear()
        emulator = self.open(self.copy("whole"))
        assert emulator.cycle()["lastExecution"]["state"] == "Succeeded"
        assert emulator.stop() == 0
        self.requests = len(endpoint.requests)
        self.wanted = contents(endpoint)

    def open(self, data):
        return JobEmulator(document(self.endpoint), self.directory, "--data", str(data))

    def copy(self, name):
        path = self.directory / name
        shutil.copytree(self.base, path)
        return path

    def cut(self, number, phase, data):
        """Runs a cycle whose process dies at a request."""
        endpoint = self.endpoint
        endpoint.resources = copy.deepcopy(self.before)
        endpoint.requests.clear()
        emulator = self.open(data)
        endpoint.requests.clear()
        died = threading.Event()

        def misbehave(handler):
            if len(endpoint.requests) < number or died.is_set():
                return died.is_set()
            if phase == "before it is taken":
                died.set()
                emulator.process.kill()
                return True
            with endpoint.lock:
                answer = handler.decide()
            if phase == "before its answer":
                died.set()
                emulator.process.kill()
                return True
            handler.answer(*answer)
            died.set()
            emulator.process.kill()
            return True

        endpoint.misbehave = misbehave
        try:
            emulator.cycle()
        except (OSError, http.client.HTTPException):
            pass  # the crash that this test is about; after the last answer it may come too late
        finally:
            endpoint.misbehave = None
            emulator.kill()
        assert died.is_set()

    def check(self, data):
        """The next cycle ends where the undisturbed one did, and the one after has nothing to do."""
        emulator = self.open(data)
        try:
            status = emulator.cycle()
            assert status["lastExecution"]["state"] == "Succeeded", status["lastExecution"]
            assert status["quarantine"] is None
            assert contents(self.endpoint) == self.wanted
            self.endpoint.requests.clear()
            emulator.cycle()
            assert [r[:2] for r in self.endpoint.requests if r[0] in WRITES] == []
        finally:
            assert emulator.stop() == 0


def test_a_cycle_that_is_killed_makes_nothing_twice_and_loses_nothing(endpoint, tmp_path, source):
    def after_a_cycle(emulator):
        emulator.start()
        assert emulator.cycle()["lastExecution"]["state"] == "Succeeded"
        change(emulator)

    stories = [
        Story("initial", endpoint, tmp_path, lambda emulator: emulator.start()),
        Story("incremental", endpoint, tmp_path, after_a_cycle),
    ]
    phases = ["before it is taken", "before its answer", "after its answer"]
    for point in range(POINTS):
        story = stories[point % 2]
        number, phase = source.randint(1, story.requests), source.choice(phases)
        print(f"point {point}: {story.name} cycle, request {number}, {phase}")
        data = story.copy(str(point))
        story.cut(number, phase, data)
        story.check(data)
        shutil.rmtree(data)
