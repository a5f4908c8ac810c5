"""Positions, the population norm, cases that forbid a transfer, retirement, relatives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.locks import lock_cases, lock_name
from thongsuot.lawbook.positions import fields, places_for_leaders, positions
from thongsuot.lawbook.quotas import quota_for
from thongsuot.lawbook.staffing import (
    change_terms,
    close_to_retirement,
    keeping_years,
    leader_means,
    months_after,
    relatives_rule,
    retirement_age,
    retires_on,
    secondment_years,
)

TODAY = date(2026, 3, 1)
PEOPLE = st.integers(0, 600_000)
KINDS = st.sampled_from(["xã", "phường", "đặc khu"])


def test_27_of_the_28_professional_positions_are_counted() -> None:
    of_the_letter = [
        one for one in positions().values() if one.kind == "professional" and "7415" in one.listed["vi"]
    ]
    assert len(of_the_letter) == 28
    counted = {one.code for one in positions().values() if one.counted}
    assert len(counted) == 27
    assert counted == {one.code for one in of_the_letter} - {"QS01"}


@pytest.mark.parametrize("code", sorted(positions()))
def test_a_position_names_what_the_other_lists_know(code: str) -> None:
    one = positions()[code]
    assert one.field in fields()
    assert one.bodies
    assert set(one.bodies) <= set(body_kinds())
    assert one.name["vi"]
    assert one.name["en"]
    assert len(one.short["vi"]) <= 40
    assert one.weight >= 1


def test_what_is_named_as_first_to_reinforce_weighs_more() -> None:
    assert positions()["VP02"].weight > positions()["VP04"].weight


def test_each_department_has_one_head() -> None:
    assert places_for_leaders(positions()["LD03"]) == 2
    assert places_for_leaders(positions()["LD01"]) == 1
    assert places_for_leaders(positions()["VP01"]) is None


@given(PEOPLE, PEOPLE, KINDS, st.booleans())
def test_more_people_never_give_fewer_posts(one: int, other: int, kind: str, upland: bool) -> None:
    fewer, more = (quota_for(people, kind, TODAY, upland=upland) for people in sorted((one, other)))
    assert fewer is not None
    assert more is not None
    assert fewer.posts <= more.posts


@given(PEOPLE, KINDS, st.booleans())
def test_posts_stay_between_the_base_and_the_cap(people: int, kind: str, upland: bool) -> None:
    found = quota_for(people, kind, TODAY, upland=upland)
    assert found is not None
    assert 32 <= found.posts <= found.cap
    assert found.posts == (found.cap if found.capped else found.base + found.extra)


@given(PEOPLE, KINDS)
def test_upland_gives_no_less_than_lowland(people: int, kind: str) -> None:
    lowland, upland = (quota_for(people, kind, TODAY, upland=high) for high in (False, True))
    assert lowland is not None
    assert upland is not None
    assert lowland.posts <= upland.posts


@pytest.mark.parametrize(
    ("people", "kind", "posts"),
    [
        (0, "xã", 32),
        (16_000, "xã", 32),
        (17_999, "xã", 32),
        (18_000, "xã", 33),
        (51_999, "xã", 49),
        (52_000, "xã", 50),
        (92_000, "phường", 70),
        (234_000, "phường", 70),
    ],
)
def test_the_norm_where_it_changes(people: int, kind: str, posts: int) -> None:
    found = quota_for(people, kind, TODAY)
    assert found is not None
    assert found.posts == posts


def test_the_norm_is_of_communes_alone() -> None:
    assert quota_for(9_000_000, "thành phố", TODAY) is None


def test_two_of_the_seven_cases_are_said_to_be_unread() -> None:
    assert {case.case for case in lock_cases().values()} == set(range(1, 8))
    assert {case.case for case in lock_cases().values() if not case.certain} == {6, 7}
    assert lock_name("maternity", "en").startswith("Pregnant")
    assert lock_name("unheard-of") == "unheard-of"


@pytest.mark.parametrize(
    ("year", "sex", "age"),
    [
        (2020, "male", (60, 3)),
        (2021, "male", (60, 3)),
        (2025, "male", (61, 3)),
        (2028, "male", (62, 0)),
        (2040, "male", (62, 0)),
        (2021, "female", (55, 4)),
        (2025, "female", (56, 8)),
        (2035, "female", (60, 0)),
    ],
)
def test_retirement_age_by_year(year: int, sex: str, age: tuple[int, int]) -> None:
    assert retirement_age(year, sex) == age


@pytest.mark.parametrize(
    ("born", "sex", "day"),
    [
        (date(1961, 1, 15), "male", date(2021, 5, 1)),
        (date(1961, 10, 15), "male", date(2022, 5, 1)),
        (date(1966, 1, 31), "female", date(2021, 6, 1)),
        (date(1980, 6, 2), "female", date(2040, 7, 1)),
    ],
)
def test_first_day_of_retirement(born: date, sex: str, day: date) -> None:
    assert retires_on(born, sex) == day


@given(
    st.dates(date(1955, 1, 1), date(2008, 1, 1)),
    st.dates(date(1955, 1, 1), date(2008, 1, 1)),
    st.sampled_from(["male", "female"]),
)
def test_the_younger_never_retire_sooner(one: date, other: date, sex: str) -> None:
    older, younger = sorted((one, other))
    assert retires_on(older, sex) <= retires_on(younger, sex)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 1200))
def test_months_on_are_counted_in_months(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_terms_of_position_change() -> None:
    terms = change_terms(TODAY)
    assert (terms.earliest, terms.latest, terms.months_to_retirement) == (2, 5, 18)
    assert close_to_retirement(date(1965, 1, 1), "male", TODAY)
    assert not close_to_retirement(date(1985, 1, 1), "male", TODAY)


def test_a_secondment_lasts_three_years_at_most() -> None:
    assert secondment_years(TODAY) == 3


@pytest.mark.parametrize(
    ("one", "other", "forbidden"),
    [
        ("UB01", "UB02", True),
        ("UB02", "UB02", True),
        ("LD01", "LD02", True),
        ("LD02", "LD02", False),
        ("UB01", "KT04", True),
        ("UB02", "KT04", False),
        ("VP01", "VP01", False),
    ],
)
def test_relatives_do_not_lead_together(one: str, other: str, forbidden: bool) -> None:
    rule = relatives_rule()
    assert rule.forbids(one, other) is forbidden
    assert rule.forbids(other, one) is forbidden


def test_means_of_leaders_are_dated() -> None:
    assert leader_means(date(2025, 7, 1)) == []
    assert {mean.per for mean in leader_means(TODAY)} == {"body", "unit"}
    assert all(set(mean.positions) <= set(positions()) for mean in leader_means(TODAY))


def test_what_is_over_is_kept_for_years() -> None:
    assert keeping_years("lock") == 2
    assert keeping_years("wish") == 1
