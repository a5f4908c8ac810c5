"""Who is told what about matters: reminders of whose turn it is, news of each act, deadlines in calendars.

Told are those nearest to a matter: whom it was given to by name; else the officers of the body, of the group or of the
field of work; else all officers of the unit; its leaders only where there is nobody else. The levels above, on the
ladder of reminders, are the leaders of that place and then those of the side that gave the task or of the tier above.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import OuterRef, Prefetch, Q, Subquery, TextField, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from thongsuot.accounts.models import User
from thongsuot.audit.actors import HasActor
from thongsuot.lawbook.clocks import periods
from thongsuot.lawbook.roles import roles
from thongsuot.matters.enums import Act, Direction, LegKind, State
from thongsuot.matters.models import Leg, Matter, MatterUnit, Step
from thongsuot.matters.queries.work import owed
from thongsuot.notices.actions import TOLD, Message, keep, settle, silent
from thongsuot.notices.calendar import Event, register_calendar
from thongsuot.notices.enums import Kind
from thongsuot.notices.reminding import Due, register_reminders
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

_TITLE = 120
TOLD_AT_ONCE = 20  # matters of one act; of more a worker tells
_IN_CALENDAR = 500  # of each mandate, the nearest deadlines

# What is to be done with a matter whose turn it is, by the verb that does it.
TO_DO: Mapping[Verb, Promise] = {
    Verb.PERFORM: _("Thực hiện và nộp kết quả."),
    Verb.VERIFY: _("Xác nhận hoàn thành hoặc trả lại."),
    Verb.ANSWER: _("Trả lời kiến nghị."),
    Verb.DECIDE: _("Giải quyết kiến nghị chưa đồng ý với câu trả lời."),
    Verb.PROPOSE: _("Đồng ý hoặc nêu ý kiến chưa đồng ý với câu trả lời."),
}
AWAITED = "awaited"  # the turn of a body that the holder waits for
_WAIT_FOR_OTHERS = (Verb.VERIFY, Verb.PROPOSE)
# Acts after which the matter is in other hands, or theirs anew.
GIVES_TURN = (
    Act.ISSUE,
    Act.SUBMIT,
    Act.RETURN,
    Act.REOPEN,
    Act.RESUME,
    Act.RAISE,
    Act.ROUTE,
    Act.ANSWER,
    Act.CONTEST,
)


def verb_of_turn(direction: str, state: str, level: int) -> Verb:
    if direction == Direction.DOWN:
        return {State.SUBMITTED: Verb.VERIFY, State.RECORDED: Verb.ISSUE}.get(State(state), Verb.PERFORM)
    if state == State.ANSWERED:
        return Verb.PROPOSE
    return Verb.DECIDE if level else Verb.ANSWER


class Place(NamedTuple):
    """Where a turn lies, and what matter it is about: its unit and topic narrow whom it concerns."""

    unit: int
    body: int | None
    about: int | None
    topic: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A mandate in force, as far as it matters here."""

    user: int
    role: str
    body: int | None
    fields: frozenset[str]
    covers: frozenset[int]

    @property
    def leads(self) -> bool:
        return Verb.DELEGATE in roles()[self.role].verbs

    def concerns(self, place: Place) -> bool:
        role = roles()[self.role]
        if role.reach == Reach.BODY and self.body != place.body:
            return False
        if role.reach == Reach.COVERED and place.about not in self.covers:
            return False
        return not self.fields or place.topic in self.fields

    def distance(self) -> int:
        """Officers before leaders; those of the body, of the group, of the field before those of the whole unit."""
        narrow = self.body is not None or bool(self.covers) or bool(self.fields)
        return (2 if self.leads else 0) + (0 if narrow else 1)


