"""The invented staff: real totals, one seed, and a problem the engine reads without a word."""

from collections import Counter

import _staff
import pytest

from thongsuot.lawbook.positions import positions
from thongsuot.placement import problem_from


@pytest.fixture(scope="module")
def city() -> dict:
    return _staff.problem()


def balance(data: dict, by) -> tuple[Counter, Counter]:
    """Too many and too few, counted from the lists."""
    places = {(one["unit"], one["position"]): one["places"] for one in data["frames"]}
    present = Counter((one["unit"], one["position"]) for one in data["people"])
    surplus: Counter = Counter()
    shortage: Counter = Counter()
    for cell in places.keys() | present.keys():
        over = present[cell] - places.get(cell, 0)
        (surplus if over > 0 else shortage)[by(*cell)] += abs(over)
    return +surplus, +shortage


def test_the_city_has_the_published_totals(city: dict) -> None:
    assert _staff.review(city) == {
        "units": 168,
        "places": 8_183,
        "people": 8_300,
        "surplus": 1_052,
        "shortage": 935,
    }


def test_the_city_has_the_published_totals_by_former_area(city: dict) -> None:
    area = {one["code"]: one["area"] for one in city["units"]}
    surplus, shortage = balance(city, lambda unit, _position: area[unit])
    assert surplus == {"79": 908, "74": 58, "77": 86}
    assert shortage == {"79": 506, "74": 304, "77": 125}


def test_the_city_has_the_published_totals_by_field(city: dict) -> None:
    surplus, shortage = balance(city, lambda _unit, position: _staff.BY_CODE[position].group)
    assert surplus == {"VP": 223, "TCKH": 66, "XDCT": 187, "REST": 576}
    assert shortage == {"VP": 160, "TCKH": 118, "XDCT": 126, "REST": 531}


def test_what_was_said_to_be_over_and_under_filled_is_so(city: dict) -> None:
    surplus, shortage = balance(city, lambda _unit, position: position)
    for over in ("VP04", "HC01", "VH03"):
        assert surplus[over] > shortage[over]
    for under in ("VH08", "VP02", "KT11", "KT06", "KT01"):
        assert shortage[under] > surplus[under]


def test_the_positions_are_the_27_that_the_city_counts() -> None:
    counted = {
        one.code for one in positions().values() if one.counted and one.listed["en"].startswith("Letter 7415")
    }
    assert {one.code for one in _staff.POSITIONS} == counted
    assert all(set(one.near) < counted - {one.code} for one in _staff.POSITIONS)


def test_its_units_are_the_citys_own_with_their_points(city: dict) -> None:
    own = {one.code: one for one in _staff.communes() if one.province == "79"}
    assert {one["code"] for one in city["units"]} == own.keys()
    assert all(
        (one["lat"], one["lon"]) == (own[one["code"]].latitude, own[one["code"]].longitude)
        for one in city["units"]
    )
    assert Counter(one["area"] for one in city["units"]) == {"79": 102, "74": 36, "77": 30}


def test_everybody_has_two_to_four_positions_open_and_about_one_in_25_is_locked(city: dict) -> None:
    assert {len(one["fits"]) for one in city["people"]} == {2, 3, 4}
    assert all(one["position"] in one["fits"] for one in city["people"])
    assert 0.03 < sum(one["locked"] is not None for one in city["people"]) / 8_300 < 0.05
    assert any(one["origin"] for one in city["people"])
    assert any(one["prefers"] for one in city["people"])


@pytest.mark.parametrize("units", [1, 2, 7, 25, 180])
@pytest.mark.parametrize("caps", [False, True])
def test_every_size_is_a_sound_problem(units: int, caps: bool) -> None:
    data = _staff.problem(units, caps=caps)
    problem = problem_from(data)
    assert len(problem.units) == units
    assert all((unit.max_departures is not None) == caps for unit in problem.units)
    told = _staff.review(data)
    assert told["people"] - told["places"] == told["surplus"] - told["shortage"]


def test_one_seed_gives_one_problem_and_another_seed_another() -> None:
    assert _staff.problem(5) == _staff.problem(5)
    assert _staff.problem(5) != _staff.problem(5, seed=1)
    assert _staff.problem(5, caps=True)["people"] == _staff.problem(5)["people"]


def test_the_country_is_34_provinces_with_3321_units() -> None:
    assert len(_staff.provinces()) == 34
    assert len(_staff.communes()) == 3_321
    code = min(_staff.provinces(), key=lambda code: sum(one.province == code for one in _staff.communes()))
    data = _staff.province(code)
    problem_from(data)
    assert 38 < len(data["people"]) / len(data["units"]) < 44
