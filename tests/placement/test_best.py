"""Thousands of small problems: the engine's plan is as good as the best of all assignments, and obeys every rule."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.placement.small import best, problems
from thongsuot.placement import check, problem_from, solve

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


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


@settings(calm, max_examples=1500)
@given(problems())
def test_the_plan_is_the_best_of_all(data: dict[str, Any]) -> None:
    obeys_and_is_best(data)


@settings(calm, max_examples=600)
@given(problems(caps=True))
def test_the_plan_is_the_best_of_all_under_departure_caps(data: dict[str, Any]) -> None:
    obeys_and_is_best(data)
