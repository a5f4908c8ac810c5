from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.matters.clocks import counted_by_clock
from thongsuot.matters.enums import BodyPart, Direction
from thongsuot.matters.forms.deeds import DeedForm
from thongsuot.matters.models import Extension, Matter, OrderVersion
from thongsuot.matters.policies import holds_matter
from thongsuot.matters.queries import (
    STATE_TONES,
    clock_of,
    late_first,
    legs_of,
    rows_of,
    tasks_of_order,
    thread_of,
    unseen_changes,
    with_sides,
)
from thongsuot.matters.queries import tasks as visible_tasks
from thongsuot.matters.queries.doing import Change, ClockSummary
from thongsuot.matters.queries.threads import Clock, LegLine, StepLine
from thongsuot.matters.tables import ChoosingTaskTable, TaskFilter, TaskTable
from thongsuot.matters.views.deeds import Deed, act_on, deeds_for
from thongsuot.matters.views.matters import ClockStat, MatterPage, clock_stats, crumbs, matter_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body
from thongsuot.web.editing import show_form
from thongsuot.web.lists import BulkAction, is_fragment, list_page

# What may be done with many tasks at once, by the right it needs.
BULK = (
    (Verb.VERIFY, BulkAction("xac-nhan", gettext_lazy("Xác nhận hoàn thành"), "primary")),
    (Verb.VERIFY, BulkAction("tra-lai", gettext_lazy("Trả lại"))),
    (Verb.EXTEND, BulkAction("duyet-gia-han", gettext_lazy("Duyệt gia hạn"))),
    (Verb.ISSUE, BulkAction("nhac", gettext_lazy("Nhắc"))),
    (Verb.ISSUE, BulkAction("rut", gettext_lazy("Rút"), "danger")),
    (Verb.PERFORM, BulkAction("nhan", gettext_lazy("Nhận"))),
)


def bulk_actions(request: MandatedRequest) -> list[BulkAction]:
    return [action for verb, action in BULK if request.mandate.allows(verb)]


@needs(Verb.READ)
def tasks(request: MandatedRequest) -> HttpResponse:
    seen = late_first(with_sides(visible_tasks(request.mandate)))
    rows = TaskFilter(request.GET, queryset=seen, request=request)
    summary = rows.clocks(timezone.localdate())
    bulk = bulk_actions(request)
    context = {
        "crumbs": [(request.mandate.unit.title, ""), (_("Nhiệm vụ"), "")],
        "summary": summary,
        "stats": clock_stats(summary, request.GET, request.path),
        "may_issue": request.mandate.allows(Verb.ISSUE),
    }
    return list_page(
        request,
        table_class=ChoosingTaskTable if bulk else TaskTable,
        filterset=rows,
        template="matters/task_list.html",
        context=context,
        file_name="nhiem-vu",
        bulk_url=reverse("matters:tasks-chosen") if bulk else "",
        bulk_actions=bulk,
        total=summary.rows(request.GET.get("clock", "")),
        read=partial(rows_of, Direction.DOWN),
        keys=rows.keys,
    )


@dataclass(frozen=True, slots=True)
class Siblings:
    """The other tasks of the same order, as far as the reader sees them."""

    total: int
    stats: Sequence[ClockStat]


@dataclass(frozen=True, slots=True)
class TaskPage:
    common: MatterPage
    state: tuple[str, str]
    clock: Clock
    lead: str
    supporters: Sequence[Body]
    deeds: Sequence[Deed]
    more: Sequence[Deed]
    thread: Sequence[StepLine]
    legs: Sequence[LegLine]
    wishes: Sequence[Extension]
    siblings: Siblings | None
    amended: OrderVersion | None
    changes: Sequence[Change]
    may_see: bool
    may_issue: bool


IN_SIGHT = 3


def task_page(request: MandatedRequest, matter: Matter) -> HttpResponse:
    return _show(request, matter)


@needs(Verb.READ)
def deed(request: MandatedRequest, number: str, name: str) -> HttpResponse:
    return act_on(request, number, name, lambda task, act, form: _show(request, task, act, form))


def _show(
    request: MandatedRequest, matter: Matter, open_deed: Deed | None = None, form: DeedForm | None = None
) -> HttpResponse:
    context: dict[str, object] = {"task": matter, "deed": open_deed, "form": form}
    if is_fragment(request, "deed"):
        return show_form(request, "matters/task_page.html#deed", context)
    context |= {"page": _page(request, matter), "crumbs": crumbs(request, matter)}
    return show_form(request, "matters/task_page.html", context)


def _page(request: MandatedRequest, matter: Matter) -> TaskPage:
    by, today = request.mandate, timezone.localdate()
    prefetch_related_objects([matter], "extension_wishes")
    deeds = deeds_for(by, matter)
    version, changed = unseen_changes(matter) or (None, [])
    at_work = by.allows(Verb.PERFORM) and holds_matter(by, matter)
    order = matter.order
    return TaskPage(
        common=matter_page(request, matter),
        state=STATE_TONES[matter.state],
        clock=clock_of(matter, today),
        lead=str(
            matter.body or body_kinds().get(order.lead_code if order else "", "") or matter.holder or ""
        ),
        supporters=[
            part.body for part in matter.bodies.filter(part=BodyPart.SUPPORTING).select_related("body")
        ],
        deeds=deeds[:IN_SIGHT],
        more=deeds[IN_SIGHT:],
        thread=thread_of(matter, by),
        legs=legs_of(matter, today),
        wishes=list(matter.extension_wishes.all()),
        siblings=_siblings(request, matter),
        amended=version if matter.open else None,
        changes=changed,
        may_see=bool(changed) and at_work,
        may_issue=matter.state == "recorded" and by.allows(Verb.ISSUE) and matter.issuer_id in by.places,
    )


def _siblings(request: MandatedRequest, matter: Matter) -> Siblings | None:
    if matter.order is None:
        return None
    order = matter.order
    # Those of one order are few: nothing of them is worth remembering.
    summary = ClockSummary(counted_by_clock(tasks_of_order(order, request.mandate), timezone.localdate()))
    query = QueryDict(mutable=True)
    query["order"] = str(matter.order_id)
    return Siblings(summary.total, clock_stats(summary, query, reverse("matters:tasks")))
