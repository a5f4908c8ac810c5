"""Nobody is counted twice, in whatever slice; and nobody studies again what did not change for them."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.documents.reaching import Counted, counts_since, first_timers, reach, total

AUDIENCES = ["cadres", "members", "people"]
rolls = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(1, 3),
        st.sampled_from(AUDIENCES),
        st.sets(st.sampled_from("abcdef"), min_size=1),
    ),
    max_size=12,
)
changes = st.dictionaries(st.integers(2, 3), st.frozensets(st.sampled_from(AUDIENCES)))


def _sessions(
    held: list[tuple[int, int, str, set[str]]], touched: dict[int, frozenset[str]]
) -> list[Counted]:
    """As the action counts them: first-comers since the text last changed for that audience."""
    seen: dict[tuple[int, str, int], set[str]] = {}
    rows = []
    for version, unit, audience, present in sorted(held, key=lambda one: one[0]):
        before = seen.setdefault((unit, audience, counts_since(touched, audience, version)), set())
        rows.append(Counted(version, unit, audience, len(present), first_timers(sorted(present), before)))
        before |= present
    return rows


@given(rolls, changes)
def test_people_are_those_on_the_rolls_and_never_more_than_attendances(
    held: list[tuple[int, int, str, set[str]]], touched: dict[int, frozenset[str]]
) -> None:
    found = reach(_sessions(held, touched), touched, 3)
    for unit in (1, 2, 3):
        for audience in AUDIENCES:
            since = counts_since(touched, audience, 3)
            present = [
                who
                for version, at, whose, who in held
                if (at, whose) == (unit, audience) and version >= since
            ]
            cell = found.get((unit, audience))
            assert (cell.people if cell else 0) == len(set().union(*present))
            assert (cell.attendances if cell else 0) == sum(map(len, present))
    everybody = total(found.values())
    assert everybody.people <= everybody.attendances


@given(rolls, changes)
def test_grouping_does_not_change_a_total(
    held: list[tuple[int, int, str, set[str]]], touched: dict[int, frozenset[str]]
) -> None:
    rows = _sessions(held, touched)
    apart = [
        total(reach([one for one in rows if one.unit == unit], touched, 3).values()) for unit in (1, 2, 3)
    ]
    assert total(apart) == total(reach(rows, touched, 3).values())


def test_an_amendment_resets_only_those_whose_points_changed() -> None:
    rows = [Counted(1, 1, "members", 40, 40), Counted(1, 1, "people", 90, 80)]
    found = reach(rows, {2: {"people"}}, 2)
    assert found[1, "members"].people == 40
    assert (1, "people") not in found
    assert reach(rows, {2: {"people"}}, 1)[1, "people"].people == 80
