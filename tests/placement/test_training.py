"""The training plan: what is called the best is the best, tried against every plan there is."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.placement.training import Course, Group, TrainingPlan, class_by_class, plan_training

CODES = ("A", "B")
courses = st.tuples(
    *(
        st.builds(
            Course,
            code=st.just(code),
            holding=st.integers(0, 6),
            place=st.integers(0, 4),
            seats=st.integers(1, 3),
            classes=st.integers(0, 2),
        )
        for code in CODES
    )
)
groups = st.tuples(
    *(
        st.builds(
            Group,
            code=st.just(code),
            people=st.integers(0, 3),
            courses=st.frozensets(st.sampled_from(CODES)),
            weight=st.integers(1, 3),
        )
        for code in ("g", "h")
    )
)


def every_plan(all_groups: tuple[Group, ...], all_courses: tuple[Course, ...]) -> list[tuple[int, int]]:
    """(weight, cost) of every way to send people, with as few classes as hold them."""
    pairs = [
        (group, course) for group in all_groups for course in all_courses if course.code in group.courses
    ]
    found = []
    for many in product(*(range(group.people + 1) for group, _course in pairs)):
        sent = dict(zip(((group.code, course.code) for group, course in pairs), many, strict=True))
        if any(
            sum(n for (g, _c), n in sent.items() if g == group.code) > group.people for group in all_groups
        ):
            continue
        cost, holds = 0, True
        for course in all_courses:
            inside = sum(n for (_g, c), n in sent.items() if c == course.code)
            classes = -(-inside // course.seats)
            holds &= classes <= course.classes
            cost += inside * course.place + classes * course.holding
        if holds:
            weights = {group.code: group.weight for group in all_groups}
            found.append((sum(weights[g] * n for (g, _c), n in sent.items()), cost))
    return found


def holds(plan: TrainingPlan, all_groups: tuple[Group, ...], all_courses: tuple[Course, ...]) -> bool:
    by_group = {group.code: group for group in all_groups}
    return all(
        sum(n for (g, _c), n in plan.places.items() if g == group.code) <= group.people
        for group in all_groups
    ) and all(
        sum(n for (g, c), n in plan.places.items() if c == course.code and c in by_group[g].courses)
        <= course.seats * plan.classes.get(course.code, 0)
        <= course.seats * course.classes
        for course in all_courses
    )


@settings(max_examples=80)
@given(groups, courses, st.one_of(st.none(), st.integers(0, 25)))
def test_no_plan_closes_more_for_the_money_nor_as_much_for_less(
    all_groups: tuple[Group, ...], all_courses: tuple[Course, ...], budget: int | None
) -> None:
    plan = plan_training(all_groups, all_courses, budget)
    within = [one for one in every_plan(all_groups, all_courses) if budget is None or one[1] <= budget]
    most = max(weight for weight, _cost in within)
    least = min(cost for weight, cost in within if weight == most)
    assert (plan.weight, plan.cost, plan.proven) == (most, least, True)
    assert holds(plan, all_groups, all_courses)


@settings(max_examples=50)
@given(groups, courses)
def test_what_is_done_by_hand_never_beats_it_for_the_same_money(
    all_groups: tuple[Group, ...], all_courses: tuple[Course, ...]
) -> None:
    for step in class_by_class(all_groups, all_courses):
        assert holds(step, all_groups, all_courses)
        assert plan_training(all_groups, all_courses, step.cost).weight >= step.weight


@given(groups, courses)
@settings(max_examples=30)
def test_the_order_of_the_lists_changes_nothing(
    all_groups: tuple[Group, ...], all_courses: tuple[Course, ...]
) -> None:
    once = plan_training(all_groups, all_courses, 12)
    assert plan_training(all_groups[::-1], all_courses[::-1], 12) == once


def test_nobody_to_train_costs_nothing() -> None:
    assert plan_training([], [Course("A", 5, 1, 10, 2)], None).cost == 0
