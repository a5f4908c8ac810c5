"""The checker refuses every plan that was changed, whatever was changed."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.placement.small import POSITIONS, UNITS, problems
from tests.placement.test_best import calm
from thongsuot.placement import check, problem_from, solve


@settings(calm, max_examples=50)
@given(problems(caps=True), st.data())
def test_a_changed_plan_is_refused_or_scored_as_it_is(data: dict[str, Any], draw: st.DataObject) -> None:
    problem = problem_from(data)
    plan = solve(problem, explain=False).as_dict()
    if plan["status"] == "infeasible" or not data["people"]:
        return
    changed = copy.deepcopy(plan)
    who = draw.draw(st.sampled_from([one["id"] for one in data["people"]]))
    target = {"unit": draw.draw(st.sampled_from(UNITS)), "position": draw.draw(st.sampled_from(POSITIONS))}
    for name in ("moves", "surplus"):
        changed[name] = [one for one in changed[name] if one["person"] != who]
    if draw.draw(st.booleans()):
        changed["moves"].append({"person": who, "to": target})
    same = [{key: one.get(key) for key in ("person", "to")} for one in plan["moves"]]
    now = [{key: one.get(key) for key in ("person", "to")} for one in changed["moves"]]
    report = check(problem, changed)
    if sorted(map(str, same)) == sorted(map(str, now)) and changed["surplus"] == plan["surplus"]:
        return
    assert not report.ok or report.objective.order == check(problem, plan).objective.order
