"""A figure that was rightly disputed is corrected in the paper that states it, by the app that keeps the paper."""

from typing import Protocol

from thongsuot.indicators.models import Statement
from thongsuot.indicators.told import Told
from thongsuot.units.models import Mandate


class Corrector(Protocol):
    """Gives the statement the corrected figure stands in from now on, not yet in force; None of another app's paper."""

    def __call__(self, *, by: Mandate, statement: Statement, told: Told, why: str) -> Statement | None: ...


_CORRECTORS: dict[str, Corrector] = {}


def register_corrector(name: str, corrector: Corrector) -> None:
    _CORRECTORS[name] = corrector


def corrected(*, by: Mandate, statement: Statement, told: Told, why: str) -> Statement | None:
    for name in sorted(_CORRECTORS):
        if (found := _CORRECTORS[name](by=by, statement=statement, told=told, why=why)) is not None:
            return found
    return None
