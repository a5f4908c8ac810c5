"""A whole country at once: one problem a province, over the processors of this machine or over a Dask cluster.

    for outcome in solve_country(problems):            # (code, problem) pairs; in their order
        match outcome:
            case Solved(code, plan): ...
            case Lost(code, reason): ...               # said, never left out

A province whose worker died is tried again, by itself, so that it takes nobody else down; one that kills its worker
every time is reported as lost, and so is everything that is left when no worker is.
"""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.context import BaseContext
from typing import Any, Protocol

from thongsuot.placement.faults import BadProblem
from thongsuot.placement.parsing import problem_from

ATTEMPTS = 3
PATIENCE = 60.0  # seconds without a single worker before the rest is given up


@dataclass(frozen=True, slots=True)
class Solved:
    """`plan` is the contract's JSON; `solve` gives none out that the independent checker refuses."""

    code: str
    plan: Mapping[str, Any]
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Lost:
    code: str
    reason: str
    attempts: int = 1


Outcome = Solved | Lost
Work = Callable[[str, Any, float | None], Outcome]


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    code: str
    problem: Any
    attempt: int = 1

    @property
    def suspect(self) -> bool:
        return self.attempt > 1


def solve_province(
    code: str, problem: Any, time_limit: float | None = None, *, explain: bool = False
) -> Outcome:
    """What a worker does. A bad problem is an answer, not a fault of the worker."""
    from thongsuot.placement import solve  # noqa: PLC0415  # the solver loads in the worker alone

    try:
        read = problem_from(problem)
    except BadProblem as bad:
        return Lost(code, str(bad))
    return Solved(code, solve(read, time_limit=time_limit, explain=explain).as_dict())


def solve_country(
    problems: Iterable[tuple[str, Any]],
    *,
    workers: int | None = None,
    dask: str | None = None,
    time_limit: float | None = None,
    explain: bool = False,
    attempts: int = ATTEMPTS,
    patience: float = PATIENCE,
    work: Work | None = None,
) -> Iterator[Outcome]:
    """One outcome a problem, in the order given, each as soon as those before it are there.

    Problems are drawn when a worker is near free, so that they may be read or made one by one. `dask` is the address
    of a scheduler, as `tcp://10.0.0.1:8786`; without it `workers` processes of this machine work. `time_limit` holds
    for each province. `work` is done in place of `solve_province`.
    """
    work = work or partial(solve_province, explain=explain)
    crew: Crew = Cluster(dask) if dask else Processes(workers)
    try:
        yield from _Run(crew, work, time_limit, attempts, patience).outcomes(problems)
    finally:
        crew.dismiss()


# Who does the work ---------------------------------------------------------------------------------------------


class Crew(Protocol):
    @property
    def at_once(self) -> int:
        """How many tasks to hand out before one comes back."""

    def executor(self) -> Executor: ...

    def replace(self) -> None:
        """After a death: make ready to go on."""

    def deserted(self) -> bool: ...

    def dismiss(self) -> None: ...


class Processes:
    """Processes of this machine. They are never forked from this one, since OR-Tools keeps threads, but where the
    system can, from a server that has only loaded the solver: so a new worker after a death costs next to nothing."""

    def __init__(self, workers: int | None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))
        self.at_once = self._workers + 1
        self._pool: ProcessPoolExecutor | None = None

    def executor(self) -> Executor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, _context())
        return self._pool

    def replace(self) -> None:
        self.dismiss()

    def deserted(self) -> bool:
        return False

    def dismiss(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["thongsuot.placement.session"])
    return context


