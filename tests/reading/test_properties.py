"""What holds for every text, however strange."""

import json
import random
import re
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.reading.corpus import open_texts
from thongsuot.kernel import fold, normalise
from thongsuot.reading import read_text
from thongsuot.reading.files import text_of

TEXTS = [text_of(path.read_bytes(), path.name).text for path in open_texts()]
WORDS = sorted({word for text in TEXTS for word in text.split()})
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def jumbled(draw: st.DrawFn) -> str:
    """Words of real reports in any order, with odd separators."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=60))
    joints = draw(
        st.lists(
            st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\u00a0", ", ", "; ", ": ", ". ", "- ", "|"]),
            min_size=1,
        )
    )
    return "".join(word + joints[i % len(joints)] for i, word in enumerate(words))


def spans(value: Any) -> Iterator[tuple[list[int], dict[str, Any]]]:
    if isinstance(value, dict):
        if isinstance(value.get("span"), list):
            yield value["span"], value
        for span in value.get("spans") or []:
            if isinstance(span, list):
                yield span, value
        for held in value.values():
            yield from spans(held)
    elif isinstance(value, list):
        for held in value:
            yield from spans(held)


def check(text: str) -> dict[str, Any]:
    reading = read_text(text).to_json()
    composed = normalise(text)
    for (start, end), _ in spans(reading):
        assert 0 <= start <= end <= len(composed)
    for item in (*reading["proposals"], *reading["directions"], *reading["commitments"]):
        printed = composed[slice(*item["span"])]
        assert fold(re.sub(r"\W", "", printed)).replace("ẳ", "ả") == fold(
            re.sub(r"\W", "", item["text"])
        ).replace("ẳ", "ả")
    for person in reading["people"]:
        for span in person["spans"]:
            assert fold(composed[slice(*span)]) == fold(person["name"])
    for document in reading["documents"]:
        assert document["number"] in composed[slice(*document["span"])]
    json.dumps(reading)
    return reading


@given(st.text(max_size=400))
@example("\x00")
@example("phường ")
@example("xã M'")
@example("1.2.3.4/5/6-7-8 tỷ")
@example("Ngày 99/99/9999, các phường: , ,")
@CALM
def test_any_unicode_text_is_read(text: str) -> None:
    check(text)


@given(jumbled())
@CALM
def test_jumbled_reports_are_read(text: str) -> None:
    check(text)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_spans_hold_what_is_claimed(number: int) -> None:
    check(TEXTS[number])


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_separate_marks_change_nothing(number: int) -> None:
    apart = unicodedata.normalize("NFD", TEXTS[number])
    assert read_text(apart).to_json() | {"source": 0} == read_text(normalise(apart)).to_json() | {"source": 0}


def test_reading_twice_gives_the_same() -> None:
    assert [read_text(text).to_json() for text in TEXTS] == [read_text(text).to_json() for text in TEXTS]


def test_cut_texts_are_read() -> None:
    chance = random.Random(7)
    for text in TEXTS:
        start = chance.randrange(len(text))
        check(text[start : start + chance.randrange(900)])


def test_everything_names_its_rule_and_its_confidence() -> None:
    for text in TEXTS:
        reading = read_text(text).to_json()
        for name in (
            "roles",
            "documents",
            "people",
            "units",
            "figures",
            "proposals",
            "directions",
            "commitments",
        ):
            for record in reading[name]:
                assert record["rule"]
                assert 0 < record["confidence"] <= 1


@pytest.mark.parametrize(
    "endless",
    [
        "các xã " + "Tân Tiến, " * 3000,
        "theo ông An, " * 2000,
        "phường sẽ làm, " * 2000,
        "1 " * 20000,
        "a: " * 9000,
    ],
)
def test_endless_sentences_do_not_stall(endless: str) -> None:
    start = time.process_time()
    read_text("Ngày 2-10-2025, Đảng ủy phường Tân Khánh (TPHCM) họp. " + endless)
    assert time.process_time() - start < 6
