"""Workers that fail in every way; in a module of their own, for processes that load it by name."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from thongsuot.placement.country import Outcome, Solved


def echo(code: str, problem: Any, time_limit: float | None) -> Outcome:
    return Solved(code, {"of": problem, "pid": os.getpid()})


def slow_first(code: str, problem: Any, time_limit: float | None) -> Outcome:
    time.sleep(0.5 if code == "first" else 0)
    return echo(code, problem, time_limit)


def dies_once(code: str, problem: Any, time_limit: float | None) -> Outcome:
    """Killed in the middle of its work the first time; `problem` is a mark on disk that it has been so."""
    if problem and not Path(problem).exists():
        Path(problem).write_text(code, "utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return echo(code, problem, time_limit)


def dies_always(code: str, problem: Any, time_limit: float | None) -> Outcome:
    if problem == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(code, problem, time_limit)


def raises(code: str, problem: Any, time_limit: float | None) -> Outcome:
    if problem == "bad":
        raise ValueError("a fault of the work")
    return echo(code, problem, time_limit)


def sleeps(code: str, problem: Any, time_limit: float | None) -> Outcome:
    time.sleep(60)
    return echo(code, problem, time_limit)
