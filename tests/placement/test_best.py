"""Thousands of small problems: the engine's plan is as good as the best of all assignments, and obeys every rule."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.placement.small import best, problems
from thongsuot.placement import Forbid, Pin, Plan, Session, check, problem_from, solve

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def beside(data: dict[str, Any], **caps: Any) -> Iterator[dict[str, Any]]:
    """The board drawn, and the same people under other rules: drawing a board costs more than solving it."""
    far, cover = data["rules"]["max_km"], data["rules"]["keep_cover"]
    yield data
    yield {**data, "rules": {"max_km": 100 - far, "keep_cover": cover}, "pins": []}
    yield {**data, "rules": {"max_km": far, "keep_cover": not cover}, "forbids": []}
    yield {
        **data,
        "rules": {"max_km": 100, "keep_cover": cover},
        "units": [{**one, "quota": 9, **caps} for one in data["units"]],
    }


def obeys_and_is_best(data: dict[str, Any]) -> None:
    problem = problem_from(data)
    plan = solve(problem, explain=False)
    wanted = best(data)
    if wanted is None:
        assert plan.status == "infeasible"
        return
    assert plan.status == "optimal"
    assert plan.objective.order == wanted
    assert check(problem, plan.as_dict()).broken == ()


@settings(calm, max_examples=200)
@given(problems())
def test_the_plan_is_the_best_of_all(data: dict[str, Any]) -> None:
    for one in beside(data):
        obeys_and_is_best(one)


@settings(calm, max_examples=80)
@given(problems(caps=True))
def test_the_plan_is_the_best_of_all_under_departure_caps(data: dict[str, Any]) -> None:
    for one in beside(data, max_departures=1):
        obeys_and_is_best(one)


@settings(calm, max_examples=120)
@given(st.booleans().flatmap(lambda caps: problems(caps=caps, bound=False)), st.data())
def test_a_second_question_is_answered_as_well_as_a_first(data: dict[str, Any], draw: st.DataObject) -> None:
    session = Session(problem_from(data))
    first = session.solve(explain=False)
    if not data["people"]:
        return
    bond = {
        "person": draw.draw(st.sampled_from([one["id"] for one in data["people"]])),
        "unit": draw.draw(st.sampled_from([one["code"] for one in data["units"]])),
        "position": draw.draw(st.sampled_from([one["code"] for one in data["positions"]])),
    }
    pins = draw.draw(st.booleans())
    bonds: dict[str, Any] = {"pins": [Pin(**bond)]} if pins else {"forbids": [Forbid(**bond)]}
    again = session.resolve(**bonds, explain=False)
    kept = session.resolve(**bonds, previous=first, explain=False)
    wanted = best({**data, "pins" if pins else "forbids": [bond]})
    assert (again.status == "infeasible") == (wanted is None)
    if wanted is not None:
        assert again.objective.order == wanted
        assert kept.objective.order[:6] == wanted
        assert {again.status, kept.status} == {"optimal"}
        assert (kept.objective.disturbance or 0) <= moved(first, again)


def moved(before: Plan, after: Plan) -> int:
    """How many people go elsewhere than before."""
    lots = [{move.person: move.target for move in plan.moves} for plan in (before, after)]
    return sum(lots[0].get(person) != lots[1].get(person) for person in {*lots[0], *lots[1]})
