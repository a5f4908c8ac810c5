"""Rounds of review: who has filed, since when, who was chased how often, and what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from thongsuot.staffing.models import ReviewRound, UnitReview
from thongsuot.staffing.policies import round_scope, scope
from thongsuot.staffing.queries.standing import by_cell
from thongsuot.staffing.standing import NOTHING, Standing, standing, together
from thongsuot.units.models import Mandate, Unit

FILED, OWING, LATE, RETURNED, CHASED, CHANGED = (
    "da-nop",
    "chua-nop",
    "qua-han",
    "tra-lai",
    "da-don-doc",
    "doi-khac",
)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One unit in a round. `then` as filed, `now` as the register has the same day now."""

    review: UnitReview
    chases: int
    last_chase: datetime | None
    then: Standing | None
    now: Standing
    changed: Sequence["ChangedPosition"]
    late: bool

    @property
    def unit(self) -> Unit:
        return self.review.unit

    @property
    def filed(self) -> bool:
        return self.review.filed_at is not None

    def fits(self, state: str) -> bool:
        return {
            FILED: self.filed,
            OWING: not self.filed,
            LATE: self.late,
            RETURNED: bool(self.review.returned_because),
            CHASED: bool(self.chases) and not self.filed,
            CHANGED: bool(self.changed),
        }.get(state, True)


@dataclass(frozen=True, slots=True)
class ChangedPosition:
    """A position that stood otherwise when it was filed."""

    code: str
    then: Standing
    now: Standing


@dataclass(frozen=True, slots=True)
class RoundPage:
    round: ReviewRound
    lines: Sequence[ReviewLine]

    def count(self, state: str) -> int:
        return sum(line.fits(state) for line in self.lines)

    @property
    def filed(self) -> int:
        return self.count(FILED)

    @property
    def owing(self) -> int:
        return self.count(OWING)

    @property
    def late(self) -> int:
        return self.count(LATE)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def as_filed(self) -> Standing:
        return together(line.then for line in self.lines if line.then is not None)


def rounds(by: Mandate) -> QuerySet[Any]:
    """With how many units owe and have filed, of those within reach."""
    here = Q(reviews__in=UnitReview.objects.filter(scope(by)))
    rows: QuerySet[Any] = ReviewRound.objects.filter(round_scope(by)).select_related("unit")
    counted: QuerySet[Any] = rows.annotate(
        units=Count("reviews", filter=here),
        filed=Count("reviews", filter=here & Q(reviews__filed_at__isnull=False)),
    )
    return counted.order_by("-opened_on", "-pk")


def round_page(by: Mandate, called: ReviewRound, today: date) -> RoundPage:
    """Every unit within reach; the same few queries however many they are."""
    rows: QuerySet[Any] = (
        UnitReview.objects.filter(scope(by), round=called)
        .select_related("unit", "snapshot", "round")
        .annotate(times=Count("chases"), last=Max("chases__at"))
    )
    now = _by_unit(by_cell(scope(by), called.on))
    found = [
        line_of(review, now.get(review.unit_id, {}), today) for review in rows.order_by("unit__name", "pk")
    ]
    return RoundPage(called, sorted(found, key=lambda line: line.filed))  # those that owe first


def line_of(review: Any, now: Mapping[str, Standing], today: date) -> ReviewLine:
    then = filed_cells(review)
    return ReviewLine(
        review,
        review.times,
        review.last,
        together(then.values()) if then is not None else None,
        together(now.values()),
        changed_since(then, now) if then is not None else (),
        review.filed_at is None and review.round.due_on < today,
    )


def review_with_chases(by: Mandate) -> QuerySet[Any]:
    rows = UnitReview.objects.filter(scope(by)).select_related(
        "unit", "unit__parent", "snapshot", "round", "round__unit"
    )
    return rows.annotate(times=Count("chases"), last=Max("chases__at"))


def cells_of_unit(review: UnitReview) -> Mapping[str, Standing]:
    """What the register holds now of the day the round asks for."""
    return _by_unit(by_cell(Q(unit=review.unit_id), review.round.on)).get(review.unit_id, {})


def filed_cells(review: UnitReview) -> Mapping[str, Standing] | None:
    """What was filed, over the counted positions; None where nothing is."""
    if review.snapshot is None:
        return None
    return {
        code: standing(one["places"], one["present"], len(one["unqualified"]))
        for code, one in review.snapshot.content.items()
        if one["counted"]
    }


def changed_since(then: Mapping[str, Standing], now: Mapping[str, Standing]) -> list[ChangedPosition]:
    return [
        ChangedPosition(code, before, after)
        for code in sorted({*then, *now})
        if (before := then.get(code, NOTHING)) != (after := now.get(code, NOTHING))
    ]


def _by_unit(found: Mapping[tuple[int, str], Standing]) -> dict[int, dict[str, Standing]]:
    units: dict[int, dict[str, Standing]] = {}
    for (unit, code), one in found.items():
        units.setdefault(unit, {})[code] = one
    return units
