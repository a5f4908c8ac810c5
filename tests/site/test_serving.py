"""Nobody waits for a page while a process of the server has nothing to do."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

# The slow page is drawn until the quick one was asked for: whoever waits behind it waits for ever.
PAGES = """
import pathlib, time
HERE = pathlib.Path(__file__).parent
def application(environ, start_response):
    asked = HERE / environ["QUERY_STRING"]
    if environ["PATH_INFO"] == "/quick":
        asked.touch()
    while environ["PATH_INFO"] == "/slow" and not asked.exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
"""
PATIENCE = 4  # seconds; a connection that says nothing held gunicorn's thread for five

Serve = Callable[[int], int]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts the server with that many processes; gives its port."""
    (tmp_path / "pages.py").write_text(PAGES)
    with ExitStack() as ends:

        def start(processes: int) -> int:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "python:thongsuot.site.serving", "--log-level", "error",
                 "--pythonpath", str(tmp_path), "--bind", f"127.0.0.1:{port}", "pages:application"],
                env={**os.environ, "WEB_CONCURRENCY": str(processes)},
            )  # fmt: skip
            ends.callback(server.wait)
            ends.callback(server.kill)
            _await(port)
            return port

        yield start


def test_a_page_never_waits_behind_a_slow_one_beside_an_idle_process(serve: Serve) -> None:
    port = serve(2)
    with ThreadPoolExecutor() as people:
        for turn in range(15):
            slow = people.submit(_get, port, f"/slow?{turn}")
            time.sleep(0.02)
            assert _get(port, f"/quick?{turn}") == 200
            assert slow.result() == 200


def test_a_connection_that_says_nothing_holds_nobody_up(serve: Serve) -> None:
    port = serve(1)
    with socket.create_connection(("127.0.0.1", port)), socket.create_connection(("127.0.0.1", port)):
        assert _get(port, "/quick?first") == 200


def test_who_speaks_late_is_answered_too(serve: Serve) -> None:
    port = serve(1)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as late:
        assert _get(port, "/quick?first") == 200
        late.sendall(b"GET /quick?late HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert late.recv(100).startswith(b"HTTP/1.1 200")


def _get(port: int, address: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", address)
        return connection.getresponse().status


def _await(port: int) -> None:
    for _try in range(200):
        try:
            _get(port, "/quick?ready")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")
