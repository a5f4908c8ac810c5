"""Memory and processor time of this process and all it started, while a block runs."""

import os
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def family(root: int) -> list[int]:
    """A process and what descends from it."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children[int(fields[1])].append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children[one]
    return found


def _stat(pid: int) -> list[str]:
    """The fields after the name; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


class Peak:
    """`megabytes`: the most all of them held at one moment. `cpu_seconds`: what all of them used."""

    def __init__(self, every: float = 0.2) -> None:
        self.megabytes = 0.0
        self._every = every
        self._used: dict[int, float] = {}
        self._before: dict[int, float] = {}
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._look()
        self._before = dict(self._used)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._look()
        self._over.set()
        self._watcher.join()

    @property
    def cpu_seconds(self) -> float:
        return sum(used - self._before.get(pid, 0.0) for pid, used in self._used.items())

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            self._look()

    def _look(self) -> None:
        held = 0
        for pid in family(os.getpid()):
            if fields := _stat(pid):
                self._used[pid] = (int(fields[11]) + int(fields[12])) / TICKS
                held += int(fields[21]) * PAGE
        self.megabytes = max(self.megabytes, held / 2**20)
