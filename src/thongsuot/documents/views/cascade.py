"""Directives: given in one act, answered unit by unit, followed as table, points and map."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.documents import actions
from thongsuot.documents.enums import Standing, UptakeKind
from thongsuot.documents.forms.cascade import AnswerForm, DirectiveForm, LinkForm
from thongsuot.documents.models import Directive, Document, Uptake, Wording
from thongsuot.documents.outlining import outline
from thongsuot.documents.policies import may
from thongsuot.documents.queries import visible_documents
from thongsuot.documents.queries.cascade import (
    STANDING_TONES,
    PointLine,
    counted,
    own_uptakes,
    points_of,
    standings_of,
    task_of,
    units_of,
    visible_directives,
    visible_uptakes,
)
from thongsuot.documents.queries.text import leaves, newest_version, wordings_of
from thongsuot.documents.tables.cascade import UnitFilter, UnitTable
from thongsuot.documents.views.files import kept_text
from thongsuot.documents.views.frame import under_directive, under_document
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import PAGE_SIZES, is_fragment, list_page
from thongsuot.web.toasts import done

IN_FLOW = 14  # points drawn; those taken up least come first, the table names all


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list of directives."""

    directive: Directive
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        missing = self.counts[Standing.MISSING] + self.counts[Standing.MISSING_LATE]
        return self.total - missing

    @property
    def late(self) -> int:
        return self.counts[Standing.MISSING_LATE]


@needs(Verb.READ)
def directives(request: MandatedRequest) -> HttpResponse:
    rows = visible_directives(request.mandate)
    shown: Page[Directive] = Paginator(rows, PAGE_SIZES[0]).get_page(request.GET.get("page"))
    found = standings_of(list(shown), request.mandate, timezone.localdate())
    context = {
        "lines": [Told(one, found[one.pk]) for one in shown],
        "shown": shown,
        "crumbs": [(_("Văn bản"), reverse("documents:list")), (_("Giao thực hiện"), "")],
    }
    return render(request, "documents/directive_list.html", context)


