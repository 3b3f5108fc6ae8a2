"""The bench refuses what it must not count, and the bare C server is a fair yardstick."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from servers import Answer, BenchError, Server, fetch

import bench

SOURCE = Path(__file__).with_name("bare.c")
BODY = b'{"id":"one"}'
HEADERS = ["Content-Type: application/json;charset=utf-8", "OData-Version: 4.0"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The bare server, built and started with three threads."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "body").write_bytes(BODY)
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    flags = ["-O2", "-std=gnu17", "-Wall", "-Wextra", "-Werror"]
    command = [compiler, *flags, "-o", str(folder / "bare"), str(SOURCE), "-lmicrohttpd"]
    subprocess.run(command, check=True)
    options = [flag for header in HEADERS for flag in ("-H", header)]
    server = Server("bare", [str(folder / "bare"), str(folder / "body"), "-t", "3", *options], "/x")
    yield server.start()
    server.stop()


def test_bare_answers_the_bytes_and_headers_it_was_given(bare):
    answer = bare.get()
    assert answer.body == BODY
    assert [
        f"{n}: {v}" for n, v in answer.headers if n not in ("Date", "Content-Length")
    ] == HEADERS
    assert fetch(bare.port, "/another?path").body == BODY


def test_bare_serves_with_the_threads_it_was_given(bare):
    # A new thread takes a moment until it has its name.
    deadline = time.monotonic() + 5
    while bare.http_threads() < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert bare.http_threads() == 3


def test_another_answer_than_the_first_is_refused(bare):
    bare.expected = bare.get()
    bare.check()
    bare.expected = Answer(200, [], b'{"id":"two"}', bare.expected.wire_bytes)
    with pytest.raises(BenchError):
        bare.check()


@pytest.mark.parametrize(
    ("requests", "sent", "errors", "wrong", "fine"),
    [
        (1000, 100_000, 0, 0, True),
        (1000, 100_000 + 31 * 100, 0, 0, True),  # answers on their way when the slice ended
        (0, 0, 0, 0, False),
        (1000, 100_000, 1, 0, False),
        (1000, 100_000, 0, 1, False),
        (1000, 99_999, 0, 0, False),
        (1000, 100_000 + 32 * 100, 0, 0, False),
    ],
)
def test_a_slice_counts_only_when_each_answer_is_whole(requests, sent, errors, wrong, fine):
    server = Server("any", [], "/", expected=Answer(200, [], b"", 100))
    result = {"requests": requests, "bytes": sent, "errors": errors, "wrong": wrong}
    if fine:
        bench.check_slice(server, result)
    else:
        with pytest.raises(BenchError):
            bench.check_slice(server, result)


def test_a_ratio_is_the_median_of_pairs():
    ours, theirs = bench.Load(rates=[10.0, 30.0, 80.0]), bench.Load(rates=[10.0, 10.0, 10.0])
    assert bench.ratio(ours, theirs) == "3.00 [2.00–5.50]"
