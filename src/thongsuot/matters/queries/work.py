"""My work: what waits for the holder of a mandate, and what they wait for from others."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from thongsuot.lawbook.calendar import add_working_days, working_days_between
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.enums import (
    NEXT_ACT_OF_PROPOSAL,
    NEXT_ACT_OF_TASK,
    Act,
    Decision,
    Direction,
    LegKind,
    State,
)
from thongsuot.matters.models import Extension, Leg, Matter, MatterUnit
from thongsuot.matters.policies import NOTHING, scope
from thongsuot.matters.queries.remembering import counted
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import field_scope
from thongsuot.units.queries.asking import numbers, standing_of
from thongsuot.web.worded import Statement, answers, asked, together, worded

# The parts of a load in addresses.
LATE, SOON, LATER = "qua-han", "sap-den-han", "con-han"
_UP, _DOWN = Q(direction=Direction.UP), Q(direction=Direction.DOWN)
# Which open matters a verb is the key to.
_DONE_BY = {
    Verb.ISSUE: _DOWN & Q(state=State.RECORDED),
    Verb.PERFORM: _DOWN
    & Q(state__in=[State.ISSUED, State.RECEIVED, State.IN_PROGRESS, State.RETURNED])
    & (
        Q(waiting_since__isnull=True) | Q(turn_unit=F("holder"))
    ),  # while others are waited for it is their turn
    Verb.VERIFY: _DOWN & Q(state=State.SUBMITTED),
    Verb.ANSWER: _UP & Q(state__in=[State.RECORDED, State.ROUTED], level=0),
    Verb.DECIDE: _UP & Q(state__in=[State.ROUTED, State.CONTESTED], level__gt=0),
    Verb.PROPOSE: _UP & Q(state=State.ANSWERED),
}


def owed(by: Mandate, at: Sequence[int] | None = None) -> QuerySet[Matter]:
    """What is my turn, the latest first: to do, to verify, to answer, to respond to; `at` are only some places."""
    doable = NOTHING
    for verb, condition in _DONE_BY.items():
        if by.allows(verb):
            doable |= condition
    here = by.places if at is None else at
    mine = Matter.objects.filter(doable, _my_turn(by, here), field_scope(by), open=True)
    if by.role.reach == Reach.COVERED:
        mine = mine.filter(scope(by))
    return mine.order_by(F("turn_due_on").asc(nulls_last=True), "pk")


def owed_from_to(by: Mandate, part: Q, first: int, last: int, known_as: Hashable) -> list[int]:
    """Keys of `owed(by).filter(part)` from `first` up to `last`.

    Only within one place does an index have them in their order: each place is asked for its first ones. `known_as`
    names all that the question depends on besides the mandate.
    """

    def of_place(at: list[int] | None) -> Statement | None:
        question = ("owed", at and at[0], standing_of(by), known_as, last)
        return worded(question, lambda: owed(by, at).filter(part).values_list("turn_due_on", "pk")[:last])

    by_place = [None] if by.role.reach == Reach.BODY else [[place] for place in by.places]
    found = answers(together(of_place(at) for at in by_place))
    in_order = sorted(found, key=lambda row: (row[0] is None, row))
    return [key for _day, key in in_order[first:last]]


def _my_turn(by: Mandate, places: Sequence[int]) -> Q:
    """A matter that lies with a body of the unit is that body's turn, not everybody's."""
    if by.role.reach == Reach.BODY:
        return Q(turn_body=by.body_id)
    if by.allows(Verb.PERFORM):  # in a ward all hands do what any of its bodies holds
        return Q(turn_unit__in=places)
    return Q(turn_unit__in=places, turn_body__isnull=True)


def asked_for(by: Mandate) -> QuerySet[Matter]:
    """What others owe me: tasks my side gave, proposals my unit made; the latest first."""
    mine = NOTHING
    if by.allows(Verb.ISSUE):
        mine |= _DOWN & Q(issuer__in=by.places) & ~Q(state__in=[State.RECORDED, State.SUBMITTED])
    if by.allows(Verb.PROPOSE):
        named = MatterUnit.objects.filter(unit__in=by.places, named=True)
        mine |= _UP & Q(pk__in=named.values("matter_id")) & ~Q(state=State.ANSWERED)
    asked = Matter.objects.filter(mine, field_scope(by), open=True)
    if by.role.reach == Reach.COVERED:
        asked = asked.filter(scope(by))
    return asked.order_by(F("due_on").asc(nulls_last=True), "pk")


def _asked_to_count(by: Mandate) -> QuerySet[Any]:
    """The same to be counted: of those who only propose, the rows of their units tell (queries.places)."""
    if by.role.reach == Reach.COVERED or by.allows(Verb.ISSUE) or not by.allows(Verb.PROPOSE):
        return asked_for(by)
    named = MatterUnit.objects.filter(field_scope(by), unit__in=by.places, named=True)
    return named.filter(direction=Direction.UP, open=True).exclude(state=State.ANSWERED)


# Rows that are counted otherwise than they are read.
_TO_COUNT: Mapping[Callable[[Mandate], QuerySet[Any]], Callable[[Mandate], QuerySet[Any]]] = {
    asked_for: _asked_to_count
}


def waited_for(by: Mandate) -> QuerySet[Leg]:
    """Matters of others that stand still until my unit or body has done its part."""
    place = Q(body=by.body_id) if by.role.reach == Reach.BODY else Q(unit__in=by.places, body__isnull=True)
    if not (by.allows(Verb.PERFORM) or by.allows(Verb.ANSWER)):
        return Leg.objects.none()
    legs = Leg.objects.filter(place, kind=LegKind.WAITING, ended_on__isnull=True, matter__open=True)
    return legs.select_related("matter").order_by(F("due_on").asc(nulls_last=True), "pk")


def extensions_to_decide(by: Mandate) -> QuerySet[Extension]:
    """The first of a task is decided by an officer, further ones by the higher role."""
    few = periods().extensions_by_officer
    at_a_body = by.role.reach == Reach.BODY
    own = Q(matter__issuer_body=by.body_id) if at_a_body else Q(matter__issuer__in=by.places)
    allowed = NOTHING
    if by.allows(Verb.EXTEND):
        allowed |= Q(count__lte=few) & own
    if by.allows(Verb.EXTEND_AGAIN):
        allowed |= Q(count__gt=few) & (own | Q(matter__issuer__parent__in=by.places))
    wishes = Extension.objects.filter(
        allowed, field_scope(by, "matter__topic"), decision=Decision.PENDING, matter__open=True
    )
    if by.role.reach == Reach.COVERED:
        wishes = wishes.filter(scope(by, at="matter_id"))
    return wishes.select_related("matter").order_by("asked_at", "pk")


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of my work: the matter, what is to be done with it, and the working days left."""

    matter: Matter
    act: Act
    days: int | None

    @property
    def late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def whose(self) -> str:
        """To whom it is owed: those who gave the task or made the proposal."""
        matter = self.matter
        if matter.is_proposal:
            return matter.holder_name if self.act == Act.AGREE else str(matter.unit or "")
        return str((matter.unit if self.act == Act.VERIFY else matter.issuer) or "")


