"""The tester's tools over real sockets: faults, events, snapshots, the command line."""

import http.client
import json
import socket
import subprocess
import threading
import time

import pytest
from emulator import SANDBOX, Emulator, binary, clean_environment, synchronization

JOBS = synchronization(SANDBOX, "jobs")


def fault(emulator, **rule):
    answer = emulator.send("POST", "/_emulator/faults", rule)
    assert answer.status == 201, answer.body


def test_a_dropped_connection_ends_without_an_answer(emulator):
    fault(emulator, effect={"dropConnection": True}, count=1)
    with pytest.raises(http.client.RemoteDisconnected):
        emulator.send("GET", JOBS)
    emulator.get(JOBS)


def test_half_a_body_promises_the_whole(emulator):
    fault(emulator, id="half", effect={"halfBody": True}, count=1)
    with pytest.raises(http.client.IncompleteRead) as cut:
        emulator.send("GET", JOBS)
    assert cut.value.partial and cut.value.expected
    emulator.get(JOBS)


def test_a_delay_holds_up_nobody_else(emulator):
    fault(emulator, match={"path": JOBS}, effect={"delay": 1500})
    waiting = [threading.Thread(target=emulator.get, args=(JOBS,)) for _ in range(16)]
    for thread in waiting:
        thread.start()
    begun = time.monotonic()
    emulator.get("/v1.0/servicePrincipals")
    assert time.monotonic() - begun < 1
    for thread in waiting:
        thread.join()
    assert time.monotonic() - begun >= 1.4


@pytest.mark.parametrize("preset", ["malformed-body", "html-error", "unauthorized", "503-outage"])
def test_presets_are_met(emulator, preset):
    fault(emulator, id="it", preset=preset, count=1)
    answer = emulator.send("GET", JOBS)
    assert answer.headers["x-entrasync-fault"] == "it"
    assert "x-entrasync-fault" not in emulator.get(JOBS).headers


