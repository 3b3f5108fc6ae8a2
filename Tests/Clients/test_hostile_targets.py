"""SCIM endpoints that answer badly, slowly, hugely or not at all harm one cycle, never the process."""

import socket
import threading
import time

import pytest
from provisioning import Endpoint, JobEmulator, group, seed, user

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.close()


def job(endpoint, tmp_path, *options):
    users = [user(n) for n in range(3)]
    return JobEmulator(seed(endpoint.url, users, [group(1, range(3))]), tmp_path, *options)


def raw(text):
    """An answer that is these bytes, and the end of the connection."""

    def send(handler):
        handler.close_connection = True
        handler.wfile.write(text if isinstance(text, bytes) else text.encode("latin-1"))
        return True

    return send


def body(text, status=200, kind="application/scim+json"):
    content = text.encode() if isinstance(text, str) else text
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    return raw(head.encode() + content)


def drip(handler):
    """A byte now and then, for longer than the client waits."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.1)
    except OSError:
        pass
    return True


def endless(handler):
    """A body without an end."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\n\r\n[")
    try:
        while True:
            handler.wfile.write(b'"' + b"x" * 65536 + b'",')
    except OSError:
        pass
    return True


def endless_head(handler):
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    try:
        while True:
            handler.wfile.write(b"X-Filler: " + b"x" * 1000 + b"\r\n")
    except OSError:
        pass
    return True


def resource(identifier):
    return '{"totalResults":1,"Resources":[{"id":%s,"userName":"user00000@contoso.com"}]}' % identifier


ANSWERS = {
    "no answer, connection closed": raw(""),
    "not HTTP": raw("SSH-2.0-OpenSSH_9.2\r\n"),
    "half a head": raw("HTTP/1.1 200 O"),
    "half a body": raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"),
    "a bad chunk": raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
    "status 0": raw("HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n"),
    "status 999": body("{}", 999),
    "an unknown encoding": raw(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
    ),
    "no content": raw("HTTP/1.1 204 No Content\r\n\r\n"),
    "an empty body": body(""),
    "no JSON": body("<html>hello</html>"),
    "another type": body("<html>hello</html>", kind="text/html"),
    "bytes that are no text": body(b'{"totalResults":1,"Resources":[{"id":"\xff\xfe"}]}'),
    "a number": body("1e999"),
    "a deep list": body("[" * 100_000),
    "a deep object": body('{"a":' * 100_000),
    "a list of numbers": body('{"totalResults":3,"Resources":[1,2,3]}'),
    "a negative total": body('{"totalResults":-1,"Resources":[]}'),
    "a total that is a text": body('{"totalResults":"many","Resources":[]}'),
    "an enormous total": body('{"totalResults":1e308,"Resources":[]}'),
    "resources that are an object": body('{"totalResults":1,"Resources":{}}'),
    "no identifier": body('{"totalResults":1,"Resources":[{"userName":"x"}]}'),
    "an identifier that is a list": body(resource("[1]")),
    "an empty identifier": body(resource('""')),
    "an identifier with line ends": body(resource('"a\\r\\nX-Evil: 1\\r\\n\\r\\nGET / HTTP/1.1"')),
    "an identifier with a way up": body(resource('"../../../admin?x=y#z"')),
    "an identifier of a megabyte": body(resource('"' + "i" * 1_000_000 + '"')),
    "a null character": body(resource('"a\\u0000b"')),
    "many resources": body(
        '{"totalResults":5000,"Resources":[' + ",".join(['{"id":"a"}'] * 5_000) + "]}"
    ),
    "an error": body('{"detail":"no"}', 500),
    "a refusal of a megabyte": body("x" * 1_000_000, 400),
    "too many requests": raw(
        "HTTP/1.1 429 X\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"
    ),
    "a body without an end": endless,
    "a head without an end": endless_head,
}


