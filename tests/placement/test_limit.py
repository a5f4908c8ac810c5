"""A time limit that is up: still a plan that obeys every rule, and nothing claimed that is not proven."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.placement.small import best, problems
from tests.placement.test_best import calm
from thongsuot.placement import check, problem_from, solve
from thongsuot.placement.tiers import Clock


@settings(calm, max_examples=40)
@given(problems(caps=True, most_people=4), st.sampled_from((1e-9, 0.002)))
def test_the_plan_obeys_and_its_bound_holds(data: dict[str, Any], limit: float) -> None:
    problem = problem_from(data)
    plan = solve(problem, time_limit=limit, explain=False)
    wanted = best(data)
    if wanted is None:
        assert plan.status == "infeasible"
        return
    assert check(problem, plan).broken == ()
    assert plan.objective.order >= wanted
    if plan.status == "optimal":
        assert plan.objective.order == wanted
    assert plan.bound.get("filled_weight", -wanted[0]) >= -wanted[0]


def test_no_flow_is_begun_that_the_time_left_does_not_allow() -> None:
    assert Clock().allows_flow(10**9)
    assert Clock(60).allows_flow(10**6)
    assert not Clock(60).allows_flow(10**9)
