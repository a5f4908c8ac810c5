"""What looks alike: while a proposal is typed, and as groups to be formed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.competences import usual_path
from thongsuot.lawbook.topics import OTHER, topic_name
from thongsuot.likeness import Statement
from thongsuot.matters.actions import accept_suggestion, dismiss_suggestion, reopen_suggestion
from thongsuot.matters.alike import Similar
from thongsuot.matters.alike import similar as similar_to
from thongsuot.matters.enums import Competence
from thongsuot.matters.models import GroupSuggestion, Matter
from thongsuot.matters.queries import free_members, open_suggestions, unit_body
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.toasts import done

A_PAGE = 10


@needs(Verb.READ)
@require_GET
def similar(request: MandatedRequest) -> HttpResponse:
    """Under the text while it is typed: what is there already, and who usually answers."""
    topic = request.GET.get("topic", "")
    statement = Statement(
        request.GET.get("but", ""),
        request.GET.get("text", ""),
        "" if topic == OTHER else topic,
        request.GET.get("competence", ""),
    )
    found = [
        one for one in similar_to(statement, request.mandate) if str(one.matter.pk) != request.GET.get("but")
    ]
    context = {"similar": found, "usual": _usual(request, topic), "topic_hint": _hint(topic, found)}
    return render(request, "matters/similar.html", context)


def _usual(request: MandatedRequest, topic: str) -> dict[str, object] | None:
    if not topic or topic == OTHER:
        return None
    path = usual_path(topic)
    unit = request.mandate.unit
    body = unit_body(unit.parent_id or unit.pk, path.body, timezone.localdate())
    return {"body": body, "competence": Competence(path.competence).label} if body else None


def _hint(topic: str, found: Sequence[Similar]) -> str:
    topics = {one.matter.topic for one in found[:3]}
    if topic not in ("", OTHER) or len(topics) != 1 or OTHER in topics:
        return ""
    return topic_name(topics.pop(), get_language() or "vi")


@dataclass(frozen=True, slots=True)
class Suggested:
    suggestion: GroupSuggestion
    topic: str
    members: list[Matter]

    @property
    def units(self) -> int:
        return len({place.unit_id for matter in self.members for place in matter.places})  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    total: int
    shown: Page[GroupSuggestion]
    lines: list[Suggested]


@needs(Verb.READ, Verb.GROUP)
def suggestions(request: MandatedRequest) -> HttpResponse:
    shown = Paginator(open_suggestions(request.mandate), A_PAGE).get_page(request.GET.get("page"))
    members = free_members(list(shown), request.mandate)
    lines = [Suggested(one, topic_name(one.topic), members[one.pk]) for one in shown]
    page = SuggestionPage(shown.paginator.count, shown, [line for line in lines if len(line.members) > 1])
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Kiến nghị"), reverse("matters:proposals")),
        (_("Nhóm"), reverse("matters:groups")),
        (_("Gợi ý"), ""),
    ]
    return render(request, "matters/group_suggestions.html", {"page": page, "crumbs": crumbs})


@needs(Verb.READ, Verb.GROUP)
@require_POST
def accept(request: MandatedRequest, pk: int) -> HttpResponse:
    """The ticked ones become a group."""
    suggestion = get_object_or_404(open_suggestions(request.mandate), pk=pk)
    chosen = set(request.POST.getlist("chosen"))
    members = free_members([suggestion], request.mandate)[suggestion.pk]
    try:
        formed = accept_suggestion(
            by=request.mandate,
            suggestion=suggestion,
            proposals=[matter for matter in members if str(matter.pk) in chosen],
            title=request.POST.get("title", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("matters:suggestions")
    done(request, _("Đã lập nhóm %(number)s.") % {"number": formed.number})
    return redirect(formed)


@needs(Verb.READ, Verb.GROUP)
@require_POST
def dismiss(request: MandatedRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(open_suggestions(request.mandate), pk=pk)
    return _decided(
        request,
        lambda: dismiss_suggestion(by=request.mandate, suggestion=suggestion),
        _("Đã bỏ qua gợi ý; các kiến nghị này không được gợi ý cùng nhau nữa."),
        undo_url=reverse("matters:suggestion-reopen", args=[pk]),
    )


@needs(Verb.READ, Verb.GROUP)
@require_POST
def reopen(request: MandatedRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(GroupSuggestion, pk=pk, unit=request.mandate.unit_id)
    return _decided(
        request,
        lambda: reopen_suggestion(by=request.mandate, suggestion=suggestion),
        _("Gợi ý đã trở lại danh sách."),
    )


def _decided(
    request: MandatedRequest, act: Callable[[], object], said: str, undo_url: str = ""
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said, undo_url=undo_url)
    return redirect("matters:suggestions")
