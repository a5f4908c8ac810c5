"""A point is the same point through all versions of its text, whatever number it bears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.documents.differing import Piece, change, matches
from thongsuot.documents.enums import Change

words = st.text("abcdeê ", max_size=12)
pieces = st.lists(st.builds(Piece, st.sampled_from(["1", "2", "2a", "2b", "3"]), words), max_size=7)


@given(pieces, pieces)
def test_no_old_point_becomes_two(old: list[Piece], new: list[Piece]) -> None:
    found = matches(old, new)
    taken = [there for there in found if there is not None]
    assert len(found) == len(new)
    assert len(taken) == len(set(taken))
    assert all(0 <= there < len(old) for there in taken)


@given(st.lists(st.builds(Piece, st.uuids().map(str), words), max_size=7))
def test_a_text_is_itself(text: list[Piece]) -> None:
    assert matches(text, text) == list(range(len(text)))


@given(st.lists(st.uuids().map(str), min_size=1, max_size=7, unique=True), st.randoms())
def test_what_only_changed_its_number_is_recognised(texts: list[str], chance: object) -> None:
    old = [Piece(f"{place}", text) for place, text in enumerate(texts)]
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    new = [Piece(f"{place}", text) for place, text in enumerate(shuffled)]
    assert [old[there].text for there in matches(old, new) if there is not None] == shuffled


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, ("1", "x"), Change.ADDED),
        (("1", "x"), None, Change.REMOVED),
        (("1", "Báo cáo hằng tháng"), ("1", "báo  cáo hằng tháng"), Change.SAME),
        (("1", "x"), ("2", "x"), Change.RENUMBERED),
        (("1", "x"), ("1", "y"), Change.CHANGED),
    ],
)
def test_what_became_of_a_point(
    before: tuple[str, str] | None, after: tuple[str, str] | None, told: Change
) -> None:
    assert change(Piece(*before) if before else None, Piece(*after) if after else None) == told


def test_a_point_put_in_first_moves_the_others_and_changes_none() -> None:
    old = [Piece("a", "Rà soát"), Piece("b", "Báo cáo")]
    new = [Piece("a", "Tuyên truyền"), Piece("b", "Rà soát"), Piece("c", "Báo cáo")]
    assert matches(old, new) == [None, 0, 1]


def test_nearly_the_same_words_under_a_new_number_are_the_point() -> None:
    sentence = "Mỗi quầy có một công chức và một người dự phòng trong giờ làm việc"
    old = [Piece("a", "Công khai số điện thoại"), Piece("b", sentence)]
    new = [Piece("a", sentence.replace("một người", "hai người"))]
    assert matches(old, new) == [1]
