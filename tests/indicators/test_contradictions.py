"""Figures of one unit that cannot all be right."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from thongsuot.indicators.contradictions import Given, contradictions
from thongsuot.indicators.enums import Clash
from thongsuot.lawbook.figure_checks import figure_checks
from thongsuot.lawbook.indicators import indicator_for, indicator_rules

AUGUST, OCTOBER = date(2025, 8, 30), date(2025, 10, 30)


def said(indicator: str, value: int | str, on: date = OCTOBER, qualifier: str = "=", key: int = 0) -> Given:
    return Given(key or hash((indicator, value, on)), indicator, indicator, on, Decimal(value), qualifier)


def clashes(*figures: Given) -> list[Clash]:
    return [found.clash for found in contradictions(figures)]


def test_parts_that_do_not_add_up_to_their_total() -> None:
    (found,) = contradictions(
        [
            said("dossiers_received", 6061, key=1),
            said("dossiers_resolved", 5581, key=2),
            said("dossiers_in_progress", 398, key=3),
        ]
    )
    assert (found.clash, found.figures) == (Clash.SUM, (1, 2, 3))
    assert "5.581" in found.says
    assert "= 5.979" in found.says
    assert "lệch 82" in found.says


def test_parts_that_do_are_let_be() -> None:
    assert clashes(*_dossiers(6061, 5663, 398)) == []


def test_one_part_alone_says_nothing() -> None:
    assert clashes(said("dossiers_received", 6061), said("dossiers_resolved", 5581)) == []


@pytest.mark.parametrize("sign", [">", "~"])
def test_hedged_numbers_contradict_only_where_no_meaning_of_them_fits(sign: str) -> None:
    hedged = [said("dossiers_resolved", 5581), said("dossiers_in_progress", 398)]
    assert clashes(said("dossiers_received", 5800, qualifier=sign), *hedged) == []
    assert clashes(said("dossiers_received", 5000, qualifier=sign), *hedged) == [Clash.SUM, Clash.PART]


def test_two_values_on_one_day() -> None:
    assert clashes(said("population", 148090), said("population", 152000)) == [Clash.RIVALS]
    assert clashes(said("population", 152000, qualifier=">"), said("population", 152300)) == []
    assert clashes(said("population", 148090), said("population", 148090, key=7)) == []


def test_a_jump_between_two_days() -> None:
    assert clashes(said("party_members", 1420, AUGUST), said("party_members", 2600)) == [Clash.JUMP]
    assert clashes(said("party_members", 2600, AUGUST), said("party_members", 1420)) == [Clash.JUMP]
    assert clashes(said("population", 227817, AUGUST), said("population", 234000, qualifier=">")) == []
    assert clashes(said("dossiers_received", 100, AUGUST), said("dossiers_received", 6000)) == []


def test_a_part_more_than_its_whole_and_a_share_past_a_hundred() -> None:
    assert clashes(said("new_party_members", 90), said("party_members", 80)) == [Clash.PART]
    assert clashes(said("on_time_rate", "132")) == [Clash.BOUND]
    assert clashes(said("on_time_rate", "98.6")) == []


def test_a_share_beside_the_numbers_it_is_made_of() -> None:
    numbers = [said("dossiers_online", 800), said("dossiers_received", 1000)]
    assert clashes(said("online_rate", "80.4"), *numbers) == []
    assert clashes(said("online_rate", "98"), *numbers) == [Clash.SHARE]
    assert clashes(said("online_rate", "80"), said("dossiers_online", 0), said("dossiers_received", 0)) == []


def test_every_rule_names_indicators_of_the_catalogue() -> None:
    rules, known = figure_checks(), set(indicator_rules())
    named = {code for total, parts in rules.sums for code in (total, *parts)}
    named |= {code for pair in rules.at_most for code in pair} | set(rules.bounded) | set(rules.jumps)
    named |= {code for share in rules.shares for code in share[:3]}
    assert named <= known


def test_files_in_progress_are_told_from_files_resolved() -> None:
    sentence = "Tiếp nhận 6.061 hồ sơ, đã giải quyết 5.581 hồ sơ, đang giải quyết 398 hồ sơ"
    codes = [indicator_for("hồ sơ", sentence, sentence.index(number)) for number in ("6.061", "5.581", "398")]
    assert codes == ["dossiers_received", "dossiers_resolved", "dossiers_in_progress"]


_FIGURES = st.lists(
    st.builds(
        Given,
        key=st.integers(1, 10_000),
        indicator=st.sampled_from(
            ["population", "dossiers_received", "dossiers_resolved", "dossiers_in_progress"]
        ),
        name=st.just("x"),
        on=st.sampled_from([AUGUST, OCTOBER]),
        value=st.integers(0, 10_000).map(Decimal),
        qualifier=st.sampled_from(["=", ">", "<", "~"]),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@whatever(_FIGURES, st.randoms())
def test_the_order_they_come_in_says_nothing(figures: list[Given], chance: object) -> None:
    shuffled = list(figures)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert contradictions(shuffled) == contradictions(figures)
    keys = {one.key for one in figures}
    assert all(set(found.figures) <= keys for found in contradictions(figures))


def _dossiers(received: int, resolved: int, going: int) -> list[Given]:
    codes = ("dossiers_received", "dossiers_resolved", "dossiers_in_progress")
    return [said(code, value) for code, value in zip(codes, (received, resolved, going), strict=True)]
