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


def test_snapshots_survive_the_process_and_kill_9(tmp_path):
    options = ("--data", str(tmp_path / "data"), "--clock", "manual")
    first = Emulator(*options)
    users = [
        {"userPrincipalName": f"u{number}@contoso.com", "displayName": "x" * 2000}
        for number in range(400)
    ]
    kept = first.send("PUT", "/_emulator/snapshots/kept").json
    for round in range(5):
        named = [dict(user, userPrincipalName=f"r{round}{user['userPrincipalName']}") for user in users]
        assert first.send("POST", "/_emulator/seed", {"users": named}).status == 200
    writer = threading.Thread(target=overwrite, args=(first,), daemon=True)
    writer.start()
    time.sleep(0.3)
    first.kill()
    writer.join(20)
    second = Emulator(*options)
    try:
        # An older copy or a whole newer one, never a broken one.
        assert second.get("/_emulator/snapshots/kept").json["bytes"] >= kept["bytes"]
        assert second.send("POST", "/_emulator/snapshots/kept/restore").status == 200
        counts = second.get("/_emulator/info").json["tenant"]["counts"]["users"]
        assert counts in (51, 51 + 5 * len(users))
    finally:
        assert second.stop() == 0


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


def test_the_command_line_shows_and_changes(emulator, tmp_path):
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
    exported = command(emulator, "export")
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"users": [{"userPrincipalName": "new@contoso.com"}]}))
    assert "52 users" in command(emulator, "seed", str(seed)).stdout
    assert command(emulator, "reset").returncode == 0
    assert command(emulator, "export").stdout == exported.stdout
