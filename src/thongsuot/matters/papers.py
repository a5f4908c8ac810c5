"""Documents belong to an app above; it says here how they are found and put on an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from thongsuot.matters.models import Origin
from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Paper:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Register:
    """`find(typed, by)` offers papers, `named(keys, by)` gives those of these keys, `origin(key)` puts one down."""

    find: Callable[[str, Mandate], Sequence[Paper]]
    named: Callable[[Sequence[str], Mandate], Sequence[Paper]]
    origin: Callable[[str], Origin]


_REGISTERS: list[Register] = []


def register_papers(register: Register) -> None:
    if register not in _REGISTERS:
        _REGISTERS.append(register)


def find_papers(typed: str, by: Mandate) -> list[Paper]:
    return [paper for register in _REGISTERS for paper in register.find(typed, by)] if typed.strip() else []


def named_papers(keys: Sequence[str], by: Mandate) -> list[Paper]:
    return [paper for register in _REGISTERS for paper in register.named(keys, by)] if keys else []


def origins_of(papers: Sequence[Paper]) -> list[Origin]:
    """Inside the transaction of the act that uses them."""
    return [register.origin(paper.key) for register in _REGISTERS for paper in papers]
