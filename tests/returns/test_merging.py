"""Three-way merge: nobody's work is written over unseen, and coming back twice changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.returns.merging import merge

KEYS = st.integers(0, 5)
SHEETS = st.dictionaries(KEYS, st.integers(0, 3))


def applied(now: dict[int, int], taken: dict[int, int]) -> dict[int, int]:
    return now | taken


@given(SHEETS, SHEETS, SHEETS)
def test_what_only_the_server_changed_stays(
    base: dict[int, int], now: dict[int, int], theirs: dict[int, int]
) -> None:
    theirs = base | theirs
    taken = merge(base, now, theirs, 0).taken()
    for key in theirs:
        if theirs[key] == base.get(key, 0):
            assert key not in taken


@given(SHEETS, SHEETS, SHEETS)
def test_what_both_changed_differently_is_told_and_not_taken(
    base: dict[int, int], now: dict[int, int], theirs: dict[int, int]
) -> None:
    found = merge(base, now, theirs, 0)
    both = {
        key
        for key, value in theirs.items()
        if value not in (base.get(key, 0), now.get(key, 0)) and now.get(key, 0) != base.get(key, 0)
    }
    assert {change.key for change in found.conflicts} == both
    assert not both & set(found.taken())


@given(SHEETS, SHEETS, SHEETS)
def test_coming_back_twice_is_coming_back_once(
    base: dict[int, int], now: dict[int, int], theirs: dict[int, int]
) -> None:
    found = merge(base, now, theirs, 0)
    everything = [change.key for change in found.conflicts]
    after = applied(now, found.taken(everything))
    assert merge(base, after, theirs, 0).changes == []


@given(SHEETS, SHEETS)
def test_what_nobody_touched_in_the_file_changes_nothing(base: dict[int, int], now: dict[int, int]) -> None:
    assert merge(base, now, base, 0).changes == []
