"""A running entrasync for one test: start, talk, stop, kill."""

import http.client
import json
import os
import re
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
READY = re.compile(r"entrasync ready http://127\.0\.0\.1:(\d+)")
START_SECONDS = 20
STOP_SECONDS = 15

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ERROR_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

# The demo seed's cases that tests rely on.
SALESFORCE = ("bc0dc311-87df-48ac-91b1-259bd2c3a31c", "f7808c5e-cb57-4e37-8094-406d302c0f8d")
SALESFORCE_3 = ("d813d7d7-0f41-4edc-b284-d0dfaf399d15", "219561ee-1480-4c67-9aa6-63d861fae3ef")
SANDBOX = "60443998-8cf7-4e61-b05c-a53b658cb5e1"
SANDBOX_JOB = "SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"
TEMPLATE = "SfSandboxOutDelta"


def binary() -> str:
    """The program under test: ENTRASYNC_BINARY, else the release build, else the debug build."""
    built = [REPOSITORY / ".build" / kind / "entrasync" for kind in ("release", "debug")]
    named = os.environ.get("ENTRASYNC_BINARY")
    for path in [Path(named)] if named else built:
        if path.is_file():
            return str(path.resolve())
    raise FileNotFoundError(f"no entrasync at {named or built}: run `make release` first")


def clean_environment() -> dict[str, str]:
    """The caller's environment without options for entrasync."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ENTRASYNC_")}


def synchronization(service_principal: str, *more: str) -> str:
    """The path of a service principal's synchronization, and what lies below."""
    return "/".join([f"/v1.0/servicePrincipals/{service_principal}/synchronization", *more])


@dataclass
class Answer:
    """One HTTP answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Emulator:
    """One process of `entrasync serve`, on a port that it chose."""

    def __init__(self, *options: str):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [binary(), "serve", "--port", "0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=clean_environment(),
        )
        try:
            self.ready_line = self._read_ready_line()
            self.port = int(READY.match(self.ready_line)[1])
        except BaseException:
            self.kill()
            raise
        self.url = f"http://127.0.0.1:{self.port}"

    def _read_ready_line(self) -> str:
        output, text = self.process.stdout.fileno(), b""
        deadline = time.monotonic() + START_SECONDS
        while not text.endswith(b"\n"):
            left = max(0, deadline - time.monotonic())
            if not select.select([output], [], [], left)[0]:
                raise AssertionError(f"no ready line within {START_SECONDS} s: {self.errors()}")
            chunk = os.read(output, 4096)
            if not chunk:
                raise AssertionError(f"ended with {self.process.wait()}: {self.errors()}")
            text += chunk
        line = text.decode()
        assert READY.match(line), f"this is no ready line: {line!r}"
        return line

    def errors(self) -> str:
        """What it wrote to standard error so far."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def is_running(self) -> bool:
        return self.process.poll() is None

    def send(
        self,
        method: str,
        path: str,
        content: Any = None,
        headers: dict[str, str] | None = None,
        connection: http.client.HTTPConnection | None = None,
    ) -> Answer:
        """One request; a value that is no bytes goes as JSON with its content type."""
        headers = dict(headers or {})
        if content is not None and not isinstance(content, bytes):
            content = json.dumps(content).encode()
            headers.setdefault("Content-Type", "application/json")
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            own.request(method, path, body=content, headers=headers)
            response = own.getresponse()
            body = response.read()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, body)
        finally:
            if connection is None:
                own.close()

    def get(self, path: str, **more: Any) -> Answer:
        """A GET, which must succeed."""
        answer = self.send("GET", path, **more)
        assert answer.status == 200, f"GET {path}: {answer.status} {answer.body[:500]!r}"
        return answer

    def assert_alive(self) -> None:
        """It still runs, and answers a new client within a second."""
        assert self.is_running(), f"ended with {self.process.returncode}: {self.errors()}"
        begun = time.monotonic()
        self.get(synchronization(SANDBOX, "jobs", SANDBOX_JOB))
        assert time.monotonic() - begun < 1

    def stop(self) -> int:
        """Asks it to end, as a service manager would; returns the exit code."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running {STOP_SECONDS} s after the signal") from None
        finally:
            self.process.stdout.close()

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def assert_error(
    answer: Answer, status: int, code: str | None = None, message: str | None = None
) -> None:
    """The answer is an error in the service's shape, with this status, code and message."""
    assert answer.status == status, f"{answer.status} {answer.body[:500]!r}"
    assert answer.headers["content-type"].startswith("application/json")
    assert list(answer.json) == ["error"]
    error = answer.json["error"]
    assert (
        {"code", "message", "innerError"}
        <= set(error)
        <= {
            "code",
            "message",
            "innerError",
            "target",
            "details",
        }
    )
    assert isinstance(error["code"], str) and error["code"]
    assert isinstance(error["message"], str)
    inner = error["innerError"]
    assert ERROR_DATE.fullmatch(inner["date"])
    assert GUID.fullmatch(inner["request-id"])
    assert GUID.fullmatch(inner["client-request-id"])
    assert answer.headers["request-id"] == inner["request-id"]
    if code is not None:
        assert error["code"] == code
    if message is not None:
        assert error["message"] == message
