"""What a process keeps is made once, does not grow for ever, and is the same for all who ask."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.web.kept import Kept


def test_what_is_kept_is_not_made_again() -> None:
    kept, made = Kept[int | None](2), []

    def make() -> None:
        made.append(1)

    assert [kept.get("nothing", make) for _time in range(3)] == [None, None, None]
    assert len(made) == 1


def test_what_nobody_has_asked_for_longest_goes_first() -> None:
    kept = Kept[str](2)
    for key in ("một", "hai", "một", "ba"):
        kept.get(key, lambda: "first")
    assert [kept.get(key, lambda: "anew") for key in ("một", "ba", "hai")] == ["first", "first", "anew"]


def test_making_one_may_ask_for_another() -> None:
    kept = Kept[str](5)
    assert kept.get("outer", lambda: kept.get("inner", lambda: "made")) == "made"
    assert len(kept) == 2


def test_of_two_who_make_the_same_both_are_given_the_first() -> None:
    kept = Kept[list[int]](5)
    first: list[int] = []
    second: list[int] = kept.get("one", lambda: kept.get("one", lambda: first) and [])
    assert second is first


@given(st.integers(1, 5), st.lists(st.integers(0, 9)))
def test_it_holds_no_more_than_it_may(most: int, asked: list[int]) -> None:
    kept = Kept[int](most)
    for key in asked:
        assert kept.get(key, lambda key=key: key) == key  # type: ignore[misc]
    assert len(kept) == min(most, len(set(asked)))