def test_events_come_as_they_happen_and_end_with_the_process(emulator):
    connection = socket.create_connection(("127.0.0.1", emulator.port), timeout=20)
    connection.sendall(b"GET /_emulator/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    received = b""

    def wait_for(text):
        nonlocal received
        while text not in received:
            piece = connection.recv(65536)
            assert piece, received
            received += piece

    wait_for(b": events of")
    assert b"text/event-stream" in received
    emulator.get(JOBS)
    wait_for(b"event: request")
    emulator.send("POST", "/_emulator/clock", {"advance": "PT30M"})
    wait_for(b"event: cycle")
    wait_for(b"event: clock")
    assert emulator.stop() == 0
    wait_for(b"0\r\n\r\n")
    connection.close()


def test_kill_9_while_a_snapshot_is_written_leaves_the_older_one(tmp_path):
    data = tmp_path / "data"
    options = ("--data", str(data), "--clock", "manual")
    unfinished = data / "snapshots" / "00000000-0000-0000-0000-00000000c0de" / ".unfinished"
    users = [
        {"userPrincipalName": f"u{number}@contoso.com", "displayName": "x" * 2000}
        for number in range(2000)
    ]
    running = Emulator(*options)
    kept = running.send("PUT", "/_emulator/snapshots/kept").json
    assert running.send("POST", "/_emulator/seed", {"users": users}).status == 200
    for _ in range(20):
        writer = threading.Thread(target=overwrite, args=(running,), daemon=True)
        writer.start()
        while not unfinished.exists():
            assert writer.is_alive()
        running.kill()
        writer.join(20)
        caught = unfinished.exists()
        running = Emulator(*options)
        if caught:
            break
    try:
        assert caught, "each of 20 snapshots was done before the kill"
        # An older copy, or a whole newer one of an earlier round; never a broken one.
        assert [one["name"] for one in running.get("/_emulator/snapshots").json["value"]] == ["kept"]
        assert running.get("/_emulator/snapshots/kept").json["bytes"] >= kept["bytes"]
        assert running.get("/_emulator/info").json["tenant"]["counts"]["users"] == 51 + len(users)
        assert running.send("POST", "/_emulator/snapshots/kept/restore").status == 200
        assert running.get("/_emulator/info").json["tenant"]["counts"]["users"] in (51, 51 + len(users))
        # What was left of the other is no obstacle.
        assert running.send("PUT", "/_emulator/snapshots/next").status == 200
        assert not unfinished.exists()
    finally:
        assert running.stop() == 0


def overwrite(emulator):
    try:
        while True:
            emulator.send("PUT", "/_emulator/snapshots/kept")
    except (OSError, http.client.HTTPException):
        pass  # the crash that the test is about


def command(emulator, *arguments):
    return subprocess.run(
        [binary(), *arguments, "--url", emulator.url],
        env=clean_environment(), capture_output=True, text=True, timeout=60,
    )


def test_the_command_line_shows_and_changes(tmp_path):
    emulator = Emulator("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z")
    try:
        use_the_command_line(emulator, tmp_path)
    finally:
        assert emulator.stop() == 0


def use_the_command_line(emulator, tmp_path):
    emulator.send("GET", JOBS)
    assert "SfSandboxOutDelta" in command(emulator, "jobs").stdout
    assert "GET " + JOBS in command(emulator, "requests").stdout
    good = command(emulator, "requests", "verify", "--method", "GET", "--path", JOBS)
    assert (good.returncode, good.stdout) == (0, "ok\n"), good.stderr
    bad = command(emulator, "requests", "verify", "--method", "DELETE", "--path", JOBS)
    assert bad.returncode == 1
    assert "Nearest miss: #1 GET" in bad.stderr and "method is GET, not DELETE" in bad.stderr
    assert command(emulator, "faults", "add", "503-outage", "--path", JOBS).returncode == 0
    assert emulator.send("GET", JOBS).status == 503
    assert "503" in command(emulator, "faults").stdout
    assert command(emulator, "faults", "remove", "--all").returncode == 0
    assert emulator.send("GET", JOBS).status == 200
    assert command(emulator, "snapshot", "save", "one").returncode == 0
    assert "one" in command(emulator, "snapshot").stdout
    assert command(emulator, "snapshot", "restore", "one").returncode == 0
    assert command(emulator, "snapshot", "restore", "two").returncode == 1
    assert command(emulator, "reset").returncode == 0
    exported = command(emulator, "export")
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"users": [{"userPrincipalName": "new@contoso.com"}]}))
    assert "52 users" in command(emulator, "seed", str(seed)).stdout
    assert command(emulator, "reset").returncode == 0
    assert command(emulator, "export").stdout == exported.stdout


COMMANDS = [
    # Arguments, exit status, a part of what is printed without and with --json.
    (["status"], 0, "tenant   0000", '"version"'),
    (["jobs"], 0, "SfSandboxOutDelta", '"nextRun"'),
    (["run", "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"], 0, "Succeeded", '"execution"'),
    (["run", "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa", "--plan"], 0, "nothing was changed", '"changes"'),
    (["run", "none"], 1, "does not exist", "does not exist"),
    (["clock"], 0, "manual", '"mode"'),
    (["clock", "--advance", "PT20M"], 0, "Succeeded", '"ran"'),
    (["clock", "--advance", "soon"], 2, "ISO 8601 duration", "ISO 8601 duration"),
    (["clock", "--now", "2020-01-01T00:00:00Z"], 2, "can't go back", "can't go back"),
    (["reset"], 0, "2026-01-01T00:00:00Z manual", '"now"'),
    (["seed", "FILE"], 0, "users", '"counts"'),
    (["seed", "none.json"], 2, "can't be read", "can't be read"),
    (["export"], 0, '"userPrincipalName"', '"userPrincipalName"'),
    (["snapshot"], 0, "", '"value"'),
    (["snapshot", "save", "one"], 0, "one", '"bytes"'),
    (["snapshot", "list"], 0, "one", '"one"'),
    (["snapshot", "restore", "one"], 0, "manual", '"now"'),
    (["snapshot", "restore", "two"], 1, "does not exist", "does not exist"),
    (["snapshot", "save", ".x"], 2, "'name' must be", "'name' must be"),
    (["snapshot", "delete", "one"], 0, "", ""),
    (["faults"], 0, "429-storm", '"presets"'),
    (["faults", "add", "503-outage", "--path", "/v1.0/groups", "--count", "1"], 0, "503", '"effect"'),
    (["faults", "add", '{"id":"mine","effect":{"status":500},"match":{"path":"/none"}}'], 0, "mine", '"mine"'),
    (["faults", "add", "none"], 2, "must be one of", "must be one of"),
    (["faults", "remove", "mine"], 0, "", ""),
    (["faults", "remove", "mine"], 1, "does not exist", "does not exist"),
    (["faults", "remove"], 2, "--all", "--all"),
    (["faults", "remove", "--all"], 0, "", ""),
    (["requests"], 0, "", ""),
    (["requests", "verify", "--method", "DELETE", "--path", "/v1.0/users"], 1, "No call was made", '"failures"'),
    (["requests", "clear"], 0, "", ""),
    (["logs", "--limit", "2"], 0, "", "["),
    (["health"], 0, "ok", '"status"'),
    (["health", "--tenant", "none"], 2, "no GUID", "no GUID"),
    (["trust"], 1, "404", "404"),
]


