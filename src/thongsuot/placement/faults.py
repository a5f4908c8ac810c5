"""What is wrong with an input file: every fault with its place and a sentence in two languages."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`path` is where in the file, as `people[3].fits.VP04`; empty for the file as a whole."""

    path: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.path or '(tệp)'}: {self.vi} / {self.en}"


class BadProblem(ValueError):
    """The file cannot be used; `faults` holds every reason at once, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """Collects faults while a file is read."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, vi: str, en: str) -> None:
        self.found.append(Fault(path, vi, en))

    def refuse_if_any(self) -> None:
        if self.found:
            raise BadProblem(dict.fromkeys(self.found))
