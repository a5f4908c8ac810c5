"""Pins that cannot all hold: the clash is one, and no part of it is."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from tests.placement.small import best, person, position, problem_data, problems, unit
from tests.placement.test_best import calm
from thongsuot.placement import Plan, problem_from, solve


def clash(**parts: Any) -> dict[str, Any]:
    data = problem_data(
        units=[unit("A"), unit("B", 12), unit("C", 63)],
        positions=[position("P"), position("Q")],
        frames=[{"unit": at, "position": "P", "places": 1} for at in "ABC"],
        people=[person("p0", "A", "P"), person("p1", "A", "P"), person("p2", "B", "P")],
    )
    data.update(parts)
    plan = solve(problem_from(data))
    assert plan.status == "infeasible"
    assert plan.clash is not None
    return plan.as_dict()["clash"]


def pin(who: str, at: str, holds: str = "P") -> dict[str, Any]:
    return {"person": who, "unit": at, "position": holds}


@pytest.mark.parametrize(
    ("parts", "rules"),
    [
        ({"pins": [pin("p0", "C")]}, ["max_km"]),
        ({"pins": [pin("p0", "A", "Q")]}, ["places"]),
        ({"pins": [pin("p0", "A"), pin("p0", "B")]}, []),
        ({"pins": [pin("p0", "B")], "forbids": [pin("p0", "B") | {"position": None}]}, []),
        ({"pins": [pin("p0", "B"), pin("p1", "B")]}, ["places"]),
        ({"people": [person("p0", "A", "P", locked="ill")], "pins": [pin("p0", "B")]}, ["locked"]),
        ({"people": [person("p0", "A", "P", fits={})], "pins": [pin("p0", "B")]}, ["fits"]),
        ({"people": [person("p0", "A", "P")], "pins": [pin("p0", "B")]}, ["places", "keep_cover"]),
    ],
)
def test_each_kind_of_clash_is_named(parts: dict[str, Any], rules: list[str]) -> None:
    found = clash(**parts)
    assert found["rules"] == rules
    assert found["smallest"]
    assert found["why"]


def test_a_clash_under_a_departure_cap_is_named() -> None:
    one_may_go = [unit("A", cap=1), unit("B", 12), unit("C", 20)]
    found = clash(
        units=one_may_go,
        frames=[{"unit": at, "position": "P", "places": 2} for at in "ABC"],
        people=[person(f"p{number}", "A", "P") for number in range(3)],
        pins=[pin("p0", "B"), pin("p1", "C")],
    )
    assert found["rules"] == ["max_departures"]
    assert len(found["pins"]) == 2


def feasible(data: dict[str, Any], keep: list[tuple[str, int]], rules: list[str]) -> bool:
    """With these bonds alone, and of the rules that can bend only those named."""
    part: dict[str, Any] = {"units": data["units"], "rules": dict(data["rules"])}
    for name in ("pins", "forbids"):
        part[name] = [data[name][number] for kind, number in keep if kind == name]
    if "quota" not in rules:
        part["units"] = [{**one, "quota": 70} for one in data["units"]]
    if "keep_cover" not in rules:
        part["rules"]["keep_cover"] = False
    return best({**data, **part}) is not None


@settings(calm, max_examples=50)
@given(problems(most_people=4))
def test_the_bonds_of_a_clash_clash_and_no_fewer_do(data: dict[str, Any]) -> None:
    plan: Plan = solve(problem_from(data), explain=False)
    if plan.clash is None:
        return
    told = plan.as_dict()["clash"]
    keep = [(name, data[name].index(bond)) for name in ("pins", "forbids") for bond in told[name]]
    assert not feasible(data, keep, told["rules"])
    for fewer in combinations(keep, len(keep) - 1):
        assert feasible(data, list(fewer), told["rules"]), "a part of the clash would do"