class Desks:
    """Who sits where on a day: everybody, or only those at the units named."""

    def __init__(self, on: date, units: Iterable[int] | None = None) -> None:
        self._seats: dict[int, list[Seat]] = defaultdict(list)
        self._users: dict[int, int] = {}
        self._nearest: dict[tuple[Place, Verb], list[int]] = {}
        self._leaders: dict[Place, list[int]] = {}
        held = Mandate.objects.filter(holding_on(on), user__is_active=True)
        held = held.filter(Q(deputy_of__isnull=True) | holding_on(on, "deputy_of"))
        if units is not None:  # those who took over merged units are few
            held = held.filter(Q(unit__in=set(units)) | ~Q(inherited=[]))
        # One line for each unit covered, a whole city for some: what is JSON is read once for each mandate, not here.
        written = [Cast(name, TextField()) for name in ("fields", "inherited")]
        columns = ("pk", "covers", "user", "role_code", "unit", "body")
        rows = sorted(held.values_list(*columns, *written), key=itemgetter(0))
        for pk, lines in groupby(rows, key=itemgetter(0)):
            self._sit(pk, list(lines))

    def _sit(self, mandate: int, lines: Sequence[tuple[Any, ...]]) -> None:
        """One line for each unit the mandate covers, or a single one."""
        _pk, _covers, user, role, unit, body, fields, inherited = lines[0]
        covers = frozenset(line[1] for line in lines if line[1])
        seat = Seat(user, role, body, frozenset(json.loads(fields)), covers)
        self._users[mandate] = user
        for place in (unit, *json.loads(inherited)):
            self._seats[place].append(seat)

    def user_of(self, mandate: int | None) -> int | None:
        """Of a mandate that is still in force."""
        return self._users.get(mandate or 0)

    def nearest(self, place: Place, verb: Verb) -> list[int]:
        """Asked once for each place and verb: a ward has many matters in few fields."""
        if (place, verb) not in self._nearest:
            self._nearest[place, verb] = self._find_nearest(place, verb)
        return self._nearest[place, verb]

    def _find_nearest(self, place: Place, verb: Verb) -> list[int]:
        able = [
            seat
            for seat in self._seats.get(place.unit, ())
            if verb in roles()[seat.role].verbs and seat.concerns(place)
        ]
        nearest = min((seat.distance() for seat in able), default=0)
        return list(dict.fromkeys(seat.user for seat in able if seat.distance() == nearest))

    def leaders(self, place: Place) -> list[int]:
        """Of the body, where it lies with one that has leaders here; else of the unit."""
        if place not in self._leaders:
            self._leaders[place] = self._find_leaders(place)
        return self._leaders[place]

    def _find_leaders(self, place: Place) -> list[int]:
        leading = [seat for seat in self._seats.get(place.unit, ()) if seat.leads and seat.concerns(place)]
        of_body = [seat for seat in leading if place.body is not None and seat.body == place.body]
        of_unit = [seat for seat in leading if seat.body is None and not seat.covers]
        return list(dict.fromkeys(seat.user for seat in of_body or of_unit))


def _title(number: str, text: str) -> str:
    line = " ".join(text.split())
    return f"{number}: {line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + '…'}"


def _url(number: str) -> str:
    return Matter(number=number).get_absolute_url()


# Reminders


def dues(first: date, last: date) -> Iterator[Due]:
    """Every open matter whose turn ends between the days; while its holder waits for another, that other's."""
    desks = Desks(timezone.localdate())
    above = {pk: parent for pk, parent in Unit.objects.values_list("pk", "parent") if parent}
    yield from _of_turns(first, last, desks, above)
    yield from _of_awaited(first, last, desks, above)


def _of_turns(first: date, last: date, desks: Desks, above: Mapping[int, int]) -> Iterator[Due]:
    came = Step.objects.filter(matter=OuterRef("pk"), act__in=GIVES_TURN).order_by("-at").values("at")[:1]
    rows = Matter.objects.filter(
        open=True, waiting_since__isnull=True, turn_unit__isnull=False, turn_due_on__range=(first, last)
    )
    rows = rows.only(*_COLUMNS).annotate(came=Subquery(came)).prefetch_related(_NAMED).order_by()
    for row in rows.iterator(chunk_size=2000):
        verb = verb_of_turn(row.direction, row.state, row.level)
        place = _place(row, row.turn_unit_id, row.turn_body_id)
        if verb not in TO_DO or row.turn_due_on is None:
            continue
        yield Due(
            key=f"{row.number}:{verb}",
            title=_title(row.number, row.text),
            url=_url(row.number),
            due_on=row.turn_due_on,
            holders=_holders(row, place, verb, desks),
            next_levels=_levels(row, place, desks, above),
            since=_day(row.came),
            what=TO_DO[verb],
            waits=verb in _WAIT_FOR_OTHERS,
        )


_COLUMNS = (
    "number",
    "direction",
    "state",
    "text",
    "topic",
    "level",
    "unit",
    "issuer",
    "assignee",
    "turn_unit",
    "turn_body",
    "turn_due_on",
)


# Each of the units that asked may agree or contest, not the first alone.
_NAMED = Prefetch("matterunit_set", MatterUnit.objects.filter(named=True), to_attr="named_units")


