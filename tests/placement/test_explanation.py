"""The explanation adds up: every open place and every person is counted once, every move says why."""

from typing import Any

from hypothesis import given, settings

from tests.placement.small import best, person, position, problem_data, problems, unit
from tests.placement.test_best import calm
from thongsuot.placement import Plan, Reason, Relaxation, check, problem_from, sentence, solve


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
    assert told["max_km"] == {
        "rule": "max_km",
        "from": 30,
        "to": 40,
        "fills": 1,
        "weight": 3,
        "status": "exact",
    }
    assert [reason.code for reason in plan.surplus[0].why] == ["surplus.present", "surplus.max_km"]
    assert counted(plan.unfilled[0].why, "open.max_km") == 2


def test_one_more_person_is_worth_the_weight_of_the_place_they_would_fill() -> None:
    plan = solve(problem_from(lonely()))
    worth = {(price.position, price.unit, price.area): price.marginal_weight for price in plan.prices}
    assert worth == {("P", None, None): 3, ("P", None, "hcm"): 3, ("P", "B", None): 3}
    assert {price.status for price in plan.prices} == {"exact"}


def one_more(data: dict[str, Any], at: str, holds: str) -> dict[str, Any]:
    """Someone from far away whose origin is the unit and who can hold nothing else."""
    new = person("new", "Z", holds, fits={holds: "full"}, origin=at)
    return {**data, "units": [*data["units"], unit("Z", 9000)], "people": [*data["people"], new]}


def loosened(data: dict[str, Any], told: Relaxation) -> dict[str, Any]:
    if told.rule in ("max_km", "keep_cover"):
        value = told.target if told.rule == "max_km" else False
        return {**data, "rules": {**data["rules"], told.rule: value}}
    if told.rule == "training":
        people = [
            {**one, "fits": {**one["fits"], told.target: "full"}} if one["id"] == told.origin else one
            for one in data["people"]
        ]
        return {**data, "people": people}
    units = [{**one, told.rule: told.target} if one["code"] == told.at else one for one in data["units"]]
    return {**data, "units": units}


@settings(calm, max_examples=60)
@given(problems(caps=True, most_people=4))
def test_prices_and_relaxations_gain_what_they_say(data: dict[str, Any]) -> None:
    """Beside the best of all assignments: exact where they say so, else between what is sure and what is most."""
    plan = solve(problem_from(data))
    if plan.status == "infeasible":
        return
    claims = [
        *(
            (price, price.marginal_weight, one_more(data, price.unit, price.position))
            for price in plan.prices
            if price.unit
        ),
        *((told, told.weight, loosened(data, told)) for told in plan.relaxations),
    ]
    for claim, weight, changed in claims:
        value = best(changed)
        assert value is not None
        gained = -value[0] - plan.objective.filled_weight
        assert weight <= gained
        assert claim.status == "bound" or weight == gained
        assert claim.most is None or gained <= claim.most


def test_training_one_person_is_worth_the_place_they_fill() -> None:
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
