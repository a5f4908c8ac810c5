"""What the first page shows: what I owe, what I wait for, and what is coming."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.models import Uptake
from thongsuot.documents.queries.cascade import to_look_at
from thongsuot.indicators.models import Dispute
from thongsuot.indicators.queries.disputes import awaited as awaited_disputes
from thongsuot.indicators.queries.disputes import to_answer
from thongsuot.intake.models import Draft
from thongsuot.intake.queries import drafts_waiting, waiting_drafts
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.models import Extension, Leg
from thongsuot.matters.queries.work import (
    LATE,
    LATER,
    SOON,
    Load,
    Turn,
    asked_for,
    extensions_to_decide,
    load,
    owed,
    owed_from_to,
    turns,
    waited_for,
)
from thongsuot.oversight.models import Visit
from thongsuot.oversight.policies import visit_scope
from thongsuot.returns.models import Return
from thongsuot.returns.queries.rounds import owed as owed_returns
from thongsuot.returns.queries.rounds import to_accept
from thongsuot.staffing.models import Transfer, UnitReview
from thongsuot.staffing.queries.transfers import Ball, ball_of, waiting_for_me, with_ball
from thongsuot.staffing.reminders import owed as owed_reviews
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries.asking import how_many, standing_of
from thongsuot.web.worded import answers, worded

M = TypeVar("M", bound=Model)

PER_PAGE = 25
_COMING = 5
_AHEAD = timedelta(days=14)

OWED, ASKED, EXTENSIONS, AWAITED = "can-lam", "dang-cho", "gia-han", "cho-toi"


@dataclass(frozen=True, slots=True)
class View:
    """One of the lists of the page: what stands in it, by which day it is late."""

    code: str
    label: str | Promise
    rows: Callable[[Mandate], QuerySet[Any]]
    day: str


VIEWS: Mapping[str, View] = {
    view.code: view
    for view in (
        View(OWED, _("Tôi cần làm"), owed, "turn_due_on"),
        View(ASKED, _("Tôi đang chờ"), asked_for, "due_on"),
        View(EXTENSIONS, _("Gia hạn chờ duyệt"), extensions_to_decide, "old_due_on"),
        View(AWAITED, _("Nơi khác chờ tôi"), waited_for, "due_on"),
    )
}


@dataclass(frozen=True, slots=True)
class Tab:
    view: View
    load: Load


@dataclass(frozen=True, slots=True)
class FileTurn:
    """A transfer file that waits for me, and what for."""

    transfer: Transfer
    ball: Ball | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`load` is that of the chosen list; each of its parts is a link to exactly those rows."""

    tabs: Sequence[Tab]
    chosen: View
    load: Load
    part: str
    shown: Page[Any]
    lines: Sequence[Turn | Extension | Leg]
    drafts: Sequence[Draft]
    drafts_waiting: int
    visits: Sequence[Visit]
    reviews: Sequence[UnitReview]
    amended: Sequence[Uptake]
    returns: Sequence[Return]
    returns_to_accept: int
    disputes: Sequence[Dispute]
    disputes_awaited: Sequence[Dispute]
    files: Sequence[FileTurn]
    files_waiting: int


def work_page(by: Mandate, on: date, *, view: str, part: str, page: str | None) -> WorkPage:
    tabs = [Tab(one, load(by, one.rows, on, one.day)) for one in VIEWS.values()]
    tabs = [tab for tab in tabs if tab.load.total or tab.view.code in (OWED, ASKED)]
    chosen = next((tab for tab in tabs if tab.view.code == view), tabs[0])
    rows = chosen.view.rows(by).filter(_part(part, chosen.view.day, on))
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = chosen.load.of(part)  # counted already
    shown = paginator.get_page(page)
    drafts = drafts_waiting(by)
    whose = (standing_of(by), on)
    files_waiting = how_many(("files", whose), lambda: waiting_for_me(by))
    return WorkPage(
        tabs=tabs,
        chosen=chosen.view,
        load=chosen.load,
        part=part,
        shown=shown,
        lines=_lines(by, on, chosen.view, part, shown),
        drafts=list(waiting_drafts(by).order_by("created_at")[:_COMING]) if drafts else [],
        drafts_waiting=drafts,
        visits=coming_visits(by, on),
        reviews=_if_any(("reviews", whose), lambda: owed_reviews(by), wanted=None),
        amended=_if_any(("amended", whose), lambda: to_look_at(by)) if by.allows(Verb.IMPLEMENT) else [],
        # Who owes a return depends on who else holds a mandate that day.
        returns=_if_any(None, lambda: owed_returns(by, on)),
        returns_to_accept=to_accept(by).count() if by.allows(Verb.ACCEPT_RETURN) else 0,
        disputes=_if_any(("disputes", whose), lambda: to_answer(by)),
        disputes_awaited=_if_any(("disputes awaited", whose), lambda: awaited_disputes(by)),
        files=_files(by, on) if files_waiting else [],
        files_waiting=files_waiting,
    )


def _if_any(question: Hashable, rows: Callable[[], QuerySet[M]], wanted: int | None = _COMING) -> list[M]:
    """Most people have none of most things: their keys are asked for, and only then all that is shown of them."""
    keys = [key for (key,) in answers(worded(question, lambda: rows().values_list("pk")[:wanted]))]
    return list(rows().filter(pk__in=keys)) if keys else []


def _files(by: Mandate, on: date) -> list[FileTurn]:
    rows = with_ball(waiting_for_me(by), by).order_by("opened_on")[:_COMING]
    return [FileTurn(one, ball_of(one, on)) for one in rows]


def _lines(
    by: Mandate, on: date, view: View, part: str, shown: Page[Any]
) -> Sequence[Turn | Extension | Leg]:
    rows: Any = shown.object_list
    question = (part, on)
    if view.code == OWED:
        first = (shown.number - 1) * PER_PAGE
        keys = owed_from_to(by, _part(part, view.day, on), first, first + PER_PAGE, question)
        return turns(keys, on)
    if view.code == ASKED:
        known_as = ("asked for", standing_of(by), question, shown.number)
        return turns([key for (key,) in answers(worded(known_as, lambda: rows.values_list("pk")))], on)
    return list(rows)


def _part(part: str, day: str, on: date) -> Q:
    """The rows of one part of a load."""
    soon_until = add_working_days(on, periods().due_soon)
    late, soon = Q(**{f"{day}__lt": on}), Q(**{f"{day}__range": (on, soon_until)})
    later = Q(**{f"{day}__gt": soon_until}) | Q(**{f"{day}__isnull": True})
    return {LATE: late, SOON: soon, LATER: later}.get(part, Q())


def coming_visits(by: Mandate, on: date) -> Sequence[Visit]:
    """Visits planned within the next fortnight."""

    def rows() -> QuerySet[Visit]:
        planned = Visit.objects.filter(visit_scope(by), planned_on__range=(on, on + _AHEAD), set_aside="")
        joined = planned.select_related("group__campaign").prefetch_related("units")
        return joined.order_by("planned_on", "time")

    return _if_any(("visits", standing_of(by), on), rows)


def waiting_for(by: Mandate, on: date) -> int:
    """The number beside the first door."""
    return load(by, owed, on).total
