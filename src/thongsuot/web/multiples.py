"""Small charts side by side on one scale: each place has its own line, and all can be compared at a glance."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 148, 46
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Small:
    """One of them: `values` step by step, None where there is none; `text` says how it stands now."""

    name: str
    values: Sequence[float | None]
    text: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lines break where a number is missing; a number between two gaps is a dot."""

    small: Small
    lines: Sequence[str]
    dots: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    drawn: Sequence[Drawn]
    low: float
    high: float
    zero: str
    width: int = WIDTH
    height: int = HEIGHT


def draw_small(smalls: Sequence[Small]) -> Sheet:
    """Zero is on the scale always, so that a small change does not look like a large one."""
    numbers = [value for small in smalls for value in small.values if value is not None]
    low, high = min([0, *numbers]), max([0, *numbers])
    tall = (high - low) or 1.0

    def y(value: float) -> str:
        return f"{HEIGHT - _MARGIN - (value - low) / tall * (HEIGHT - 2 * _MARGIN):.1f}"

    return Sheet([_drawn(small, y) for small in smalls], low, high, y(0.0))


def _drawn(small: Small, y: Callable[[float], str]) -> Drawn:
    step = (WIDTH - 2 * _MARGIN) / max(1, len(small.values) - 1)
    points = [
        None if value is None else (f"{_MARGIN + at * step:.1f}", y(value))
        for at, value in enumerate(small.values)
    ]
    runs = [list(run) for there, run in groupby(points, key=lambda point: point is not None) if there]
    known: list[list[tuple[str, str]]] = [[point for point in run if point] for run in runs]
    dots = [run[0] for run in known if len(run) == 1]
    if known and points[-1] and known[-1][-1] not in dots:
        dots.append(known[-1][-1])
    return Drawn(small, [" ".join(_pairs(run)) for run in known if len(run) > 1], dots)


def _pairs(run: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{x},{y}" for x, y in run)
