"""One problem a province over many workers: in order, and never a province left out, whoever dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.placement import workers
from thongsuot.placement.country import Lost, Solved, solve_country, solve_province

ROOT = Path(__file__).resolve().parents[2]
CODES = ["01", "04", "08", "11", "79", "96"]


def tiny(unit: str) -> dict:
    """One unit, one person too many at one position and one place open at another."""
    place = {"lat": 10.0, "lon": 106.0, "quota": 2, "max_departures": None}
    return {
        "schema": "thongsuot.placement.problem/1",
        "units": [{"code": unit, "name": unit, **place}],
        "positions": [{"code": "a", "name": "a", "weight": 1}, {"code": "b", "name": "b", "weight": 2}],
        "frames": [{"unit": unit, "position": "b", "places": 1}],
        "people": [{"id": "p1", "unit": unit, "position": "a", "fits": {"b": "full"}}],
        "rules": {"max_km": 30, "keep_cover": True},
    }


def test_provinces_are_solved_and_come_back_in_their_order() -> None:
    outcomes = list(solve_country([(code, tiny(code)) for code in CODES], workers=2))
    assert [one.code for one in outcomes] == CODES
    for one in outcomes:
        assert isinstance(one, Solved)
        assert one.plan["status"] == "optimal"
        assert one.plan["moves"][0]["to"] == {"unit": one.code, "position": "b"}


def test_a_slow_province_does_not_change_the_order() -> None:
    problems = [("first", 1), ("second", 2), ("third", 3)]
    outcomes = solve_country(problems, workers=2, work=workers.slow_first)
    assert [one.code for one in outcomes] == ["first", "second", "third"]


def test_a_bad_problem_is_told_with_its_province_and_the_rest_go_on() -> None:
    bad = {**tiny("01"), "frames": [{"unit": "01", "position": "b", "places": -1}]}
    lost, solved = solve_country([("01", bad), ("04", tiny("04"))], workers=1)
    assert isinstance(lost, Lost)
    assert "frames[0].places" in lost.reason
    assert isinstance(solved, Solved)


def test_a_fault_of_the_work_is_told_and_not_tried_again() -> None:
    lost, solved = solve_country([("01", "bad"), ("04", "")], workers=1, work=workers.raises)
    assert lost == Lost("01", "ValueError: a fault of the work", 1)
    assert isinstance(solved, Solved)


def test_a_province_whose_worker_was_killed_is_solved_again(tmp_path: Path) -> None:
    problems = [(code, str(tmp_path / "mark") if code == "08" else "") for code in CODES]
    outcomes = list(solve_country(problems, workers=2, work=workers.dies_once))
    assert [one.code for one in outcomes] == CODES
    assert all(isinstance(one, Solved) for one in outcomes)
    assert outcomes[2].attempts == 2


def test_a_province_that_kills_every_worker_is_reported_and_takes_no_other_with_it() -> None:
    problems = [(code, "poison" if code == "04" else "") for code in CODES]
    outcomes = list(solve_country(problems, workers=2, work=workers.dies_always, attempts=2))
    assert [one.code for one in outcomes if isinstance(one, Solved)] == ["01", "08", "11", "79", "96"]
    assert [one.code for one in outcomes] == CODES
    lost = outcomes[1]
    assert isinstance(lost, Lost)
    assert "died 2 times" in lost.reason


def test_problems_are_drawn_as_workers_come_free_and_not_all_at_once() -> None:
    drawn = []

    def problems() -> Iterator[tuple[str, int]]:
        for number in range(20):
            drawn.append(number)
            yield str(number), number

    outcomes = solve_country(problems(), workers=1, work=workers.echo)
    assert next(outcomes).code == "0"
    assert len(drawn) < 10
    outcomes.close()


def test_no_province_no_outcome() -> None:
    assert list(solve_country([], workers=1)) == []


def test_two_provinces_of_one_name_are_two_outcomes() -> None:
    outcomes = solve_country([("01", "a"), ("01", "b")], workers=1, work=workers.echo)
    assert [one.plan["of"] for one in outcomes if isinstance(one, Solved)] == ["a", "b"]


def test_a_worker_solves_one_province_by_itself() -> None:
    solved = solve_province("01", tiny("01"), None)
    assert isinstance(solved, Solved)


# A Dask cluster on the loopback --------------------------------------------------------------------------------


@contextmanager
def cluster(folder: Path, count: int = 2) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and workers as an operator starts them, each a process of its own."""
    pytest.importorskip("distributed")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    file = folder / "scheduler.json"
    started = []

    def start(*arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, cwd=folder, env=environment, **quiet))

    try:
        start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        for _worker in range(count):
            alone = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1")
            start("worker", "--scheduler-file", str(file), *alone)
        yield _address(file, count), started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _address(file: Path, count: int) -> str:
    """Known when the scheduler is up and all its workers are with it."""
    import json

    from distributed import Client

    for _wait in range(300):
        if file.exists() and file.read_text("utf-8").strip():
            break
        time.sleep(0.1)
    address = json.loads(file.read_text("utf-8"))["address"]
    with Client(address) as client:
        client.wait_for_workers(count, timeout=30)
    return str(address)


def test_a_dask_cluster_solves_them_in_order_though_a_worker_is_killed_in_mid_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with cluster(tmp_path) as (address, started):
        solved = list(solve_country([(code, tiny(code)) for code in CODES], dask=address))
        assert [one.code for one in solved] == CODES
        assert all(isinstance(one, Solved) and one.plan["status"] == "optimal" for one in solved)

        problems = [(code, str(mark) if code == "08" else "") for code in CODES]
        outcomes = list(solve_country(problems, dask=address, work=workers.dies_once))
        assert mark.read_text("utf-8") == "08"
        assert [process.poll() for process in started].count(-signal.SIGKILL) == 1
        assert [one.code for one in outcomes] == CODES
        assert all(isinstance(one, Solved) for one in outcomes)

        next(process for process in started if process.poll() is None).kill()
        lost = list(solve_country([("01", ""), ("04", "")], dask=address, work=workers.echo, patience=2))
        assert [one.code for one in lost] == ["01", "04"]
        assert all(isinstance(one, Lost) and "no worker" in one.reason for one in lost)
