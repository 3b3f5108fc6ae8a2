"""Starting and stopping: what a service manager, a container engine or a test harness relies on."""

import http.client
import re
import signal
import socket
import time

import pytest
from emulator import SANDBOX, SANDBOX_JOB, Emulator, synchronization


def test_one_ready_line_and_nothing_else():
    emulator = Emulator()
    assert re.fullmatch(r"entrasync ready http://127\.0\.0\.1:\d+\n", emulator.ready_line)
    emulator.get(synchronization(SANDBOX, "jobs", SANDBOX_JOB))
    emulator.process.send_signal(signal.SIGTERM)
    assert emulator.process.stdout.read() == b""
    assert emulator.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_right_after_the_ready_line_ends_it_cleanly(number):
    for _ in range(25):
        emulator = Emulator()
        emulator.process.send_signal(number)
        assert emulator.stop() == 0


def test_keep_alive_connections_do_not_delay_the_end():
    emulator = Emulator()
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port)
    emulator.get(synchronization(SANDBOX, "jobs"), connection=connection)
    assert emulator.stop() == 0
    connection.close()


def test_clients_that_are_gone_do_not_delay_the_end():
    emulator = Emulator()
    head = f"PUT {synchronization(SANDBOX, 'secrets')} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", emulator.port)) as connection:
            connection.sendall(head.encode() + b'{"value":[')
    emulator.get(synchronization(SANDBOX, "jobs"))
    begun = time.monotonic()
    assert emulator.stop() == 0
    assert time.monotonic() - begun < 3
