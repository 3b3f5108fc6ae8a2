"""Servers under measurement: start, one exact answer, processor time, memory, stop."""

import os
import re
import select
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field

READY = re.compile(rb"ready (http://127\.0\.0\.1:(\d+))")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
DEADLINE_SECONDS = 120


class BenchError(Exception):
    """A measurement that would not mean what the table says."""


@dataclass
class Answer:
    """One whole answer, as it came over the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    wire_bytes: int


def clean_environment() -> dict[str, str]:
    """The caller's environment without options for entrasync, so that the bench sets them all."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ENTRASYNC_")}


def free_port() -> int:
    """A port that was free a moment ago, for servers that can't choose one themselves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(
    port: int, path: str, method: str = "GET", body: bytes = b"", headers: str = ""
) -> Answer:
    """Sends one request as wrk does, over a connection of its own."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    request = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Authorization: Bearer demo\r\n{headers}{length}\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_SECONDS) as connection:
        connection.sendall(request.encode() + body)
        return receive(connection)


def receive(connection: socket.socket) -> Answer:
    """Reads one answer that tells its length."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    lengths = [int(value) for name, value in headers if name.lower() == "content-length"]
    if len(lengths) != 1:
        raise BenchError(f"an answer with {len(lengths)} Content-Length headers: {head!r}")
    while len(body) < lengths[0]:
        body += _more(connection)
    return Answer(int(status_line.split()[1]), headers, body, len(head) + 4 + len(body))


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise BenchError("the connection was closed in the middle of an answer")
    return chunk


@dataclass
class Server:
    """A running server and the one resource that is asked of it."""

    name: str
    command: list[str]
    path: str
    polled_port: int | None = None  # for a server that prints no ready line
    port: int = 0
    expected: Answer | None = None
    process: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> "Server":
        """Starts the program and returns when it accepts connections."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.polled_port else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
        )
        try:
            self.port = self._wait_for_port() if self.polled_port else self._read_ready_line()
        except BaseException:
            self.stop()
            raise
        return self

    def _read_ready_line(self) -> int:
        output, text = self.process.stdout.fileno(), b""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not (match := READY.search(text)) or not text.endswith(b"\n"):
            if not select.select([output], [], [], max(0, deadline - time.monotonic()))[0]:
                raise BenchError(f"{self.name}: no ready line in {DEADLINE_SECONDS} s")
            chunk = os.read(output, 4096)
            if not chunk:
                raise BenchError(f"{self.name}: ended before it was ready: {self.command}")
            text += chunk
        return int(match[2])

    def _wait_for_port(self) -> int:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.polled_port), timeout=1).close()
                return self.polled_port
            except ConnectionRefusedError:
                time.sleep(0.001)
        raise BenchError(f"{self.name}: does not listen: {self.command}")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def get(self) -> Answer:
        """The resource, which must be there."""
        answer = fetch(self.port, self.path)
        if answer.status != 200:
            raise BenchError(
                f"{self.name}: {self.url} answers {answer.status}: {answer.body[:300]!r}"
            )
        return answer

    def check(self) -> None:
        """One answer, compared with what is expected of every answer."""
        answer = self.get()
        if answer.body != self.expected.body or answer.wire_bytes != self.expected.wire_bytes:
            raise BenchError(f"{self.name}: answers other bytes than before: {answer.body[:300]!r}")

    def cpu_seconds(self) -> float:
        """Processor time of all its threads so far, user and system."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def resident_megabytes(self) -> float:
        """Resident memory now."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) / 1024

    def http_threads(self) -> int:
        """How many threads of libmicrohttpd serve requests; it names them."""
        names = []
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            with open(f"/proc/{self.process.pid}/task/{task}/comm", encoding="ascii") as file:
                names.append(file.read().strip())
        return sum(name in ("MHD-worker", "MHD-single") for name in names)

    def stop(self) -> None:
        """Ends the process that `start` made."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None
