"""Many people at once on a real server: each asks for a page, reads it for a while, and asks for the next."""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

READS_FOR = 1.0  # seconds between an answer and the next request of the same person


@dataclass
class Times:
    """Seconds each page took, by name; what did not answer 200."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, dict[str, float]]:
        return {name: percentiles(taken) for name, taken in sorted(self.taken.items())}


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return {
        "p50_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * p95, 1),
        "asked": len(ordered),
    }


def session_cookie(user: Any) -> str:
    """A session as sign-in makes it, without the price of hashing a password."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def queries_of(user: Any, address: str) -> int:
    """How many a page costs when it was asked for before, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    asked = len(captured)  # the log is emptied by the next request
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return asked


@contextmanager
def server(environment: Mapping[str, str]) -> Iterator[int]:
    """The product's own server over the database of the benchmark; gives its port."""
    surroundings = {**os.environ, **environment}
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
        env=surroundings,
        check=True,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--config", "python:thongsuot.site.serving", "thongsuot.site.wsgi",
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=surroundings)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(port: int) -> None:
    for _try in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def open_once(port: int, visitors: Sequence[tuple[str, Mapping[str, str]]]) -> None:
    """Every page by everybody, one after the other."""
    for cookie, pages in visitors:
        for address in pages.values():
            _get(port, address, cookie)


def _get(port: int, address: str, cookie: str) -> int:
    """The status of the answer, once the whole of it is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def visit(
    port: int, visitors: Sequence[tuple[str, Mapping[str, str]]], *, seconds: float, pause: float = READS_FOR
) -> Times:
    """`visitors` are (cookie, pages by name); all of them at once, for that long."""
    times, lock = Times(), threading.Lock()
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_one, args=(port, cookie, dict(pages), until, pause, times, lock, seed))
        for seed, (cookie, pages) in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _one(
    port: int,
    cookie: str,
    pages: Mapping[str, str],
    until: float,
    pause: float,
    times: Times,
    lock: threading.Lock,
    seed: int,
) -> None:
    dice = random.Random(seed)
    time.sleep(dice.random() * pause)
    names = list(pages)
    dice.shuffle(names)
    turn = 0
    while time.perf_counter() < until:
        name = names[turn % len(names)]
        turn += 1
        began = time.perf_counter()
        status = _get(port, pages[name], cookie)
        took = time.perf_counter() - began
        with lock:
            if status == 200:
                times.taken[name].append(took)
            else:
                times.failed.append(f"{status} {pages[name]}")
        time.sleep(pause)
