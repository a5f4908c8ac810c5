"""Optional keys: stages, limits, relatives, secondment, previous and agreed moves."""

from typing import Any

from tests.placement.small import person, position, problem_data, unit
from thongsuot.placement import Forbid, Plan, Session, check, problem_from, solve, stages


def board(**parts: Any) -> dict[str, Any]:
    """Two too many at A; open places at B and C, both near."""
    data = problem_data(
        units=[unit("A"), unit("B", 10), unit("C", 20)],
        positions=[position("P")],
        frames=[{"unit": at, "position": "P", "places": 1} for at in "ABC"],
        people=[person(f"p{number}", "A", "P") for number in range(3)],
    )
    return {**data, **parts}


def solved(data: dict[str, Any]) -> Plan:
    problem = problem_from(data)
    plan = solve(problem)
    assert check(problem, plan).broken == ()
    assert plan.status == "optimal"
    return plan


def test_without_options_both_places_are_filled() -> None:
    assert solved(board()).objective.order[:2] == (-3, 2)


def test_a_stage_that_is_not_open_moves_nobody() -> None:
    assert solved(board(stages=["inside"])).objective.order[:2] == (-1, 0)


def test_stages_one_by_one_never_beat_the_whole_board() -> None:
    data = board(
        people=[
            person("p0", "A", "P"),
            person("p1", "A", "P", block="party"),
            person("p2", "A", "P", fits={"P": "training"}),
        ]
    )
    staged = stages(problem_from(data))
    assert [stage.name for stage in staged.one_by_one] == [
        "inside",
        "between",
        "blocks",
        "departments",
        "training",
    ]
    assert [stage.added for stage in staged.together] == [0, 1, 1, 0, 0]
    assert staged.gained >= 0
    assert staged.whole.filled == 3


def test_a_limit_keeps_a_group_small_but_drives_nobody_out() -> None:
    limits = [{"unit": None, "positions": ["P"], "most": 0}]
    assert solved(board(limits=limits)).objective.order[:2] == (-1, 0)


def test_relatives_are_not_brought_together() -> None:
    people = [person("p0", "A", "P"), person("p1", "A", "P"), person("q", "B", "P", locked="ill")]
    frames = [{"unit": "A", "position": "P", "places": 1}, {"unit": "B", "position": "P", "places": 2}]
    apart = [{"people": ["p0", "q"]}, {"people": ["p1", "q"]}]
    assert solved(board(people=people, frames=frames)).objective.filled_weight == 3
    assert solved(board(people=people, frames=frames, relatives=apart)).objective.filled_weight == 2


def test_a_secondment_fills_the_chair_and_not_the_quota() -> None:
    full = [unit("A"), unit("B", 10, quota=0)]
    frames = [{"unit": at, "position": "P", "places": 1} for at in "AB"]
    people = [person("p0", "A", "P"), person("p1", "A", "P")]
    lent = [person("p0", "A", "P"), person("p1", "A", "P", secondment=True)]
    assert solved(board(units=full, frames=frames, people=people)).objective.filled_weight == 1
    plan = solved(board(units=full, frames=frames, people=lent))
    assert plan.objective.filled_weight == 2
    assert plan.as_dict()["moves"][0]["secondment"] is True


def test_after_a_refusal_the_rest_of_the_plan_stays() -> None:
    session = Session(problem_from(board()))
    first = session.solve()
    refused = first.moves[0]
    again = session.resolve(forbids=[Forbid(refused.person, refused.target.unit)], previous=first)
    kept = {(move.person, move.target) for move in first.moves} & {
        (move.person, move.target) for move in again.moves
    }
    assert again.objective.filled_weight == first.objective.filled_weight
    assert again.objective.disturbance == 2
    assert kept == {(first.moves[1].person, first.moves[1].target)}


def test_agreed_moves_are_kept() -> None:
    agreed = [{"person": "p2", "unit": "C", "position": "P"}]
    assert {move.person: move.target.unit for move in solved(board(agreed=agreed)).moves}["p2"] == "C"


def test_time_that_is_up_is_not_called_optimal() -> None:
    data = board()
    data["units"][0]["max_departures"] = 1
    plan = solve(problem_from(data), time_limit=1e-9)
    assert plan.status in {"optimal", "feasible"}
    assert check(problem_from(data), plan).ok
