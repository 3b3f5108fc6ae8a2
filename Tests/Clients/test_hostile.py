"""What clients get wrong, or do on purpose: each gets the right error, the next one its answer."""

import contextlib
import random
import socket
import threading
import time

import pytest
from emulator import (
    SANDBOX,
    SANDBOX_JOB,
    TEMPLATE,
    Answer,
    assert_error,
    synchronization,
)

JOBS = synchronization(SANDBOX, "jobs")
JOB = synchronization(SANDBOX, "jobs", SANDBOX_JOB)
SCHEMA = synchronization(SANDBOX, "jobs", SANDBOX_JOB, "schema")
SECRETS = synchronization(SANDBOX, "secrets")
UNKNOWN_JOB = synchronization(SANDBOX, "jobs", "SfSandboxOutDelta.00000000000000000000000000000000")
UNKNOWN_GUID = "00000000-1111-2222-3333-444444444444"
JSON = {"Content-Type": "application/json"}

BAD_JSON = (
    "Unable to read JSON request payload. "
    "Please ensure Content-Type header is set and payload is of valid JSON format."
)
NO_CONTENT_TYPE = (
    "Write requests (excluding DELETE) must contain the Content-Type header declaration."
)
WRONG_CONTENT_TYPE = "Entity only allows writes with a JSON Content-Type header."
HUNDRED_MEGABYTES = 100 << 20


@pytest.fixture(autouse=True)
def still_serving(emulator):
    """After each test the server runs and answers somebody else."""
    yield
    emulator.assert_alive()


