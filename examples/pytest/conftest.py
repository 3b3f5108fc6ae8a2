"""entrasync for pytest: one process for the run, a tenant for each test."""

import json
import os
import subprocess
import urllib.request
import uuid

import pytest


class Tenant:
    """A world of a test's own, made by naming it."""

    def __init__(self, server: str):
        self.url = f"{server}/tenants/{uuid.uuid4()}"

    def call(self, method: str, path: str, body=None):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def advance(self, duration: str):
        """Moves the tenant's clock; what was due has run when this returns."""
        return self.call("POST", "/_emulator/clock", {"advance": duration})


@pytest.fixture(scope="session")
def entrasync():
    """The address of a server on a free port, with a clock that only tests move."""
    program = os.environ.get("ENTRASYNC_BINARY", "entrasync")
    command = [program, "serve", "--port", "0", "--clock", "manual"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        # The one line on standard output comes when it accepts connections.
        ready = process.stdout.readline().split()
        assert ready[:2] == ["entrasync", "ready"], ready
        yield ready[2]
    finally:
        process.terminate()
        assert process.wait(20) == 0


@pytest.fixture
def tenant(entrasync):
    return Tenant(entrasync)
