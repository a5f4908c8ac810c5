"""How far a directive has come down: which unit has its own document, and which point has been taken up where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When

from thongsuot.documents.enums import Standing, UptakeKind
from thongsuot.documents.models import Directive, Document, TakenPoint, Uptake, Wording
from thongsuot.documents.policies import answer_scope, directive_scope
from thongsuot.documents.queries.text import leaves, newest_version, wordings_of
from thongsuot.matters.enums import State
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import scope as matter_scope
from thongsuot.units.models import Mandate, Unit

STANDING_TONES = {
    Standing.MISSING_LATE: ("late", "alert-triangle"),
    Standing.MISSING: ("due", "clock"),
    Standing.LOOK_AGAIN: ("due", "refresh"),
    Standing.DONE_LATE: ("done", "clock-check"),
    Standing.DONE: ("calm", "check"),
    Standing.NOT_APPLICABLE: ("done", "ban"),
}


def visible_directives(by: Mandate) -> QuerySet[Directive]:
    return Directive.objects.filter(directive_scope(by)).select_related(
        "document", "order", "issuer", "version"
    )


def visible_uptakes(by: Mandate) -> QuerySet[Uptake]:
    return Uptake.objects.filter(answer_scope(by)).select_related(
        "unit", "document", "directive__document", "directive__order", "again", "seen"
    )


def _answers(directive: Directive) -> QuerySet[Uptake]:
    return Uptake.objects.filter(directive=directive, unit=OuterRef("unit"))


def units_of(directive: Directive, by: Mandate, on: date) -> QuerySet[Matter]:
    """The tasks of the order the mandate sees, each with how its unit stands and how many days that took."""
    answers = _answers(directive)
    first = answers.order_by("answered_on", "pk")
    points = TakenPoint.objects.filter(uptake__directive=directive, uptake__unit=OuterRef("unit"))
    counted_points = (
        points.order_by().values("uptake__unit").annotate(n=Count("point", distinct=True)).values("n")
    )
    rows = Matter.objects.filter(matter_scope(by), order=directive.order_id).exclude(state=State.WITHDRAWN)
    rows = rows.select_related("unit").annotate(
        answered_on=Subquery(first.values("answered_on")[:1]),
        answer=Subquery(first.values("pk")[:1]),
        answer_number=Subquery(first.values("document__number")[:1]),
        answer_symbol=Subquery(first.values("document__symbol")[:1]),
        points=Subquery(counted_points[:1]),
    )
    return rows.annotate(standing=_standing(answers, on)).order_by("unit__name", "pk")


def _standing(answers: QuerySet[Uptake], on: date) -> Case:
    return Case(
        When(Exists(answers.filter(again__isnull=False)), then=Value(Standing.LOOK_AGAIN.value)),
        When(
            Exists(answers.filter(kind=UptakeKind.NOT_APPLICABLE)), then=Value(Standing.NOT_APPLICABLE.value)
        ),
        When(answered_on__gt=F("due_on"), then=Value(Standing.DONE_LATE.value)),
        When(answered_on__isnull=False, then=Value(Standing.DONE.value)),
        When(due_on__lt=on, then=Value(Standing.MISSING_LATE.value)),
        default=Value(Standing.MISSING.value),
        output_field=CharField(),
    )


def counted(rows: QuerySet[Matter]) -> dict[str, int]:
    """How many units stand how; every state is named, and they add up to the total."""
    found = Counter(row.standing for row in rows.order_by().select_related(None).only("pk"))  # type: ignore[attr-defined]
    return {state.value: found[state.value] for state in Standing}


def standings_of(directives: Sequence[Directive], by: Mandate, on: date) -> dict[int, dict[str, int]]:
    """The same counts for several directives, in one query."""
    answers = Uptake.objects.filter(directive__order=OuterRef("order"), unit=OuterRef("unit"))
    orders = {one.order_id: one.pk for one in directives}
    rows = Matter.objects.filter(matter_scope(by), order__in=list(orders)).exclude(state=State.WITHDRAWN)
    rows = rows.annotate(
        answered_on=Subquery(answers.order_by("answered_on", "pk").values("answered_on")[:1])
    )
    pairs = Counter(
        rows.order_by().annotate(standing=_standing(answers, on)).values_list("order", "standing")
    )
    return {
        pk: {state.value: pairs[order, state.value] for state in Standing} for order, pk in orders.items()
    }


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point of a directive and how many of the units seen have taken it up."""

    wording: Wording
    units: int
    is_leaf: bool

    @property
    def untaken(self) -> bool:
        return self.is_leaf and not self.units


