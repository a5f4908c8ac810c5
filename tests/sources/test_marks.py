"""A text cut where marks begin and end is still the whole text, and every piece knows what covers it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.sources.enums import MarkFamily
from thongsuot.sources.marks import Mark, stretches


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(max_size=60))
    place = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(place, place), max_size=8))
    return text, [
        Mark(min(ends), max(ends), "figures", f"mark {number}", f"/{number}/")
        for number, ends in enumerate(ends)
        if ends[0] != ends[1]
    ]


@given(marked_texts())
def test_pieces_laid_end_to_end_are_the_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    pieces = stretches(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.start for piece in pieces] == sorted({piece.start for piece in pieces})
    assert all(piece.text for piece in pieces)


@given(marked_texts())
def test_each_character_is_covered_by_exactly_its_marks(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    for place, covering in _covering(stretches(text, marks)):
        assert covering == [mark for mark in marks if mark.start <= place < mark.end]


def _covering(pieces: object) -> Iterator[tuple[int, list[Mark]]]:
    for piece in pieces:  # type: ignore[attr-defined]
        for offset in range(len(piece.text)):
            yield piece.start + offset, list(piece.marks)


@pytest.mark.parametrize(
    "mark", [Mark(0, 99, "units", "", ""), Mark(50, 60, "units", "", ""), Mark(-5, 2, "units", "", "")]
)
def test_a_mark_beyond_the_text_breaks_nothing(mark: Mark) -> None:
    assert "".join(piece.text for piece in stretches("Tân Khánh", [mark])) == "Tân Khánh"


def test_every_family_has_a_colour() -> None:
    from django.contrib.staticfiles import finders

    path = finders.find("sources/marks.css")
    assert isinstance(path, str)
    css = Path(path).read_text("utf-8")
    assert all(f".mark-{family} {{" in css for family in MarkFamily.values)
