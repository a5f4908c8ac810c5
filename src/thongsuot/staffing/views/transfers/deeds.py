"""Each step of a file: one form, one act, back to the page."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Answer
from thongsuot.staffing.forms.transfers import (
    AnswerForm,
    AskForm,
    CourseForm,
    DecideForm,
    EndForm,
    EscalateForm,
    HearForm,
)
from thongsuot.staffing.models import Consent, Transfer
from thongsuot.staffing.views.transfers.page import at_hand, transfer_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.editing import tried
from thongsuot.web.once import repeatable
from thongsuot.web.toasts import done

Done = TypeVar("Done")


def each_told(act: Callable[[], Done]) -> Callable[[], Done]:
    """A form shows faults one under another, not as one long sentence."""

    def told() -> Done:
        try:
            return act()
        except acts.Faults as faults:
            raise ValidationError(list(faults.faults)) from faults

    return told


def decided(by: Mandate, transfers: Sequence[Transfer], form: DecideForm) -> list[Transfer]:
    """What the form says of the paper, for all of these files or none."""
    said = form.cleaned_data
    decision = acts.Decision(
        number=said["number"],
        on=said["on"],
        signed_by=said["signed_by"],
        effective_on=said["effective_on"],
        ends_on=said.get("ends_on"),
        consulted=said.get("consulted", ()),
    )
    return acts.decide(by=by, transfers=transfers, decision=decision, seen=form.versions())


def decided_words(count: int) -> str:
    told = ngettext(
        "Đã ghi một quyết định cho %(count)d hồ sơ.", "Đã ghi một quyết định cho %(count)d hồ sơ.", count
    )
    return told % {"count": count}


@needs(Verb.READ_STAFF)
@require_POST
def hear(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    form = HearForm(found, request.POST, auto_id="hear_%s")

    def act() -> Transfer:
        return acts.note_hearing(by=request.mandate, transfer=found, **form.cleaned_data)

    return _step(request, found, form, act, "hear_form", _("Đã ghi ý kiến của người được điều động."))


@needs(Verb.READ_STAFF)
@require_POST
def ask(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    form = AskForm(found, request.POST, auto_id="ask_%s")

    def act() -> Transfer:
        return acts.ask_parties(by=request.mandate, transfer=found, seen=form.cleaned_data["seen"])

    return _step(request, found, form, act, "ask_form", _("Đã hỏi ý kiến các bên."))


@needs(Verb.AGREE_TRANSFER)
@require_POST
def answer(request: MandatedRequest, pk: int, consent: int) -> HttpResponse:
    found = at_hand(request, pk)
    asked = get_object_or_404(Consent.objects.select_related("unit", "transfer"), pk=consent, transfer=found)
    form = AnswerForm(found, request.POST, auto_id=f"answer_{consent}_%s")

    def act() -> Transfer:
        said = form.cleaned_data
        return acts.answer(
            by=request.mandate,
            consent=asked,
            answer=Answer(said["answer"]),
            reason=said["reason"],
            seen=said["seen"],
        )

    if tried(form, act):
        done(request, _("Đã trả lời."))
        return redirect(found)
    return transfer_page(request, at_hand(request, pk), {"answer_forms": [(asked, form)]}, form)


@needs(Verb.KEEP_STAFF)
@require_POST
def escalate(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    asked = list(found.consents.filter(escalated_on__isnull=True))
    form = EscalateForm(found, asked, request.POST, auto_id="escalate_%s")

    def act() -> Transfer:
        said = form.cleaned_data
        return acts.escalate(
            by=request.mandate, consent=said["consent"], reason=said["reason"], seen=said["seen"]
        )

    return _step(request, found, form, act, "escalate_form", _("Đã chuyển Sở Nội vụ."))


@needs(Verb.DECIDE_TRANSFER)
@require_POST
def decide(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    form = DecideForm([found], request.POST, auto_id="decide_%s")
    act = partial(decided, request.mandate, [found], form)
    return _step(request, found, form, act, "decide_form", _("Đã ghi quyết định."))


@needs(Verb.DECIDE_TRANSFER)
@require_POST
def take_effect(request: MandatedRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, acts.take_effect, _("Quyết định đã có hiệu lực, sổ nhân sự đã đổi."))


@needs(Verb.READ_STAFF)
@require_POST
def close(request: MandatedRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, acts.close, _("Đã hoàn tất hồ sơ."))


@needs(Verb.DECIDE_TRANSFER)
@require_POST
def end(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    form = EndForm(found, request.POST, auto_id="end_%s")

    def act() -> Transfer:
        return acts.end_secondment(by=request.mandate, transfer=found, **form.cleaned_data)

    return _step(request, found, form, act, "end_form", _("Đã ghi kết thúc biệt phái."))


@needs(Verb.PLAN_STAFF)
@require_POST
def course(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    form = CourseForm(found, request.POST, auto_id="course_%s")

    def act() -> object:
        return acts.send_to_course(by=request.mandate, transfer=found, **form.cleaned_data)

    said = _("Đã ghi lớp bồi dưỡng, đã giao đơn vị nhiệm vụ cử đi học.")
    return _step(request, found, form, act, "course_form", said)


@needs(Verb.READ_STAFF)
@require_POST
def cancel(request: MandatedRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")

    def act(*, by: Any, transfer: Transfer) -> Transfer:
        return acts.cancel(by=by, transfer=transfer, reason=reason)

    return _at_once(request, pk, act, _("Đã hủy hồ sơ."))


@needs(Verb.READ_STAFF)
@require_POST
@repeatable
def tick(request: MandatedRequest, pk: int, item: int) -> HttpResponse:
    """Sets what it names, so a second click changes nothing."""
    found = at_hand(request, pk)
    listed = get_object_or_404(
        found.handover.select_related("transfer__from_unit", "transfer__to_unit"), pk=item
    )
    try:
        acts.tick_handover(by=request.mandate, item=listed, done=request.POST.get("done") == "1")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{found.get_absolute_url()}#handover")


def _step(
    request: MandatedRequest,
    found: Transfer,
    form: BaseForm,
    act: Callable[[], object],
    name: str,
    said: str,
) -> HttpResponse:
    if tried(form, each_told(act)):
        done(request, said)
        return redirect(found)
    return transfer_page(request, at_hand(request, found.pk), {name: form}, form)


def _at_once(request: MandatedRequest, pk: int, act: Callable[..., Transfer], said: str) -> HttpResponse:
    """A step without a form of its own: refused, it says why on the page."""
    found = at_hand(request, pk)
    try:
        act(by=request.mandate, transfer=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, said)
    return redirect(found)