def test_every_command_has_json_and_a_status_that_means_something(tmp_path):
    emulator = Emulator("--clock", "manual", "--start-time", "2026-01-01T00:00:00Z")
    file = tmp_path / "seed.json"
    try:
        for as_json in (False, True):
            user = f"new{int(as_json)}@contoso.com"
            file.write_text(json.dumps({"users": [{"userPrincipalName": user}]}))
            for arguments, status, text, in_json in COMMANDS:
                arguments = [str(file) if part == "FILE" else part for part in arguments]
                if as_json:
                    arguments.append("--json")
                # The address comes from the environment's twin of --url.
                done = subprocess.run(
                    [binary(), *arguments],
                    env={**clean_environment(), "ENTRASYNC_URL": emulator.url},
                    capture_output=True, text=True, timeout=60, cwd=tmp_path,
                )
                told = f"{arguments}: {done.returncode} {done.stdout[-300:]} {done.stderr[-300:]}"
                assert done.returncode == status, told
                assert (in_json if as_json else text) in done.stdout + done.stderr, told
                if status == 0:
                    assert done.stderr == "", told
                    if as_json and in_json:
                        for line in done.stdout.splitlines():
                            json.loads(line)
                elif not as_json:
                    # One line that names the thing, and nothing on standard output.
                    assert done.stdout == "" and done.stderr.startswith("entrasync: "), told
                    assert done.stderr.count("\n") == 1, told
    finally:
        assert emulator.stop() == 0


TWINS = [
    ("HOST", "localhost", "localhost"),
    ("CLOCK", "x60", '"x60"'),
    ("START_TIME", "2030-01-01T00:00:00Z", "2030"),
    ("SEED", "none", '"users":0'),
    ("IDS", "same", None),
    ("LENIENT", "1", None),
    ("AUTH", "strict", None),
    ("BASE_URL", "https://public.example", "https://public.example"),
]


def test_options_have_twins_in_the_environment(tmp_path):
    """One server with all of them, and no flag but the port."""
    environment = {**clean_environment(), "ENTRASYNC_PORT": "0", "ENTRASYNC_TLS": "true"}
    environment |= {"ENTRASYNC_" + name: value for name, value, _ in TWINS}
    environment["ENTRASYNC_DATA"] = str(tmp_path / "data")
    process = subprocess.Popen(
        [binary(), "serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline()
        port = int(line.split()[2].rsplit(":", 1)[1])
        assert " https://" in line
        connection = http.client.HTTPConnection("localhost", port, timeout=20)

        def get(path):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

        info = get("/_emulator/info")[1]
        for text in ("2030-01-01", '"x60"', '"users":0'):
            assert text in info
        assert get("/v1.0/users")[0] == 401
        found = get("/common/discovery/instance")[1]
        assert "https://public.example/" in found
        assert get("/_emulator/ca.pem")[1].startswith("-----BEGIN CERTIFICATE-----")
        assert (tmp_path / "data" / "tenants").is_dir()
    finally:
        process.terminate()
        assert process.wait(20) == 0
