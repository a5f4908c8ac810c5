"""From a place in a text to the records that came from it. Apps above register what they cite."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from thongsuot.sources.models import Source
from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and the record it leads to; `family` is a sources.enums.MarkFamily."""

    start: int
    end: int
    family: str
    label: str
    url: str


Marker = Callable[[Source, Mandate], Iterable[Mark]]
_MARKERS: list[Marker] = []


def register_marker(marker: Marker) -> None:
    if marker not in _MARKERS:
        _MARKERS.append(marker)


def marks_of(source: Source, by: Mandate) -> list[Mark]:
    """All marks the mandate may see, in reading order."""
    marks = [mark for marker in _MARKERS for mark in marker(source, by)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.family))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with the marks that cover it; pieces laid end to end are the whole text."""

    text: str
    start: int
    marks: Sequence[Mark]


def stretches(text: str, marks: Sequence[Mark]) -> list[Stretch]:
    """Cut the text wherever a mark begins or ends, so that overlapping marks can all be shown."""
    places = {0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)}
    cuts = sorted(place for place in places if 0 <= place <= len(text))
    return [
        Stretch(text[start:end], start, [mark for mark in marks if mark.start <= start and end <= mark.end])
        for start, end in pairwise(cuts)
    ]
