"""One act on many tasks: chosen in the list, previewed, done one by one, and what could not be done is told."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.matters import actions
from thongsuot.matters.actions.moving import led_to
from thongsuot.matters.enums import Act
from thongsuot.matters.forms.deeds import DeedForm
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import late_first, with_sides
from thongsuot.matters.queries import tasks as visible_tasks
from thongsuot.matters.tables import TaskFilter
from thongsuot.matters.views.deeds import BY_NAME, Deed
from thongsuot.matters.views.tasks import BULK
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form
from thongsuot.web.lists import chosen_rows
from thongsuot.web.toasts import done

MOST = 500
UNDO = "verified-together"


@dataclass(frozen=True, slots=True)
class Preview:
    deed: Deed
    able: list[Matter]
    unable: list[Matter]
    form: DeedForm


@needs(Verb.READ)
@require_POST
def tasks_chosen(request: MandatedRequest) -> HttpResponse:
    """First what would be done, then, when confirmed, the doing."""
    deed = _deed(request)
    rows = chosen_rows(request, TaskFilter, late_first(with_sides(visible_tasks(request.mandate))))
    tasks = list(rows[: MOST + 1])
    if not tasks or len(tasks) > MOST:
        messages.error(request, _("Chọn từ 1 đến %(most)s nhiệm vụ mỗi lần.") % {"most": MOST})
        return redirect("matters:tasks")
    able = [task for task in tasks if led_to(task, deed.act)]
    confirmed = request.POST.get("confirmed") == "1"
    form = _form(deed, able[0] if able else tasks[0], request.POST if confirmed else None)
    if confirmed and able and form.is_valid():
        return _do(request, deed, able, form.said())
    preview = Preview(deed, able, [task for task in tasks if task not in able], form)
    context = {
        "page": preview,
        "crumbs": [(_("Nhiệm vụ"), reverse("matters:tasks")), (str(deed.label), "")],
    }
    return show_form(request, "matters/task_bulk.html", context, only_asked=not confirmed)


def _deed(request: MandatedRequest) -> Deed:
    name = request.POST.get("action", "")
    if not any(action.name == name and request.mandate.allows(verb) for verb, action in BULK):
        raise Http404
    return BY_NAME[name]


def _form(deed: Deed, task: Matter, data: Any) -> DeedForm:
    """Without what is each task's own: the day of an extension is the one each asked for."""
    form = deed.form(task, data)
    if deed.act == Act.EXTEND:
        del form.fields["until"]
    return form


def _do(request: MandatedRequest, deed: Deed, tasks: list[Matter], said: Any) -> HttpResponse:
    finished, refused = [], []
    for task in tasks:
        try:
            with transaction.atomic():
                deed.run(by=request.mandate, task=task, **said)
        except Refused as refusal:
            refused.append(str(refusal))
        else:
            finished.append(task.pk)
    if finished:
        undo = ""
        if deed.act == Act.VERIFY:
            request.session[UNDO] = finished
            undo = reverse("matters:undo-verified")
        text = ngettext("%(deed)s: %(count)s nhiệm vụ.", "%(deed)s: %(count)s nhiệm vụ.", len(finished))
        done(request, text % {"deed": deed.label, "count": len(finished)}, undo_url=undo)
    if refused:
        _tell_refused(request, refused)
    return redirect("matters:tasks")


def _tell_refused(request: MandatedRequest, refused: list[str]) -> None:
    told = " ".join(refused[:3])
    if len(refused) > 3:
        told = _("%(told)s Và %(count)s nhiệm vụ khác.") % {"told": told, "count": len(refused) - 3}
    messages.error(
        request, _("Không làm được %(count)s nhiệm vụ. %(told)s") % {"count": len(refused), "told": told}
    )


@needs(Verb.VERIFY)
@require_POST
def undo_verified(request: MandatedRequest) -> HttpResponse:
    """Takes back what this person verified together just before."""
    keys = request.session.pop(UNDO, [])
    refused = []
    for task in visible_tasks(request.mandate).filter(pk__in=keys):
        try:
            actions.take_back_verification(by=request.mandate, task=task)
        except Refused as refusal:
            refused.append(str(refusal))
    done(request, _("Đã hoàn tác %(count)s nhiệm vụ.") % {"count": len(keys) - len(refused)})
    if refused:
        _tell_refused(request, refused)
    return redirect("matters:tasks")