class Cluster:
    """The workers of a Dask scheduler; it hands the task of a dead worker to another one by itself."""

    def __init__(self, address: str) -> None:
        from distributed import Client  # noqa: PLC0415  # an extra: pip install 'thongsuot[cluster]'

        connect: Any = Client  # its methods carry no types
        self._client = connect(address)
        self._executor: Executor = self._client.get_executor(pure=False)

    @property
    def at_once(self) -> int:
        return 1 + self._threads()

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception:  # the scheduler does not answer; the client tries to find it again
            return 0

    def executor(self) -> Executor:
        return self._executor

    def replace(self) -> None:
        """The scheduler sees to it."""

    def deserted(self) -> bool:
        return not self._threads()

    def dismiss(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()


def _died(problem: BaseException) -> bool:
    """Whether the worker went rather than the work: the names of Dask are told apart without loading it."""
    return isinstance(problem, BrokenProcessPool | CancelledError) or type(problem).__name__ in {
        "KilledWorker",
        "FutureCancelledError",
        "CommClosedError",
    }


# The run -------------------------------------------------------------------------------------------------------


class _Run:
    def __init__(
        self, crew: Crew, work: Work, time_limit: float | None, attempts: int, patience: float
    ) -> None:
        self.crew = crew
        self.work = work
        self.time_limit = time_limit
        self.attempts = attempts
        self.patience = patience
        self.running: dict[Future[Outcome], _Task] = {}
        self.again: deque[_Task] = deque()
        self.found: dict[int, Outcome] = {}
        self.drawn = 0
        self.last_sign = time.monotonic()

    def outcomes(self, problems: Iterable[tuple[str, Any]]) -> Iterator[Outcome]:
        fresh = iter(problems)
        told, more = 0, True
        while more or self.running or self.again:
            more = self._hand_out(fresh)
            self._collect()
            while told in self.found:
                yield self.found.pop(told)
                told += 1

    def _hand_out(self, fresh: Iterator[tuple[str, Any]]) -> bool:
        """Whether there may be more to come. A suspect goes out alone, when everyone else is back."""
        while len(self.running) < self.crew.at_once:
            if any(task.suspect for task in self.running.values()):
                return True
            if self.again:
                if self.running:
                    return True
                self._submit(self.again.popleft())
                continue
            drawn = next(fresh, None)
            if drawn is None:
                return False
            self._submit(_Task(self.drawn, *drawn))
            self.drawn += 1
        return True

    def _submit(self, task: _Task) -> None:
        try:
            future = self.crew.executor().submit(self.work, task.code, task.problem, self.time_limit)
        except Exception as death:  # the pool or the scheduler is gone; the task is not
            self.crew.replace()
            self._after_death(task, death)
        else:
            self.running[future] = task

    def _collect(self) -> None:
        done, _running = wait(self.running, timeout=min(1.0, self.patience), return_when=FIRST_COMPLETED)
        deaths = []
        for future in done:
            task = self.running.pop(future)
            try:
                self.found[task.number] = replace(future.result(), attempts=task.attempt)
            except BaseException as problem:
                if isinstance(problem, KeyboardInterrupt | SystemExit):
                    raise
                if _died(problem):
                    deaths.append((task, problem))
                else:
                    self.found[task.number] = Lost(
                        task.code, f"{type(problem).__name__}: {problem}", task.attempt
                    )
        if deaths:
            self.crew.replace()
        for task, death in deaths:
            self._after_death(task, death)
        self._give_up_if_deserted(bool(done))

    def _after_death(self, task: _Task, death: BaseException) -> None:
        if task.attempt < self.attempts:
            self.again.append(replace(task, attempt=task.attempt + 1))
        else:
            self.found[task.number] = Lost(
                task.code, f"its worker died {task.attempt} times ({type(death).__name__})", task.attempt
            )

    def _give_up_if_deserted(self, something_came: bool) -> None:
        if something_came or not self.running or not self.crew.deserted():
            self.last_sign = time.monotonic()
        elif time.monotonic() - self.last_sign > self.patience:
            for future, task in self.running.items():
                with suppress(Exception):
                    future.cancel()
                self.found[task.number] = Lost(
                    task.code, f"no worker for {self.patience:.0f} seconds", task.attempt
                )
            self.running.clear()