def turns(keys: list[int], on: date) -> Sequence[Turn]:
    """Of matters found by their keys, in this order, with all that a line shows of them."""
    found = asked(
        "turns",
        lambda keys: Matter.objects.filter(pk__in=keys).select_related(
            "origin", "unit", "issuer", "citation"
        ),
        keys=keys,
    )
    by_key = {matter.pk: matter for matter in found}
    rows = (by_key[key] for key in keys if key in by_key)
    return [Turn(row, next_act(row), _days(row.turn_due_on, on)) for row in rows]


def next_act(matter: Matter) -> Act:
    acts = NEXT_ACT_OF_PROPOSAL if matter.is_proposal else NEXT_ACT_OF_TASK
    return acts[State(matter.state)]


def _days(due_on: date | None, on: date) -> int | None:
    return working_days_between(on, due_on) if due_on else None


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits; the parts add up to the total."""

    late: int
    soon: int
    later: int

    @property
    def total(self) -> int:
        return self.late + self.soon + self.later

    def of(self, part: str) -> int:
        """Of one part by its name in addresses; of all where none is named."""
        return {LATE: self.late, SOON: self.soon, LATER: self.later}.get(part, self.total)


def load(by: Mandate, rows: Callable[[Mandate], QuerySet[Any]], on: date, day: str = "turn_due_on") -> Load:
    """Late, due within the days that count as soon, and all else, by the column that bears the day."""
    soon_until = add_working_days(on, periods().due_soon)
    late, soon = Q(**{f"{day}__lt": on}), Q(**{f"{day}__range": (on, soon_until)})

    def counts() -> QuerySet[Any, Any]:
        counted_rows = _TO_COUNT.get(rows, rows)(by)
        of = "matter" if counted_rows.model is MatterUnit else "pk"
        return numbers(counted_rows, of, late=late, soon=soon, total=None)

    found = counted(worded(("load", rows, standing_of(by), on, soon_until, day), counts))
    late_ones, soon_ones, total = found[0] if found else (0, 0, 0)
    return Load(late_ones, soon_ones, total - late_ones - soon_ones)
