"""kill -9 in the middle of writes: after a restart every answered write is there.

Each writer owns one thing and changes it over and over. What it was answered last must be read back
after the crash; a change that was on its way when the process died may be there or not, but never
in part.
"""

import http.client
import os
import random
import threading
import time

import pytest
from emulator import (
    SALESFORCE,
    SALESFORCE_3,
    SANDBOX,
    SANDBOX_JOB,
    TEMPLATE,
    Emulator,
    synchronization,
)

ROUNDS = 6
# Keys of the secret store, one for each bit of a counter: a key written as "" is gone.
BITS = ["UserName", "Domain", "Server", "CompanyId", "Sandbox", "InstanceName", "Url", "AppKey"]
STAYS = "BaseAddress"


class Writer(threading.Thread):
    """Changes one thing until the server is gone."""

    def __init__(self, emulator, count):
        super().__init__(daemon=True)
        self.emulator = emulator
        self.count = count
        self.answered = None  # the value that was answered last
        self.pending = None  # the value whose answer has not come yet
        self.writes = 0
        self.problem = None

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.emulator.port, timeout=20)
        try:
            while True:
                self.step(connection)
        except (OSError, http.client.HTTPException):
            pass  # the crash that this test is about
        except Exception as problem:  # shown by the test, which runs on another thread
            self.problem = problem
        finally:
            connection.close()

    def write(self, connection, value, method, path, content=None):
        """One write whose success means that `value` is stored."""
        self.pending = value
        answer = self.emulator.send(method, path, content, connection=connection)
        assert answer.status in (201, 204), f"{method} {path}: {answer.status} {answer.body[:300]}"
        self.answered, self.pending = value, None
        self.writes += 1
        self.count += 1
        return answer

    def check(self, emulator):
        """After the restart: what was answered last is there, or what was on its way."""
        if self.answered is not None:
            found = self.read(emulator)
            assert found in (self.answered, self.pending), (
                f"{type(self).__name__}: found {found!r}, answered {self.answered!r}, "
                f"on its way {self.pending!r}"
            )


class SecretsWriter(Writer):
    """Writes a counter into the secrets of a service principal, a key a bit."""

    path = synchronization(SALESFORCE[0], "secrets")

    def step(self, connection):
        kept = [key for bit, key in enumerate(BITS) if self.count >> bit & 1]
        pairs = [{"key": key, "value": "1" if key in kept else ""} for key in BITS]
        pairs.append({"key": STAYS, "value": "https://example.com"})
        self.write(connection, sorted([*kept, STAYS]), "PUT", self.path, {"value": pairs})

    def read(self, emulator):
        return sorted(pair["key"] for pair in emulator.get(self.path).json["value"])


class JobWriter(Writer):
    """Makes a job and deletes it, over and over; what is stored is whether one is there."""

    path = synchronization(SALESFORCE_3[0], "jobs")

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.deleted = []

    def step(self, connection):
        made = self.write(connection, "one", "POST", self.path, {"templateId": TEMPLATE}).json["id"]
        self.write(connection, "none", "DELETE", f"{self.path}/{made}")
        self.deleted.append(made)

    def read(self, emulator):
        found = emulator.get(self.path).json["value"]
        # A job made again from the same template may have the identifier of the one before.
        for gone in set(self.deleted[-20:]) - {job["id"] for job in found}:
            assert emulator.send("GET", f"{self.path}/{gone}").status == 404
        for job in found:
            assert job["templateId"] == TEMPLATE
            assert emulator.get(f"{self.path}/{job['id']}/schema").json["synchronizationRules"]
        return ["none", "one"][len(found)]

    def tidy(self, emulator):
        for job in emulator.get(self.path).json["value"]:
            assert emulator.send("DELETE", f"{self.path}/{job['id']}").status == 204


class SchemaWriter(Writer):
    """Writes a counter into two far ends of one schema; both must always agree."""

    path = synchronization(SANDBOX, "jobs", SANDBOX_JOB, "schema")

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.schema = self.emulator.get(self.path).json

    def step(self, connection):
        value = str(self.count)
        rule = self.schema["synchronizationRules"][0]
        rule["name"] = value
        rule["objectMappings"][-1]["attributeMappings"][-1]["defaultValue"] = value
        self.write(connection, value, "PUT", self.path, self.schema)

    def read(self, emulator):
        rule = emulator.get(self.path).json["synchronizationRules"][0]
        assert rule["objectMappings"][-1]["attributeMappings"][-1]["defaultValue"] == rule["name"]
        return rule["name"]


class StateWriter(Writer):
    """Starts and pauses a job."""

    path = synchronization(SANDBOX, "jobs", SANDBOX_JOB)

    def step(self, connection):
        self.write(connection, True, "POST", self.path + "/start")
        self.write(connection, False, "POST", self.path + "/pause")

    def read(self, emulator):
        return emulator.get(self.path).json["schedule"]["state"] == "Active"


@pytest.fixture
def source():
    """A generator whose seed is printed; ENTRASYNC_TEST_SEED replays a run."""
    seed = int(os.environ.get("ENTRASYNC_TEST_SEED") or random.randrange(1 << 32))
    print(f"ENTRASYNC_TEST_SEED={seed}")
    return random.Random(seed)


def test_every_answered_write_survives_kill_9(tmp_path, source):
    options = ("--data", str(tmp_path / "data"))
    kinds = [SecretsWriter, JobWriter, SchemaWriter, StateWriter]
    counts = dict.fromkeys(kinds, 1)
    written = dict.fromkeys(kinds, 0)
    emulator = Emulator(*options)
    try:
        for _ in range(ROUNDS):
            writers = [kind(emulator, counts[kind]) for kind in kinds]
            for writer in writers:
                writer.start()
            time.sleep(source.uniform(0.05, 0.6))
            emulator.kill()
            for writer in writers:
                writer.join(30)
                assert writer.problem is None, repr(writer.problem)
                written[type(writer)] += writer.writes
                counts[type(writer)] = writer.count + 1
            emulator = Emulator(*options)
            for writer in writers:
                writer.check(emulator)
            writers[1].tidy(emulator)
        print("answered writes:", {kind.__name__: number for kind, number in written.items()})
        assert all(number > ROUNDS for number in written.values()), written
        assert emulator.stop() == 0
    finally:
        if emulator.is_running():
            emulator.kill()


def test_a_graceful_stop_loses_nothing_either(tmp_path):
    options = ("--data", str(tmp_path / "data"))
    first = Emulator(*options)
    path = synchronization(SALESFORCE_3[0], "jobs")
    made = first.send("POST", path, {"templateId": TEMPLATE})
    assert made.status == 201
    before = first.get(f"{path}/{made.json['id']}").body
    assert first.stop() == 0
    second = Emulator(*options)
    after = second.get(f"{path}/{made.json['id']}").body
    assert second.stop() == 0
    assert after.replace(second.url.encode(), b"") == before.replace(first.url.encode(), b"")


def test_a_directory_in_use_is_refused_by_name(tmp_path):
    first = Emulator("--data", str(tmp_path / "data"))
    try:
        with pytest.raises(AssertionError) as caught:
            Emulator("--data", str(tmp_path / "data"))
        assert str(tmp_path / "data") in str(caught.value)
        first.assert_alive()
    finally:
        assert first.stop() == 0


def test_without_data_nothing_is_kept():
    path = synchronization(SALESFORCE_3[0], "jobs")
    first = Emulator()
    assert first.send("POST", path, {"templateId": TEMPLATE}).status == 201
    assert first.stop() == 0
    second = Emulator()
    assert second.get(path).json["value"] == []
    assert second.stop() == 0