@needs(Verb.KEEP_DOCUMENTS)
def order(request: MandatedRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(visible_documents(request.mandate), pk=pk)
    if not may(request.mandate, Verb.KEEP_DOCUMENTS, document):
        raise Http404
    form = DirectiveForm(request.mandate, document, request.POST or None)
    if request.method == "POST" and is_fragment(request, "whom"):
        form.is_valid()
        return render(request, "documents/directive_form.html#whom", {"form": form})

    def act() -> Directive:
        return actions.order_implementing(by=request.mandate, document=document, clears=form.clears())

    if request.method == "POST" and (given := tried(form, act)):
        done(
            request,
            ngettext(
                "Đã giao %(count)d đơn vị thực hiện văn bản.",
                "Đã giao %(count)d đơn vị thực hiện văn bản.",
                len(form.addressed.units),
            )
            % {"count": len(form.addressed.units)},
        )
        return redirect(given)
    context = {
        "form": form,
        "document": document,
        "crumbs": under_document(document, _("Giao thực hiện")),
    }
    return show_form(request, "documents/directive_form.html", context)


@dataclass(frozen=True, slots=True)
class Stat:
    label: str
    count: int
    url: str
    tone: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above each of the three views of a directive."""

    directive: Directive
    counts: Mapping[str, int]
    stats: Sequence[Stat]
    total: int
    untaken: int
    tabs: Sequence[Mapping[str, Any]]
    task: Matter | None  # of the reader's own unit
    own: Sequence[Uptake]
    may_answer: bool
    may_record: bool


@needs(Verb.READ)
def directive(request: MandatedRequest, pk: int) -> HttpResponse:
    """Who has, who has not, and how long it took: one row a unit."""
    shown = _directive(request, pk)
    rows = units_of(shown, request.mandate, timezone.localdate())
    return list_page(
        request,
        table_class=UnitTable,
        filterset=UnitFilter(request.GET, queryset=rows, request=request),
        template="documents/directive_page.html",
        context=_frame(request, shown, "directive", rows),
        file_name="thuc-hien-van-ban",
    )


@needs(Verb.READ)
def directive_points(request: MandatedRequest, pk: int) -> HttpResponse:
    """Which points have been taken up by how many, and which by nobody."""
    shown = _directive(request, pk)
    rows = units_of(shown, request.mandate, timezone.localdate())
    lines = points_of(shown, request.mandate)
    context = _frame(request, shown, "directive-points", rows, lines)
    frame: Frame = context["page"]
    applying = frame.total - frame.counts[Standing.NOT_APPLICABLE]
    context |= {"lines": lines, "applying": applying, "flow": _flow(lines, applying)}
    return render(request, "documents/directive_points.html", context)


@needs(Verb.READ)
def directive_map(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _directive(request, pk)
    rows: QuerySet[Any] = units_of(shown, request.mandate, timezone.localdate())
    context = _frame(request, shown, "directive-map", rows)
    placed = [one for one in rows if one.unit and one.unit.latitude is not None]
    context["points"] = [_spot(one) for one in placed]
    context["legend"] = _legend({Standing(one.standing) for one in placed})
    return render(request, "documents/directive_map.html", context)


def _directive(request: MandatedRequest, pk: int) -> Directive:
    return get_object_or_404(visible_directives(request.mandate), pk=pk)


def _frame(
    request: MandatedRequest,
    shown: Directive,
    active: str,
    rows: QuerySet[Matter],
    lines: list[PointLine] | None = None,
) -> dict[str, Any]:
    by, url = request.mandate, shown.get_absolute_url()
    counts = counted(rows)
    lines = points_of(shown, by) if lines is None else lines
    task = task_of(shown, by.unit_id) if by.allows(Verb.IMPLEMENT) else None
    frame = Frame(
        directive=shown,
        counts=counts,
        stats=[
            Stat(str(one.label), counts[one.value], f"{url}?standing={one.value}", STANDING_TONES[one][0])
            for one in Standing
            if counts[one.value]
        ],
        total=sum(counts.values()),
        untaken=sum(line.untaken for line in lines),
        tabs=_tabs(shown, active),
        task=task,
        own=list(own_uptakes(shown, by.unit)) if task else [],
        may_answer=task is not None,
        may_record=by.allows(Verb.KEEP_DOCUMENTS),
    )
    crumbs = [
        (_("Văn bản"), reverse("documents:list")),
        (_("Giao thực hiện"), reverse("documents:directives")),
        (str(shown.document), ""),
    ]
    return {"page": frame, "crumbs": crumbs}


def _tabs(shown: Directive, active: str) -> list[dict[str, Any]]:
    faces = [
        ("directive", _("Từng đơn vị"), "table"),
        ("directive-points", _("Từng điểm"), "list-check"),
        ("directive-map", _("Bản đồ"), "map-2"),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"documents:{name}", args=[shown.pk]),
            "icon": icon,
            "active": name == active,
        }
        for name, label, icon in faces
    ]


def _flow(lines: Sequence[PointLine], applying: int) -> dict[str, Any] | None:
    """From each point to how many units have it and how many have not."""
    ends = sorted(
        (line for line in lines if line.is_leaf), key=lambda line: (line.units, line.wording.position)
    )
    drawn = sorted(ends[:IN_FLOW], key=lambda line: line.wording.position)
    links = []
    for line in drawn:
        name = line.wording.label
        if line.units:
            links.append({"source": name, "target": _("Đã cụ thể hóa"), "value": line.units})
        if applying > line.units:
            links.append({"source": name, "target": _("Chưa cụ thể hóa"), "value": applying - line.units})
    return {"kind": "sankey", "links": links} if links else None


def _spot(row: Matter) -> dict[str, Any]:
    unit: Unit = row.unit  # type: ignore[assignment]  # rows without one are left out
    standing = Standing(row.standing)  # type: ignore[attr-defined]
    return {
        "name": unit.title,
        "lon": unit.longitude,
        "lat": unit.latitude,
        "size": unit.area_km2 or 0,
        "value": None,
        "url": row.get_absolute_url(),
        "text": str(standing.label),
        "tone": STANDING_TONES[standing][0],
    }


def _legend(shown: Collection[Standing]) -> list[tuple[str, str]]:
    """What each colour of the map stands for; two standings may share one."""
    said: dict[str, list[str]] = {}
    for standing in Standing:
        if standing in shown:
            said.setdefault(STANDING_TONES[standing][0], []).append(str(standing.label))
    return [(tone, "; ".join(labels)) for tone, labels in said.items()]


@needs(Verb.READ, Verb.IMPLEMENT)
def answer(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _directive(request, pk)
    if task_of(shown, request.mandate.unit_id) is None:
        raise Http404
    ends = _leaves(shown.document)
    form = AnswerForm(
        request.mandate, shown, ends, timezone.localdate(), request.POST or None, request.FILES or None
    )
    if request.method == "POST" and (given := tried(form, lambda: _answered(request, shown, form))):
        done(request, _("Đã ghi câu trả lời của %(unit)s.") % {"unit": request.mandate.unit})
        return redirect(shown if given.kind == UptakeKind.NOT_APPLICABLE else given)
    context = {
        "form": form,
        "directive": shown,
        "crumbs": under_directive(shown, _("Trả lời")),
    }
    return show_form(request, "documents/answer_form.html", context)


@transaction.atomic
def _answered(request: MandatedRequest, shown: Directive, form: AnswerForm) -> Uptake:
    by, said = request.mandate, form.cleaned_data
    document: Document | None = None
    if said["kind"] != UptakeKind.NOT_APPLICABLE:
        document = said["document"] or actions.enter_document(by=by, facts=form.facts())
        source = kept_text(request, said["file"], said["lines"], document.printed)
        if source and not document.versions.exists():
            begins = document.date or timezone.localdate()
            version = actions.add_version(by=by, document=document, effective_on=begins, source=source)
            if found := outline(said["lines"]):
                actions.keep_points(by=by, version=version, points=found)
    return actions.answer_directive(
        by=by,
        directive=shown,
        kind=UptakeKind(said["kind"]),
        document=document,
        reason=said["reason"],
        points=form.chosen(),
        hand_in=said["hand_in"],
    )


@needs(Verb.READ)
def uptake(request: MandatedRequest, pk: int) -> HttpResponse:
    """One document beside what it carries out, point by point."""
    shown = get_object_or_404(visible_uptakes(request.mandate), pk=pk)
    own = bool(may(request.mandate, Verb.IMPLEMENT, shown))
    taken = list(shown.points.select_related("point", "by_point"))
    theirs = _leaves(shown.document) if shown.document else []
    form = LinkForm(_leaves(shown.directive.document), theirs, taken, request.POST or None)
    if request.method == "POST":
        if not own:
            raise Http404
        act = lambda: actions.link_points(by=request.mandate, uptake=shown, points=form.links())  # noqa: E731
        if tried(form, act):
            done(request, _("Đã gắn với từng điểm."))
            return redirect(shown)
    context = {
        "uptake": shown,
        "form": form if own and shown.kind != UptakeKind.NOT_APPLICABLE and form.leaves else None,
        "lines": taken,
        "own": own,
        "task": task_of(shown.directive, shown.unit_id),
        "crumbs": under_directive(shown.directive, str(shown.unit)),
    }
    return show_form(request, "documents/uptake_page.html", context)


@needs(Verb.READ, Verb.IMPLEMENT)
@require_POST
def look_again(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _own_uptake(request, pk)
    try:
        actions.look_again(by=request.mandate, uptake=shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, _("Đã ghi là đã xem lại theo nội dung sửa đổi."))
    return redirect(shown)


@needs(Verb.READ, Verb.IMPLEMENT)
@require_POST
def take_back(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = _own_uptake(request, pk)
    try:
        actions.take_back_answer(by=request.mandate, uptake=shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    done(request, _("Đã rút câu trả lời."))
    return redirect(shown.directive)


def _own_uptake(request: MandatedRequest, pk: int) -> Uptake:
    shown = get_object_or_404(visible_uptakes(request.mandate), pk=pk)
    if not may(request.mandate, Verb.IMPLEMENT, shown):
        raise Http404
    return shown


def _leaves(document: Document) -> list[Wording]:
    version = newest_version(document)
    return leaves(list(wordings_of(version))) if version else []
