"""Fixtures: a fresh emulator for each test that asks for one."""

import pytest

from emulator import Emulator


def pytest_configure(config):
    """The SDK warns of classes that its own code uses; nobody here can help that."""
    for message in ("This class is deprecated", "GetQueryParameters is deprecated"):
        config.addinivalue_line("filterwarnings", f"ignore:{message}:DeprecationWarning")


@pytest.fixture
def emulator():
    """The demo tenant on a port of its own; it must end with 0 when asked, whatever befell it."""
    running = Emulator()
    yield running
    code = running.stop()
    assert code == 0, f"exit code {code} after SIGTERM: {running.errors()}"
