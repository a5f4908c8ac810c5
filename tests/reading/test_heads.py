"""Patterns are spared by their heads and marks, and lose nothing by it."""

import re
from collections.abc import Iterator

import pytest

from tests.reading.corpus import open_texts
from thongsuot.kernel import normalise
from thongsuot.reading.discourse import actors, items, pieces, subjects, troubles
from thongsuot.reading.lexicon import Scan, load_lexicon
from thongsuot.reading.lexicon.patterns import any_of, matches_at
from thongsuot.reading.meeting import facts, roles
from thongsuot.reading.mentions import units
from thongsuot.reading.page import open_page
from thongsuot.reading.page.letters import CAPITAL_LETTERS, CAPITALS


@pytest.mark.parametrize(
    ("head", "pattern"),
    [
        ("pronoun", actors._PRONOUN),
        ("several", subjects._PLURAL),
        ("commune", re.compile(r"\b" + subjects._BARE.pattern)),
        ("in turn", re.compile(r"\b" + subjects._IN_TURN.pattern)),
        ("visitors", facts._GROUP_NUMBER),
        ("visitors", facts._GROUP_OF),
    ],
)
def test_a_pattern_tried_at_its_heads_misses_nothing(head: str, pattern: re.Pattern[str]) -> None:
    for shade, scan in shades():
        tried = [match.span() for match in matches_at(scan.starts(head), pattern, shade)]
        assert tried == [match.span() for match in pattern.finditer(shade)]


@pytest.mark.parametrize(
    ("mark", "pattern"),
    [
        ("next task", pieces._THEN),
        ("conclusion", roles._CONCLUDES),
        ("merger", units._MERGER),
        ("chair", roles._CHAIRS),
        ("closing", items._CLOSING),
        ("trouble ahead", troubles._INTRODUCED),
        ("next item", any_of(load_lexicon().discourse["starts_item"], before=", ", after=r"\b")),
        ("next item", any_of(load_lexicon().discourse["and_starts_item"], before=" và ", after=r"\b")),
        ("trouble", any_of(load_lexicon().discourse["trouble"], before=r"\b", after=r"\b")),
    ],
)
def test_a_pattern_never_matches_without_its_mark(mark: str, pattern: re.Pattern[str]) -> None:
    for shade, scan in shades():
        for line in re.finditer("[^\n]+", shade):
            if pattern.search(shade, *line.span()):
                assert scan.has(mark, *line.span())


def test_who_chairs_is_told_no_earlier_than_just_before_the_mark() -> None:
    for shade, scan in shades():
        for match in roles._CHAIRS.finditer(shade):
            assert match.start() + roles._BEFORE_CHAIR > scan.first("chair", *match.span()) >= 0


def test_capital_letters_are_those_of_the_patterns() -> None:
    capital = re.compile(f"[{CAPITALS}]")
    assert {letter for letter in map(chr, range(0x3000)) if capital.match(letter)} == CAPITAL_LETTERS


def shades() -> Iterator[tuple[str, Scan]]:
    """The open texts as the patterns see them, and what the scanner met there."""
    for file in open_texts():
        shade = open_page(normalise(file.read_text("utf-8"))).shade
        yield shade, load_lexicon().scanner.scan(shade)
