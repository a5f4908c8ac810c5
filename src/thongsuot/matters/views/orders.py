"""Orders: written in one form, issued in one act, followed on one board."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.topics import topic_name
from thongsuot.matters import actions
from thongsuot.matters.clocks import clock_state
from thongsuot.matters.enums import OrderState
from thongsuot.matters.forms.orders import AmendForm, MoreUnitsForm, OrderForm, ReasonForm, RecordedForm
from thongsuot.matters.models import Matter, Order, OrderVersion, Origin
from thongsuot.matters.policies import may, may_order
from thongsuot.matters.queries import (
    CLOCK_TONES,
    STATE_TONES,
    changes,
    clock_summary,
    own_drafts,
    tasks_of_order,
    visible_orders,
    words_of_clock,
)
from thongsuot.matters.queries.doing import Change, ClockSummary
from thongsuot.matters.story import seen_origins
from thongsuot.matters.views.matters import ClockStat, clock_stats, found
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import is_fragment
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class TaskLine:
    task: Matter
    state: tuple[str, str]
    clock: tuple[str, str]
    label: str
    words: str
    unseen: bool


@dataclass(frozen=True, slots=True)
class Version:
    version: OrderVersion
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class OrderPage:
    order: Order
    lead: str
    topic: str
    supporters: Sequence[str]
    missing: Sequence[str]
    units: Sequence[Unit]
    lines: Sequence[TaskLine]
    summary: ClockSummary
    stats: Sequence[ClockStat]
    list_url: str
    versions: Sequence[Version]
    history: Sequence[Moment]
    may_change: bool
    unseen: int


@needs(Verb.READ)
def order_page(request: MandatedRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(visible_orders(request.mandate), pk=pk))


def _show(request: MandatedRequest, order: Order, **forms: Any) -> HttpResponse:
    shown = _page(request, order)
    context = {
        "page": shown,
        "crumbs": _crumbs(request, str(order)),
        "more_form": forms.get("more") or MoreUnitsForm(request.mandate),
        "withdraw_form": forms.get("withdraw") or ReasonForm(),
    }
    return show_form(request, "matters/order_page.html", context)


def _page(request: MandatedRequest, order: Order) -> OrderPage:
    by, today = request.mandate, timezone.localdate()
    tasks = tasks_of_order(order, by)
    query = QueryDict(mutable=True)
    query["order"] = str(order.pk)
    list_url = reverse("matters:tasks")
    lines = [_line(task, order, today) for task in tasks]
    summary = clock_summary(by, lambda: tasks.order_by().select_related(None), today)
    draft = order.state == OrderState.DRAFT
    return OrderPage(
        order=order,
        lead=body_kinds().get(order.lead_code, ""),
        topic=topic_name(order.topic),
        supporters=[str(body) for body in order.supporters.all()],
        missing=actions.missing_clears(order, order.units.exists()) if draft else [],
        units=list(order.units.order_by("name", "pk")) if draft else [],
        lines=lines,
        summary=summary,
        stats=clock_stats(summary, query, list_url),
        list_url=f"{list_url}?{query.urlencode()}",
        versions=_versions(order),
        history=moments(order),
        may_change=may_order(by, order).ok,
        unseen=sum(line.unseen for line in lines),
    )


def _line(task: Matter, order: Order, today: Any) -> TaskLine:
    clock = clock_state(task, today)
    unseen = task.open and (task.order_version_seen or 0) < order.version
    return TaskLine(
        task,
        STATE_TONES[task.state],
        CLOCK_TONES[clock],
        str(clock.label),
        words_of_clock(task, today),
        unseen,
    )


def _versions(order: Order) -> list[Version]:
    """Newest first, each with what it changed."""
    kept = list(order.versions.all())
    told = [Version(after, changes(before, after)) for before, after in pairwise(kept)]
    return list(reversed(told))


@needs(Verb.ISSUE)
def order_new(request: MandatedRequest) -> HttpResponse:
    origin = _origin(request)
    order = Order(issuer=request.mandate.unit, origin=origin)
    return _written(request, order, OrderForm, _("Giao nhiệm vụ"), origin=origin)


@needs(Verb.ISSUE)
def order_edit(request: MandatedRequest, pk: int) -> HttpResponse:
    """A draft is written on; an issued order is amended, with a reason."""
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    if not may_order(request.mandate, order) or order.state == OrderState.WITHDRAWN:
        raise Http404
    if order.state == OrderState.DRAFT:
        return _written(request, order, OrderForm, _("Sửa dự thảo"))
    form = AmendForm(request.mandate, order, request.POST or None)

    def amend() -> Order:
        said = form.cleaned_data
        return actions.amend_order(
            by=request.mandate, order=order, clears=form.clears(), reason=said["reason"], seen=said["seen"]
        )

    if request.method == "POST" and tried(form, amend) is not None:
        done(request, _("Đã sửa lệnh giao; các đơn vị thấy chỗ sửa cho đến khi xem."))
        return redirect(order)
    return _form_page(request, form, _("Sửa lệnh giao"), order)


@needs(Verb.ISSUE)
def issue_recorded(request: MandatedRequest, number: str) -> HttpResponse:
    """Give what was only recorded so far."""
    task = found(request, number)
    if task.is_proposal or task.state != "recorded" or not may(request.mandate, Verb.ISSUE, task):
        raise Http404
    order = Order(issuer=request.mandate.unit, origin=task.origin)
    units = [place.unit for place in task.places]  # type: ignore[attr-defined]
    named = {"whom": "named", "names": "\n".join(map(str, units))}
    form = RecordedForm(request.mandate, order, request.POST or None, origin=task.origin, initial=named)

    def issue() -> list[Matter]:
        return actions.issue_task(by=request.mandate, task=task, clears=form.clears())

    if request.method == "POST" and tried(form, issue) is not None:
        done(request, _("Đã giao %(number)s.") % {"number": task.number})
        return redirect(task)
    return _form_page(request, form, _("Giao nhiệm vụ đã ghi nhận"), task=task)


def _written(
    request: MandatedRequest,
    order: Order,
    form_class: type[OrderForm],
    title: str,
    origin: Origin | None = None,
) -> HttpResponse:
    form = form_class(request.mandate, order, request.POST or None, origin=origin)
    then = request.POST.get("then", "draft")
    if request.method == "POST" and is_fragment(request, "whom"):
        form.is_valid()
        return render(request, "matters/order_form.html#whom", {"form": form})
    if request.method == "POST" and (written := tried(form, lambda: _write(request, order, form, then))):
        if written.state == OrderState.ISSUED:
            done(request, _("Đã giao nhiệm vụ cho %(count)s đơn vị.") % {"count": len(form.addressed.units)})
        else:
            done(request, _("Đã lưu dự thảo."))
        return redirect(written)
    return _form_page(request, form, title, order if order.pk else None)


@transaction.atomic
def _write(request: MandatedRequest, order: Order, form: OrderForm, then: str) -> Order:
    by, clears = request.mandate, form.clears()
    if order.pk:
        written = actions.amend_draft(by=by, order=order, clears=clears, seen=form.cleaned_data["seen"])
    else:
        written = actions.draft_order(by=by, clears=clears)
    if then == "issue":
        actions.issue_order(by=by, order=written)
        written.refresh_from_db()
    return written


def _form_page(
    request: MandatedRequest,
    form: OrderForm,
    title: str,
    order: Order | None = None,
    task: Matter | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "order": order, "task": task, "crumbs": _crumbs(request, title)}
    return show_form(request, "matters/order_form.html", context)


@needs(Verb.ISSUE)
@require_POST
def order_issue(request: MandatedRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    return _act(request, order, actions.issue_order, _("Đã giao nhiệm vụ."), to=order)


@needs(Verb.ISSUE)
@require_POST
def order_discard(request: MandatedRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    return _act(request, order, actions.discard_draft, _("Đã bỏ dự thảo."), to="matters:drafts")


@needs(Verb.ISSUE)
@require_POST
def order_withdraw(request: MandatedRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    form = ReasonForm(request.POST)

    def act() -> Order:
        return actions.withdraw_order(by=request.mandate, order=order, reason=form.cleaned_data["reason"])

    if tried(form, act) is None:
        return _show(request, order, withdraw=form)
    done(request, _("Đã rút lệnh giao."))
    return redirect(order)


@needs(Verb.ISSUE)
@require_POST
def order_widen(request: MandatedRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    form = MoreUnitsForm(request.mandate, request.POST)
    by = request.mandate
    if tried(form, lambda: actions.add_units(by=by, order=order, units=form.addressed.units)) is None:
        return _show(request, order, more=form)
    done(request, _("Đã giao thêm cho %(count)s đơn vị.") % {"count": len(form.addressed.units)})
    return redirect(order)


def _act(
    request: MandatedRequest, order: Order, act: Callable[..., object], said: str, *, to: Order | str
) -> HttpResponse:
    """A button of an order that asks for nothing."""
    try:
        act(by=request.mandate, order=order)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(order)
    done(request, said)
    return redirect(to)


@needs(Verb.ISSUE)
def drafts(request: MandatedRequest) -> HttpResponse:
    """My drafts, and what I issued last."""
    by = request.mandate
    issued = visible_orders(by).exclude(state=OrderState.DRAFT).filter(issuer__in=by.places)
    context = {
        "drafts": own_drafts(by),
        "issued": issued.order_by("-issued_on", "-pk")[:50],
        "crumbs": _crumbs(request, _("Lệnh giao của tôi")),
    }
    return render(request, "matters/order_drafts.html", context)


def _origin(request: MandatedRequest) -> Origin | None:
    asked = request.GET.get("origin", "")
    if not asked.isdigit():
        return None
    origin: Origin = get_object_or_404(seen_origins(request.mandate), pk=asked)
    return origin


def _crumbs(request: MandatedRequest, last: str) -> list[tuple[str, str]]:
    return [(request.mandate.unit.title, ""), (_("Nhiệm vụ"), reverse("matters:tasks")), (last, "")]