@pytest.mark.parametrize("phase", ["probe", "everything else"])
def test_a_bad_answer_harms_one_cycle(endpoint, tmp_path, phase):
    emulator = job(endpoint, tmp_path)
    emulator.start()
    for name, answer in ANSWERS.items():
        seen = []

        def misbehave(handler):
            seen.append(handler.path)
            return answer(handler) if phase == "probe" or len(seen) > 1 else False

        endpoint.misbehave = misbehave
        begun = time.monotonic()
        status = emulator.cycle()
        took = time.monotonic() - begun
        execution = status["lastExecution"]
        print(name, execution["state"], execution["error"], status["code"])
        assert emulator.is_running(), name
        assert took < 20, (name, took)
        assert seen, name
        assert "admin" not in "".join(path for path in seen if "%2F" not in path), name
        # A list whose resources are of no use is still a list, and all that the probe asks for.
        if phase == "probe" and execution["state"] != "EntryLevelErrors":
            assert execution["state"] == "Failed", (name, execution)
            assert status["code"] == "Quarantine", name
        # Then the endpoint is as it should be, and the job is well again.
        endpoint.misbehave = None
        endpoint.resources = {"Users": {}, "Groups": {}}
        emulator.do("POST", emulator.path + "/restart", {"criteria": {"resetScope": "Full"}})
        status = emulator.cycle()
        assert status["lastExecution"]["state"] == "Succeeded", (name, status)
        assert status["code"] == "Active", name
        assert len(endpoint.resources["Users"]) == 3, name
        assert len(endpoint.resources["Groups"]) == 1, name
        emulator.do("POST", emulator.path + "/restart", {"criteria": {"resetScope": "Full"}})
    assert emulator.stop() == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(endpoint, tmp_path, status):
    other = Endpoint()
    endpoint.misbehave = raw(
        f"HTTP/1.1 {status} Moved\r\nLocation: {other.url}/Users\r\nContent-Length: 0\r\n\r\n"
    )
    emulator = job(endpoint, tmp_path)
    emulator.start()
    found = emulator.cycle()
    assert found["code"] == "Quarantine"
    assert found["quarantine"]["reason"] == "EncounteredQuarantineException"
    assert other.requests == []
    other.close()
    assert emulator.stop() == 0


def test_nobody_listens(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        document = seed(f"http://127.0.0.1:{taken.getsockname()[1]}/scim", [user(1)])
        emulator = JobEmulator(document, tmp_path)
        emulator.start()
        assert emulator.cycle()["code"] == "Quarantine"
        assert emulator.stop() == 0


def test_a_slow_endpoint_is_given_up_and_slows_nobody(endpoint, tmp_path):
    """While a cycle waits for its target, requests are answered, and a stop is not held up."""
    emulator = job(endpoint, tmp_path, "--target-timeout", "1")
    emulator.start()
    endpoint.misbehave = drip
    cycle = threading.Thread(target=lambda: emulator.cycle(), daemon=True)
    cycle.start()
    slowest = 0
    while cycle.is_alive():
        begun = time.monotonic()
        emulator.get(emulator.path)
        slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 0.5
    status = emulator.status()
    assert status["code"] == "Quarantine"
    assert status["quarantine"]["error"]["code"] == "Timeout"
    assert emulator.stop() == 0


def test_a_target_that_goes_away_ends_the_cycle(endpoint, tmp_path):
    """After ten objects in a row without an answer the rest is not tried one by one."""
    document = seed(endpoint.url, [user(n) for n in range(200)])
    emulator = JobEmulator(document, tmp_path)
    emulator.start()
    endpoint.misbehave = lambda handler: len(endpoint.requests) > 41 and raw("")(handler)
    status = emulator.cycle()
    assert status["code"] == "Quarantine"
    assert status["lastExecution"]["state"] == "Failed"
    assert status["lastExecution"]["countExported"] == 20
    # What was done is kept, and the next attempt goes on from there.
    endpoint.misbehave = None
    status = emulator.cycle()
    assert status["code"] == "Active"
    assert len(endpoint.resources["Users"]) == 200
    assert emulator.stop() == 0