def points_of(directive: Directive, by: Mandate) -> list[PointLine]:
    version = newest_version(directive.document)
    if version is None:
        return []
    wordings = list(wordings_of(version))
    ends = {one.pk for one in leaves(wordings)}
    taken = TakenPoint.objects.filter(
        uptake__directive=directive, uptake__in=Uptake.objects.filter(answer_scope(by)).values("pk")
    )
    by_point = dict(taken.order_by().values_list("point").annotate(n=Count("uptake__unit", distinct=True)))
    return [PointLine(one, by_point.get(one.point_id, 0), one.pk in ends) for one in wordings]


def taking_up(document: Document, by: Mandate) -> QuerySet[Uptake]:
    """What this document was issued to carry out."""
    return visible_uptakes(by).filter(document=document)


def own_uptakes(directive: Directive, unit: Unit) -> QuerySet[Uptake]:
    return Uptake.objects.filter(directive=directive, unit=unit).select_related("document", "again", "seen")


def task_of(directive: Directive, unit: int) -> Matter | None:
    return Matter.objects.filter(order=directive.order_id, unit=unit).exclude(state=State.WITHDRAWN).first()


def _of_directives(by: Mandate, on: date) -> QuerySet[Matter]:
    """The tasks of all directives the mandate sees, each with how its unit stands."""
    answers = Uptake.objects.filter(directive__order=OuterRef("order"), unit=OuterRef("unit"))
    rows = Matter.objects.filter(matter_scope(by), order__directive__isnull=False)
    rows = rows.exclude(state=State.WITHDRAWN).annotate(
        answered_on=Subquery(answers.order_by("answered_on", "pk").values("answered_on")[:1])
    )
    return rows.annotate(standing=_standing(answers, on))


def told_to(unit: Unit, by: Mandate, on: date) -> QuerySet[Matter]:
    """What one unit was told to put into effect, the newest first."""
    rows = _of_directives(by, on).filter(unit=unit).select_related("order__directive__document")
    return rows.order_by("-raised_on", "-pk")


def owed_by_unit(by: Mandate, province: Unit, on: date) -> dict[int, float]:
    """How many directives each commune has not answered; those that owe none are told with 0."""
    found: Counter[int] = Counter()
    for row in _of_directives(by, on).filter(unit__parent=province).order_by().only("unit_id"):
        owes = row.standing in (Standing.MISSING, Standing.MISSING_LATE)  # type: ignore[attr-defined]
        found[row.unit_id or 0] += owes
    return {unit: float(count) for unit, count in found.items()}


def to_look_at(by: Mandate) -> QuerySet[Uptake]:
    """Own documents that rest on points worded otherwise by now."""
    return (
        visible_uptakes(by)
        .filter(unit__in=by.places, again__isnull=False)
        .order_by("again__effective_on", "pk")
    )


def taken_by(point_keys: Sequence[int], by: Mandate) -> QuerySet[TakenPoint]:
    rows = TakenPoint.objects.filter(point__in=point_keys, uptake__in=visible_uptakes(by).values("pk"))
    return rows.select_related("uptake__unit", "uptake__document", "by_point").order_by(
        "uptake__unit__name", "pk"
    )
