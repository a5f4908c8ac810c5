"""The explanation adds up: every open place and every person is counted once, every move says why."""

from typing import Any

from hypothesis import given, settings

from tests.placement.small import person, position, problem_data, problems, unit
from tests.placement.test_best import calm
from thongsuot.placement import Plan, Reason, check, problem_from, sentence, solve


def counted(reasons: tuple[Reason, ...], kind: str) -> int:
    return sum(
        reason.values["count"]
        for reason in reasons
        if reason.code.startswith(kind) and "count" in reason.values
    )


@settings(calm, max_examples=40)
@given(problems(caps=True))
def test_counts_add_up_and_every_sentence_reads_in_both_languages(data: dict[str, Any]) -> None:
    problem = problem_from(data)
    plan = solve(problem)
    if plan.status == "infeasible":
        assert plan.clash is not None
        return
    open_places = sum(place.count for place in plan.unfilled)
    for one in plan.surplus:
        assert counted(one.why, "surplus.") == open_places
    for place in plan.unfilled:
        assert counted(place.why, "open.") == len(problem.people)
    for reason in reasons_of(plan):
        assert "{" not in sentence(reason, "vi") + sentence(reason, "en")
    assert all(move.why for move in plan.moves)
    assert check(problem, plan).ok


def reasons_of(plan: Plan) -> list[Reason]:
    several = [*plan.moves, *plan.surplus, *plan.unfilled]
    return [*(why for one in several for why in one.why), *(price.why for price in plan.prices), *plan.proof]


def test_a_chain_frees_one_place_so_that_another_can_be_filled() -> None:
    """r0 is one too many at R and only fits Q; q0 at Q can go to P, which nobody else can."""
    data = problem_data(
        units=[unit("A")],
        positions=[position("P"), position("Q"), position("R")],
        frames=[{"unit": "A", "position": code, "places": 1} for code in "PQR"],
        people=[
            person("q0", "A", "Q", fits={"P": "full"}),
            person("r0", "A", "R", fits={"Q": "full"}),
            person("r1", "A", "R", fits={"R": "full"}),
        ],
    )
    plan = solve(problem_from(data))
    assert [(chain.people, chain.fills.position if chain.fills else None) for chain in plan.chains] == [
        (("q0", "r0"), "P")
    ]
    codes = {move.person: [reason.code for reason in move.why] for move in plan.moves}
    assert "move.followed" in codes["q0"]
    assert "move.replaces" in codes["r0"]
    assert plan.as_dict()["moves"][0]["why"][0] == "lấp chỗ còn trống: Vị trí P tại Phường A"


def lonely(**rules: Any) -> dict[str, Any]:
    """One too many at A, who fits the open place at B, 35 km away."""
    return problem_data(
        units=[unit("A"), unit("B", 35)],
        positions=[position("P", 3)],
        frames=[{"unit": "A", "position": "P", "places": 1}, {"unit": "B", "position": "P", "places": 1}],
        people=[person("p0", "A", "P"), person("p1", "A", "P")],
        rules={"max_km": 30, "keep_cover": True, **rules},
    )


def test_ten_kilometres_more_fill_a_place() -> None:
    plan = solve(problem_from(lonely()))
    told = {one["rule"]: one for one in plan.as_dict()["relaxations"]}
    assert told["max_km"] == {"rule": "max_km", "from": 30, "to": 40, "fills": 1, "weight": 3}
    assert [reason.code for reason in plan.surplus[0].why] == ["surplus.present", "surplus.max_km"]
    assert counted(plan.unfilled[0].why, "open.max_km") == 2


def test_one_more_person_is_worth_the_weight_of_the_place_they_would_fill() -> None:
    plan = solve(problem_from(lonely()))
    worth = {(price.position, price.unit): price.marginal_weight for price in plan.prices}
    assert worth == {("P", None): 3, ("P", "B"): 3}


def test_the_price_is_what_another_solve_gains() -> None:
    data = lonely()
    data["people"].append(person("new", "B", "P"))
    before, after = solve(problem_from(lonely())), solve(problem_from(data))
    assert after.objective.filled_weight - before.objective.filled_weight == 3


def test_training_one_person_is_solved_not_guessed() -> None:
    data = lonely(max_km=100)
    data["positions"].append(position("Q", 2))
    data["frames"][1]["position"] = "Q"
    plan = solve(problem_from(data))
    told = [one for one in plan.relaxations if one.rule == "training"]
    assert [(one.target, one.fills, one.weight) for one in told] == [("Q", 1, 2)]


def test_lifting_the_cap_that_binds_fills_one_more() -> None:
    data = lonely(max_km=100)
    data["units"][0]["max_departures"] = 0
    data["people"].append(person("p2", "A", "P"))
    data["frames"][1]["places"] = 2
    data["units"][0]["max_departures"] = 1
    plan = solve(problem_from(data))
    told = [one for one in plan.relaxations if one.rule == "max_departures"]
    assert [(one.at, one.origin, one.target, one.fills) for one in told] == [("A", 1, 2, 1)]
