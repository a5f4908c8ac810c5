"""The same problem gives the same plan, whatever the order of its lists."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.placement.small import problems
from tests.placement.test_best import calm
from thongsuot.placement import problem_from, solve


def shuffled(data: dict[str, Any], seed: int) -> dict[str, Any]:
    dice = random.Random(seed)
    mixed = {
        key: dice.sample(value, len(value)) if isinstance(value, list) else value
        for key, value in data.items()
    }
    for one in mixed["people"]:
        one["fits"] = dict(dice.sample(sorted(one["fits"].items()), len(one["fits"])))
        one["prefers"] = dice.sample(one["prefers"], len(one["prefers"]))
    return dict(dice.sample(sorted(mixed.items(), key=lambda pair: pair[0]), len(mixed)))


@settings(calm, max_examples=25)
@given(problems(caps=True), st.integers(0, 99))
def test_order_does_not_matter(data: dict[str, Any], seed: int) -> None:
    plans = [solve(problem_from(one)).as_dict() for one in (data, shuffled(data, seed))]
    for plan in plans:
        del plan["seconds"]
    assert plans[0] == plans[1]