class Raw:
    """A connection that says exactly what it is told."""

    def __init__(self, emulator):
        self.socket = socket.create_connection(("127.0.0.1", emulator.port), timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def say(self, *parts):
        """Sends; returns false when the server has already closed."""
        try:
            for part in parts:
                self.socket.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def hear(self, seconds=20):
        """The next answer, or None when the connection was closed without one."""
        received = b""
        self.socket.settimeout(seconds)
        try:
            while b"\r\n\r\n" not in received:
                chunk = self.socket.recv(65536)
                if not chunk:
                    return None
                received += chunk
            head, _, body = received.partition(b"\r\n\r\n")
            status, *lines = head.decode("latin-1").split("\r\n")
            pairs = [line.partition(":") for line in lines]
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            while len(body) < int(headers.get("content-length", 0)):
                chunk = self.socket.recv(65536)
                if not chunk:
                    break
                body += chunk
        except ConnectionResetError:
            return None
        return Answer(int(status.split()[1]), headers, body)


def head(method, path, *lines):
    """The head of a request."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


# Bodies and content types


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"templateId":',
        b'{"templateId":"SfSandboxOutDelta",}',
        b"{'templateId':'SfSandboxOutDelta'}",
        b'{"templateId":"SfSandboxOutDelta"} trailing',
        b'{"templateId":"\xff\xfe"}',
        b'{"templateId":"\\ud800"}',
        b"\x00\x01\x02",
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", JOBS), ("PUT", SCHEMA), ("PUT", SECRETS)],
    ids=["job", "schema", "secrets"],
)
def test_malformed_json(emulator, method, path, body):
    answer = emulator.send(method, path, body, JSON)
    assert_error(answer, 400, "BadRequest", BAD_JSON)


@pytest.mark.parametrize(("method", "path"), [("POST", JOBS), ("PUT", SCHEMA), ("PUT", SECRETS)])
def test_no_body_where_one_is_needed(emulator, method, path):
    assert_error(emulator.send(method, path, b"", JSON), 400, "BadRequest")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b"{}", b'{"templateId":7}'])
def test_json_of_another_shape(emulator, body):
    assert_error(emulator.send("POST", JOBS, body, JSON), 400)


def test_unknown_property(emulator):
    assert_error(emulator.send("POST", JOBS, {"templateId": TEMPLATE, "colour": "blue"}), 400)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "json", ";"]
)
def test_wrong_content_type(emulator, kind):
    answer = emulator.send("POST", JOBS, b'{"templateId":"x"}', {"Content-Type": kind})
    assert_error(answer, 400, "BadRequest", WRONG_CONTENT_TYPE)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "APPLICATION/JSON; charset=UTF-8",
        "application/json;odata.metadata=minimal;IEEE754Compatible=false",
    ],
)
def test_any_json_content_type_is_read(emulator, kind):
    answer = emulator.send("POST", JOBS, b"{", {"Content-Type": kind})
    assert_error(answer, 400, "BadRequest", BAD_JSON)


def test_missing_content_type(emulator):
    assert_error(
        emulator.send("POST", JOBS, b'{"templateId":"x"}'), 400, "BadRequest", NO_CONTENT_TYPE
    )


# Names and methods


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("below", ["", "/schema"])
def test_unknown_job(emulator, method, below):
    assert_error(emulator.send(method, UNKNOWN_JOB + below), 404, "ResourceNotFound")


@pytest.mark.parametrize("action", ["start", "pause"])
def test_action_on_an_unknown_job(emulator, action):
    assert_error(emulator.send("POST", f"{UNKNOWN_JOB}/{action}"), 404, "ResourceNotFound")


def test_unknown_template(emulator):
    path = synchronization(SANDBOX, "templates", "NoSuchThing")
    assert_error(emulator.send("GET", path), 404, "ResourceNotFound")


def test_job_of_an_unknown_template(emulator):
    answer = emulator.send("POST", JOBS, {"templateId": "NoSuchThing"})
    assert_error(answer, 404, "ResourceNotFound")


@pytest.mark.parametrize("below", ["", "/synchronization/jobs", "/synchronization/templates"])
def test_unknown_service_principal(emulator, below):
    path = f"/v1.0/servicePrincipals/{UNKNOWN_GUID}{below}"
    answer = emulator.send("GET", path)
    assert_error(answer, 404)
    if not below:
        assert_error(answer, 404, "Request_ResourceNotFound")


def test_service_principal_id_that_is_no_guid(emulator):
    assert_error(
        emulator.send("GET", "/v1.0/servicePrincipals/nobody"),
        400,
        "Request_BadRequest",
        "Invalid object identifier 'nobody'.",
    )


@pytest.mark.parametrize("path", ["/v1.0/nothing", "/v1.0/nothing/at/all"])
def test_unknown_segment(emulator, path):
    assert_error(
        emulator.send("GET", path),
        400,
        "BadRequest",
        "Resource not found for the segment 'nothing'.",
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", SCHEMA),
        ("PATCH", JOB),
        ("POST", JOB),
        ("DELETE", JOBS),
        ("PUT", JOBS),
        ("FROB", JOB),
    ],
)
def test_wrong_method_below_synchronization(emulator, method, path):
    answer = emulator.send(method, path, {} if method in ("PATCH", "PUT", "POST") else None)
    assert_error(answer, 404, "UnknownError")
    message = answer.json["error"]["message"]
    assert message.startswith('{"Message":"No HTTP resource was found that matches the request URI')


def test_wrong_method_on_the_directory(emulator):
    assert_error(
        emulator.send("PUT", "/v1.0/servicePrincipals", {}),
        405,
        "Request_BadRequest",
        "Specified HTTP method is not allowed for the request target.",
    )


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("$filter=colour%20eq%20'blue'", "BadRequest"),
        ("$filter=displayName", "BadRequest"),
        ("$filter=startswith(displayName,'O'Brien')", "BadRequest"),
        ("$filter=" + "(" * 5000, "BadRequest"),
        ("$select=colour", "BadRequest"),
        ("$top=minus", None),
        ("$top=-1", None),
        ("$frobnicate=1", None),
    ],
    ids=lambda value: value[:30] if value else "",
)
def test_query_options_that_make_no_sense(emulator, option, code):
    assert_error(emulator.send("GET", f"/v1.0/servicePrincipals?{option}"), 400, code)


def test_identifiers_of_the_client_come_back(emulator):
    own = "7f6dd0ab-3f8a-4b32-9b0b-0a3c6ad6a1f5"
    answer = emulator.send("GET", UNKNOWN_JOB, headers={"client-request-id": own})
    assert_error(answer, 404)
    assert answer.json["error"]["innerError"]["client-request-id"] == own
    assert answer.headers["client-request-id"] == own


# Sizes


def test_header_of_two_megabytes(emulator):
    with Raw(emulator) as raw:
        raw.say(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: ")
        assert raw.say(*[b"a" * 65536] * 32, b"\r\n\r\n")
        assert raw.hear().status == 431


def test_header_a_little_too_large(emulator):
    with Raw(emulator) as raw:
        assert raw.say(head("GET", JOB, "X-Large: " + "a" * 64_000))
        assert raw.hear().status == 431


def test_url_too_long(emulator):
    with Raw(emulator) as raw:
        raw.say(head("GET", JOB + "?" + "a" * 64_000))
        answer = raw.hear()
    assert answer is None or answer.status in (400, 414)


def test_body_of_a_hundred_megabytes_announced(emulator):
    with Raw(emulator) as raw:
        raw.say(
            head(
                "PUT",
                SCHEMA,
                "Content-Type: application/json",
                f"Content-Length: {HUNDRED_MEGABYTES}",
                "Expect: 100-continue",
            )
        )
        assert_error(raw.hear(), 413)


def test_body_of_a_hundred_megabytes_sent(emulator):
    with Raw(emulator) as raw:
        raw.say(
            head(
                "PUT",
                SCHEMA,
                "Content-Type: application/json",
                f"Content-Length: {HUNDRED_MEGABYTES}",
            )
        )
        # A client that sends everything before it listens still gets to hear the answer.
        assert raw.say(*[b" " * (1 << 20)] * 100)
        assert_error(raw.hear(), 413)


def test_body_of_a_hundred_megabytes_in_chunks(emulator):
    chunk = b"100000\r\n" + b" " * (1 << 20) + b"\r\n"
    with Raw(emulator) as raw:
        raw.say(head("PUT", SCHEMA, "Content-Type: application/json", "Transfer-Encoding: chunked"))
        for _ in range(100):
            if not raw.say(chunk):
                break
        else:
            raw.say(b"0\r\n\r\n")
        answer = raw.hear()
    if answer is not None:
        assert_error(answer, 413)


# Time


def test_slow_clients_keep_nobody_waiting(emulator):
    request = head("PUT", SECRETS, "Content-Type: application/json", "Content-Length: 1000")
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(Raw(emulator)) for _ in range(60)]
        for index, raw in enumerate(slow):
            assert raw.say(request[: len(request) // 2] if index % 2 else request + b'{"value"')
        emulator.assert_alive()
        for drip in range(5):
            time.sleep(0.05)
            for raw in slow:
                assert raw.say(request[len(request) // 2 + drip :][:1])
            emulator.assert_alive()


def test_clients_that_leave_in_the_middle(emulator):
    for size in (1, 10, 40, 200):
        request = head("PUT", SECRETS, "Content-Type: application/json", "Content-Length: 1000")
        with Raw(emulator) as raw:
            assert raw.say((request + b'{"value":[')[:size])
    for _ in range(50):
        with Raw(emulator) as raw:
            assert raw.say(head("GET", SCHEMA))


# Framing


@pytest.mark.parametrize(
    "said",
    [
        b"GET\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
        b"\x00" * 4096,
        b"\xff" * 4096,
        b"GET /%00%ff%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /v1.0/../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=lambda said: repr(said[:24]),
)
def test_requests_that_are_none(emulator, said):
    with Raw(emulator) as raw:
        raw.say(said)
        answer = no_answer_or(raw)
    # 505 is the answer to a protocol version that nobody speaks; the rest is the client's fault.
    assert answer is None or 400 <= answer.status < 500 or answer.status == 505


def no_answer_or(raw):
    """What garbage gets; the server may wait for its rest, which can make it a request yet."""
    try:
        return raw.hear(0.2)
    except TimeoutError:
        return None


def test_random_bytes(emulator):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    source = random.Random(seed)
    for _ in range(100):
        with Raw(emulator) as raw:
            prefix = source.choice(
                [b"", b"GET ", b"POST /v1.0/ HTTP/1.1\r\n", head("GET", JOB)[:-2]]
            )
            raw.say(prefix + source.randbytes(source.randrange(2000)))
            answer = no_answer_or(raw)
            assert answer is None or answer.status < 500 or answer.status == 505


def test_many_clients_at_once_all_get_their_answers(emulator):
    wrong = []

    def work(number):
        for turn in range(20):
            path, status = ((JOB, 200), (UNKNOWN_JOB, 404))[(number + turn) % 2]
            answer = emulator.send("GET", path)
            if answer.status != status:
                wrong.append(answer)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert wrong == []
