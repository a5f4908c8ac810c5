"""Two processes that do the jobs of workbooks, as two workers of the product would, without waiting for work."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

WORKERS = 2


def two_workers() -> ProcessPoolExecutor:
    from django.db import connections

    connections.close_all()
    processes = ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"), initializer=_begin)
    list(processes.map(_wait, range(WORKERS * 4)))  # both have started before anything is timed
    return processes


def _begin() -> None:
    import django

    django.setup()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  what a worker that has run before has loaded


def _wait(_turn: int) -> None:
    time.sleep(0.05)


def read(pk: int) -> str:
    from thongsuot.returns.actions.workbooks import read_file

    return read_file(pk)


def write(pk: int) -> str:
    from thongsuot.returns.actions.workbooks import write_queued

    return write_queued(pk)