def _of_awaited(first: date, last: date, desks: Desks, above: Mapping[int, int]) -> Iterator[Due]:
    legs = Leg.objects.filter(
        kind=LegKind.WAITING, ended_on__isnull=True, unit__isnull=False, matter__open=True
    )
    for leg in legs.filter(due_on__range=(first, last)).select_related("matter").order_by():
        place = _place(leg.matter, leg.unit_id, leg.body_id)
        if leg.due_on is not None:
            yield Due(
                key=f"{leg.matter.number}:{AWAITED}",
                title=_title(leg.matter.number, leg.matter.text),
                url=_url(leg.matter.number),
                due_on=leg.due_on,
                holders=_awaited(place, desks),
                next_levels=_levels(leg.matter, place, desks, above),
                since=leg.since,
                what=_("%(holder)s đang chờ cơ quan này.") % {"holder": leg.matter.holder_name},
                waits=True,
            )


def _awaited(place: Place, desks: Desks) -> list[int]:
    return desks.nearest(place, Verb.PERFORM) or desks.nearest(place, Verb.ANSWER)


def _place(matter: Matter, unit: int | None, body: int | None) -> Place:
    return Place(unit or 0, body, matter.unit_id, matter.topic)


def _holders(matter: Matter, place: Place, verb: Verb, desks: Desks) -> list[int]:
    if verb == Verb.PROPOSE:
        return _raisers(matter, desks)
    named = desks.user_of(matter.assignee_id) if verb == Verb.PERFORM else None
    return [named] if named else desks.nearest(place, verb)


def _raisers(matter: Matter, desks: Desks) -> list[int]:
    units = [one.unit_id for one in matter.named_units]  # type: ignore[attr-defined]
    found = (desks.nearest(Place(unit, None, unit, matter.topic), Verb.PROPOSE) for unit in units)
    return list(dict.fromkeys(user for users in found for user in users))


def _levels(matter: Matter, place: Place, desks: Desks, above: Mapping[int, int]) -> list[Sequence[int]]:
    """The leaders of the place; then those of the issuing unit, of the body's unit, or of the tier above."""
    if matter.issuer_id and matter.issuer_id != place.unit:
        upper = matter.issuer_id
    elif place.body is not None:
        upper = place.unit
    else:
        upper = above.get(place.unit, place.unit)
    return [desks.leaders(place), desks.leaders(place._replace(unit=upper, body=None))]


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


# News


class Side(NamedTuple):
    """One of those concerned with a matter, the verb by which it is theirs, and as what they hear of an act."""

    who: str
    kind: Kind


TURN, HOLDER, ISSUER, RAISER, OTHER = "turn", "holder", "issuer", "raiser", "awaited"
NEWS: Mapping[Act, tuple[Side, ...]] = {
    Act.ISSUE: (Side(TURN, Kind.ASSIGNED),),
    Act.AMEND: (Side(HOLDER, Kind.CHANGED),),
    Act.SUBMIT: (Side(TURN, Kind.WAITS),),
    Act.VERIFY: (Side(HOLDER, Kind.CHANGED),),
    Act.RETURN: (Side(TURN, Kind.RETURNED),),
    Act.REOPEN: (Side(TURN, Kind.RETURNED),),
    Act.ASK_EXTENSION: (Side(ISSUER, Kind.WAITS),),
    Act.EXTEND: (Side(HOLDER, Kind.CHANGED),),
    Act.REFUSE_EXTENSION: (Side(HOLDER, Kind.CHANGED),),
    Act.WAIT: (Side(OTHER, Kind.WAITS),),
    Act.RESUME: (Side(HOLDER, Kind.ANSWERED),),
    Act.ASSIGN: (Side(HOLDER, Kind.ASSIGNED),),
    Act.REMIND: (Side(TURN, Kind.DUE),),
    Act.RAISE: (Side(TURN, Kind.ASSIGNED),),
    Act.ROUTE: (Side(TURN, Kind.ASSIGNED), Side(RAISER, Kind.CHANGED)),
    Act.ANSWER: (Side(RAISER, Kind.ANSWERED),),
    Act.AGREE: (Side(HOLDER, Kind.CHANGED),),
    Act.CONTEST: (Side(TURN, Kind.RETURNED),),
    Act.WITHDRAW: (Side(HOLDER, Kind.CHANGED),),
}
# Acts that leave a matter in the same hands with the same day.
_CHANGE_NO_TURN = (
    Act.COMMENT,
    Act.PROGRESS,
    Act.RECEIVE,
    Act.ASSIGN,
    Act.SEE,
    Act.REMIND,
    Act.ASK_EXTENSION,
    Act.REFUSE_EXTENSION,
    Act.GROUP,
    Act.UNGROUP,
)


