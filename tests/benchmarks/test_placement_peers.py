"""The peers solve the contract's problem: small ones to the engine's own optimum, and never past a hard rule."""

import _staff
import pytest
from _placement_board import TIERS, Board, Found
from _placement_by_hand import greedy
from _placement_curve import drawing, text_chart
from _placement_peers import cpsat, mip, plain

from thongsuot.placement import check, problem_from, solve


def small(units: int = 2, *, caps: bool = False, seed: int = 3, every: int = 3) -> dict:
    """A third of the people and places of so many communes: a plain model ends on it."""
    data = _staff.problem(units, caps=caps, seed=seed)
    kept = {one.code for one in _staff.POSITIONS[::every]}
    people = [one for one in data["people"] if one["position"] in kept]
    for one in people:
        one["fits"] = {code: level for code, level in one["fits"].items() if code in kept}
    return {
        **data,
        "positions": [one for one in data["positions"] if one["code"] in kept],
        "frames": [one for one in data["frames"] if one["position"] in kept],
        "people": people,
    }


def checked(data: dict, found: Found) -> dict:
    plan = Board(data).plan(found.chosen, found.status, found.bound)
    report = check(problem_from(data), plan)
    assert report.ok, report.broken
    assert {name: getattr(report.objective, name) for name in TIERS} == plan["objective"]
    return plan


def best(data: dict) -> dict:
    plan = solve(problem_from(data), explain=False)
    assert plan.status == "optimal"
    return {name: getattr(plan.objective, name) for name in TIERS}


@pytest.mark.parametrize("caps", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_plain_integer_programme_proves_the_engines_optimum(seed: int, caps: bool) -> None:
    data = small(4, caps=caps, seed=seed)
    found = mip(Board(data), 60)
    assert found.status == "optimal"
    assert checked(data, found)["objective"] == best(data) == found.bound


@pytest.mark.parametrize("caps", [False, True])
def test_the_plain_cp_sat_model_proves_the_engines_optimum(caps: bool) -> None:
    data = small(caps=caps)
    found = cpsat(Board(data), 60)
    assert found.status == "optimal"
    assert checked(data, found)["objective"] == best(data) == found.bound


def test_pins_and_refusals_bind_the_plain_models_as_they_bind_the_engine() -> None:
    data = small(4, every=2)
    transfer = next(one for one in solve(problem_from(data), explain=False).moves if one.kind == "transfer")
    stay = {"person": transfer.person, "unit": transfer.origin.unit, "position": transfer.origin.position}
    away = {"person": transfer.person, "unit": transfer.target.unit, "position": None}
    for changed in ({**data, "pins": [stay]}, {**data, "forbids": [away]}):
        assert checked(changed, mip(Board(changed), 60))["objective"] == best(changed)


def test_a_plain_model_that_runs_out_of_time_says_so_and_keeps_what_it_had() -> None:
    data = _staff.problem(6)
    board = Board(data)
    kept: list[int] = []
    found = cpsat(board, 3, lambda found: kept.append(board.objective(found.chosen)["filled_weight"]))
    assert found.status == "feasible"
    assert len(found.proven) < len(TIERS)
    assert kept[0] == board.objective(board.today())["filled_weight"]
    assert kept[0] <= checked(data, found)["objective"]["filled_weight"] <= best(data)["filled_weight"]


@pytest.mark.parametrize("caps", [False, True])
def test_the_office_by_hand_keeps_every_rule_and_never_beats_the_optimum(caps: bool) -> None:
    data = _staff.problem(12, caps=caps)
    board = Board(data)
    plan = checked(data, greedy(board))
    today = board.objective(board.today())["filled_weight"]
    without_caps = best(_staff.problem(12))["filled_weight"]
    assert today < plan["objective"]["filled_weight"] <= without_caps


def test_the_office_looks_inside_the_commune_first_and_then_for_the_nearest() -> None:
    def unit(code: str, lon: float) -> dict:
        return {
            "code": code,
            "name": code,
            "lat": 10.0,
            "lon": lon,
            "area": "",
            "quota": 9,
            "max_departures": None,
        }

    def person(name: str, unit: str) -> dict:
        fits = {"a": "full", "b": "full"}
        rest = {"block": "government", "locked": None, "origin": None, "home": None, "prefers": []}
        return {"id": name, "unit": unit, "position": "a", "fits": fits, **rest}

    data = {
        "schema": "thongsuot.placement.problem/1",
        "units": [unit("far", 106.2), unit("here", 106.0), unit("near", 106.1)],
        "positions": [{"code": code, "name": code, "weight": 1} for code in "ab"],
        "frames": [{"unit": "here", "position": "b", "places": 2}],
        "people": [person("1", "far"), person("2", "here"), person("3", "near")],
        "rules": {"max_km": 30, "keep_cover": True},
        "pins": [],
        "forbids": [],
    }
    plan = checked(data, greedy(Board(data)))
    assert [(one["person"], one["kind"]) for one in plan["moves"]] == [
        ("2", "reassignment"),
        ("3", "transfer"),
    ]
    assert [one["person"] for one in plan["surplus"]] == ["1"]


def test_the_columns_count_what_the_board_counts() -> None:
    board = Board(_staff.problem(5))
    model = plain(board)
    units, positions = list(board.units), list(board.weight)
    for column in range(0, len(model.person), 97):
        cell = units[model.unit[column]], positions[model.position[column]]
        assert tuple(model.tiers[column]) == board.counts(int(model.person[column]), cell)
    today = board.today()
    assert model.chosen(model.taken(today)) == today


def test_the_curve_is_drawn_and_printed() -> None:
    points = [
        {"units": units, "ours": {"seconds": units / 100}, "ours_with_caps": {"seconds": units / 40}}
        for units in (10, 100, 700)
    ]
    svg = drawing(points)
    assert svg.startswith("<svg")
    assert svg.count("<circle") == 6
    assert "7.00 s" in text_chart(points)
