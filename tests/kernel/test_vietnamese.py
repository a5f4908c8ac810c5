import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.kernel import (
    OffsetMap,
    Span,
    fold,
    leaves_marks_out,
    normalise,
    normalise_with_offsets,
    shadow,
    strip_marks,
)

WORDS = (
    st.text(alphabet="aàáãảạâăoòuùyỳỷqhptAÀĐđÐ ơưƠ-–\u00a0\u0300\u0301\u0309\u0323\u0302\u031b.,\n")
    | st.text()
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("Thuỳ Dung", "Thùy  Dung"),
        ("249–KH", "249-KH"),
        ("154.000\u00a0người", "154.000 người"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "toàn", "hoàn", "thuỷnh", "quà"])
def test_tone_stays_after_q_and_inside_a_syllable(word: str) -> None:
    assert fold(word) == word


def test_marks_and_strokes_are_stripped() -> None:
    assert strip_marks("Đường Đảng ủy Ðồng ð") == "duong dang uy dong d"


@given(WORDS)
def test_fold_settles_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_shadow_keeps_every_place(text: str) -> None:
    assert len(shadow(text)) == len(text)


@given(WORDS)
def test_normalised_text_is_what_unicode_says(text: str) -> None:
    composed, offsets = normalise_with_offsets(text)
    assert composed == normalise(text)
    assert offsets.lengths == (len(composed), len(text))


@given(WORDS)
def test_offsets_survive_storage(text: str) -> None:
    _, offsets = normalise_with_offsets(text)
    assert OffsetMap.from_runs(offsets.to_runs()) == offsets


def test_marks_put_in_order_are_pointed_at_together() -> None:
    _, offsets = normalise_with_offsets("AA.\u031b\u0300\u0041\u0300")
    assert OffsetMap.from_runs(offsets.to_runs()) == offsets
    mixed = "A.\u0300\u031b"
    composed, offsets = normalise_with_offsets(mixed)
    assert offsets.original(Span(1, 3)).of(mixed) == ".\u0300\u031b"
    assert len(composed) == len(mixed)


@given(WORDS, st.data())
def test_a_span_points_at_the_same_letters(text: str, data: st.DataObject) -> None:
    composed, offsets = normalise_with_offsets(text)
    start = data.draw(st.integers(0, len(composed)))
    end = data.draw(st.integers(start, len(composed)))
    there = offsets.original(Span(start, end))
    assert composed[start:end] in normalise(there.of(text))


def test_offsets_of_decomposed_letters_are_exact() -> None:
    text = unicodedata.normalize("NFD", "Đảng ủy phường")
    composed, offsets = normalise_with_offsets(text)
    span = Span(5, 7)
    assert span.of(composed) == "ủy"
    assert normalise(offsets.original(span).of(text)) == "ủy"


def test_offsets_outside_the_text_are_refused() -> None:
    _, offsets = normalise_with_offsets("ủy")
    with pytest.raises(ValueError, match="outside"):
        offsets.original_start(3)
    with pytest.raises(ValueError, match="pairs"):
        OffsetMap.from_runs([1])


@pytest.mark.parametrize("typed", ["Đức Hòa", "duc hoa", "Đuc Hoa", "Đưc Hoà", "đức  hoa"])
def test_marks_may_be_left_out(typed: str) -> None:
    assert leaves_marks_out(typed, "Đức Hòa")


@pytest.mark.parametrize("typed", ["Đức Hỏa", "Đực Hòa", "Đức Hò", "Đức Hòaa", ""])
def test_but_no_other_marks_put_in(typed: str) -> None:
    assert not leaves_marks_out(typed, "Đức Hòa")
    assert not leaves_marks_out("Đức", "Dức")


@given(WORDS)
def test_without_any_marks_a_text_is_still_itself(text: str) -> None:
    assert leaves_marks_out(text, text)