def announce(act: Act, told: Sequence[tuple[Matter, Step]], *, by: HasActor) -> None:
    """Tell those whom an act on these matters concerns, and let earlier reminders rest. The matters are saved."""
    if act not in _CHANGE_NO_TURN:
        settle(keys=[f"{matter.number}:{part}" for matter, _step in told for part in (*TO_DO, AWAITED)])
    if act not in NEWS or silent():
        return
    author = getattr(by, "user_id", None)
    if len(told) > TOLD_AT_ONCE:
        tell_of_many.enqueue(act.value, [step.pk for _matter, step in told], author)
    else:
        _tell(act, told, author)


def _tell(act: Act, told: Sequence[tuple[Matter, Step]], author: int | None) -> None:
    matters = [matter for matter, _step in told]
    prefetch_related_objects(matters, _NAMED)
    desks = Desks(timezone.localdate(), _units_concerned(matters))
    keep(message for message in _news(act, told, desks) if message.user != author)


@task()
def tell_of_many(act: str, steps: list[int], author: int | None) -> None:
    """An order to every ward of a city concerns thousands of people: who gives it need not wait until all are told."""
    found = Step.objects.filter(pk__in=steps).select_related("matter__issuer", "matter__unit").order_by("pk")
    _tell(Act(act), [(step.matter, step) for step in found], author)


def _units_concerned(matters: Sequence[Matter]) -> set[int]:
    columns = ("turn_unit_id", "holder_id", "issuer_id", "unit_id")
    found = {getattr(matter, column) for matter in matters for column in columns}
    asked = {one.unit_id for matter in matters for one in matter.named_units}  # type: ignore[attr-defined]
    return (found | asked) - {None}


def _news(act: Act, told: Sequence[tuple[Matter, Step]], desks: Desks) -> Iterator[Message]:
    waited = _waiting_legs(matter.pk for matter, _step in told) if act == Act.WAIT else {}
    for matter, step in told:
        for side in NEWS[act]:
            for user in _on_side(side.who, matter, desks, waited):
                yield Message(
                    user=user,
                    kind=side.kind,
                    key=f"{matter.number}:step-{step.pk}",
                    rung=TOLD,
                    title=_title(matter.number, matter.text),
                    text=_what_happened(act, step),
                    url=matter.get_absolute_url(),
                    due_on=matter.turn_due_on if side.who == TURN else None,
                )


def _what_happened(act: Act, step: Step) -> Promise:
    told: Promise = format_lazy("{act}: {author}", act=act.label, author=step.author)
    return told


def _waiting_legs(matters: Iterable[int]) -> Mapping[int, Place]:
    legs = Leg.objects.filter(kind=LegKind.WAITING, ended_on__isnull=True, matter__in=list(matters))
    return {
        leg.matter_id: _place(leg.matter, leg.unit_id, leg.body_id) for leg in legs.select_related("matter")
    }


def _on_side(who: str, matter: Matter, desks: Desks, waited: Mapping[int, Place]) -> list[int]:
    match who:
        case "turn":
            verb = verb_of_turn(matter.direction, matter.state, matter.level)
            return _holders(matter, _place(matter, matter.turn_unit_id, matter.turn_body_id), verb, desks)
        case "holder":
            verb = Verb.ANSWER if matter.is_proposal else Verb.PERFORM
            return _holders(matter, _place(matter, matter.holder_id, matter.body_id), verb, desks)
        case "issuer":
            first = matter.extensions < periods().extensions_by_officer
            return desks.nearest(
                _place(matter, matter.issuer_id, None), Verb.EXTEND if first else Verb.EXTEND_AGAIN
            )
        case "raiser":
            return _raisers(matter, desks)
        case _:
            return _awaited(waited[matter.pk], desks) if matter.pk in waited else []


# Calendars


def deadlines(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
    """The day of every matter whose turn is the user's."""
    told: set[str] = set()
    for mandate in mandates:
        mine = owed(mandate).filter(turn_due_on__range=(first, last))
        for number, text, day in mine.values_list("number", "text", "turn_due_on")[:_IN_CALENDAR]:
            if day is not None and number not in told:
                told.add(number)
                yield Event(f"matter:{number}", _title(number, text), _url(number), day)


def remind() -> None:
    register_reminders("matters", dues)
    register_calendar("matters", deadlines)
