"""The page of one file: how far it has come, who has the ball, what I may do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.matters.models import Matter
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import COURSE_AFTER, TRANSFER_STEPS, Answer, Means, Party, TransferState
from thongsuot.staffing.forms.transfers import (
    AnswerForm,
    AskForm,
    CourseForm,
    DecideForm,
    EndForm,
    EscalateForm,
    HearForm,
)
from thongsuot.staffing.models import Consent, Training, Transfer
from thongsuot.staffing.policies import (
    may_answer,
    may_cancel,
    may_decide,
    may_hand_over,
    may_hear,
    may_keep_transfer,
    may_name,
    may_send_to_course,
)
from thongsuot.staffing.queries.transfers import (
    STATE_TONES,
    Asked,
    Ball,
    HandoverPart,
    Rule,
    Stop,
    asked_of,
    ball_of,
    course_of,
    course_task,
    handover_of,
    rule_of,
    visible_transfers,
    waited_for,
    way_of,
    with_ball,
)
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.editing import show_form


@dataclass(frozen=True, slots=True)
class Ends:
    """One end of the hand-over, and whether this mandate ticks it off."""

    part: HandoverPart
    may_tick: bool


@dataclass(frozen=True, slots=True)
class TransferPage:
    transfer: Transfer
    name: str
    named: bool
    look: tuple[str, str]
    ball: Ball | None
    way: Sequence[Stop]
    asked: Sequence[Asked]
    mine: Sequence[Consent]
    to_escalate: Sequence[Consent]
    rule: Rule
    blockers: Sequence[Transfer] | None
    handover: Sequence[Ends]
    history: Sequence[Moment]
    hear: bool
    ask: bool
    decide: bool
    effect: bool
    close: bool
    end: bool
    cancel: bool
    may_read_tasks: bool
    course: Training | None
    course_task: Matter | None
    send: bool  # to a course

    @property
    def chain(self) -> tuple[int, int] | None:
        """The plan and the number in it, of a file that is one of a chain."""
        move = self.transfer.move
        return (move.plan_id, move.chain) if move and move.chain is not None else None

    @property
    def something_to_do(self) -> bool:
        return any((self.hear, self.ask, self.mine, self.to_escalate, self.decide, self.effect))


@needs(Verb.READ_STAFF)
@require_GET
def transfer(request: MandatedRequest, pk: int) -> HttpResponse:
    found = at_hand(request, pk)
    acts.note_look(by=request.mandate, transfer=found)
    return transfer_page(request, found)


def at_hand(request: MandatedRequest, pk: int) -> Transfer:
    rows = with_ball(visible_transfers(request.mandate), request.mandate).prefetch_related("handover")
    found: Transfer = get_object_or_404(rows.select_related("holding", "move__plan", *ENDS), pk=pk)
    return found


ENDS = ("person", "from_unit__parent", "to_unit__parent", "from_position", "to_position")


def transfer_page(
    request: MandatedRequest,
    found: Transfer,
    refused: Mapping[str, object] | None = None,
    why: BaseForm | None = None,
) -> HttpResponse:
    """The page; a form that was refused comes back on it with the reasons."""
    page = _page(request.mandate, found)
    context = {
        "page": page,
        **_forms(page),
        **(refused or {}),
        "overtaken": _overtaken(page, refused, why),
        "crumbs": _crumbs(request.mandate, found),
    }
    return show_form(request, "staffing/transfer_page.html", context)


def _overtaken(page: TransferPage, refused: Mapping[str, object] | None, why: BaseForm | None) -> list[str]:
    """Why a step was refused that the page no longer offers: somebody else took it meanwhile."""
    offered = {
        "hear_form": page.hear,
        "ask_form": page.ask,
        "answer_forms": bool(page.mine),
        "escalate_form": bool(page.to_escalate),
        "decide_form": page.decide,
        "end_form": page.end,
        "course_form": page.send,
    }
    if why is None or any(offered[name] for name in refused or {}):
        return []
    return [str(error) for error in why.non_field_errors()]


def _page(by: Mandate, found: Transfer) -> TransferPage:
    today = timezone.localdate()
    consents = list(found.consents.select_related("unit", "matter").order_by("round", "pk"))
    asked = asked_of(consents, today)
    waits = waited_for([found], today)
    keeps, decides = may_keep_transfer(by, found), may_decide(by, found)
    state = TransferState(found.state)
    running = found.means == Means.SECONDMENT and TransferState.ENDED in TRANSFER_STEPS[state]
    needs_course = bool(found.training_need) and state in COURSE_AFTER
    course = course_of(found) if needs_course else None
    due = found.effective_on is not None and found.effective_on <= today
    return TransferPage(
        transfer=found,
        name=found.shown,  # type: ignore[attr-defined]
        named=may_name(by),
        look=STATE_TONES[state],
        ball=ball_of(found, today),
        way=way_of(found, consents),
        asked=asked,
        mine=_mine(by, state, consents),
        to_escalate=_to_escalate(keeps, state, asked),
        rule=rule_of(found),
        blockers=waits.get(found.pk),
        handover=[Ends(part, bool(_ticks(by, found, part))) for part in handover_of(found)],
        history=moments(found),
        hear=state == TransferState.OPENED and bool(may_hear(by, found)),
        ask=state == TransferState.HEARD and bool(keeps),
        decide=state == TransferState.AGREED and bool(decides),
        effect=state == TransferState.DECIDED and due and bool(decides),
        close=_closes(by, found, state),
        end=running and bool(decides),
        cancel=TransferState.CANCELLED in TRANSFER_STEPS[state] and bool(may_cancel(by, found)),
        may_read_tasks=by.allows(Verb.READ),
        course=course,
        course_task=course_task(found) if course else None,
        send=needs_course and course is None and bool(may_send_to_course(by, found)),
    )


def _mine(by: Mandate, state: TransferState, consents: Sequence[Consent]) -> list[Consent]:
    if state not in (TransferState.ASKED, TransferState.REFUSED):
        return []
    still = [one for one in consents if not one.answer and one.escalated_on is None]
    return [one for one in still if may_answer(by, one)]


def _to_escalate(keeps: Verdict, state: TransferState, asked: Sequence[Asked]) -> list[Consent]:
    if not keeps or state not in (TransferState.ASKED, TransferState.REFUSED):
        return []
    return [
        one.consent
        for one in asked
        if one.consent.party != Party.HOME_AFFAIRS
        and not one.overruled
        and (one.late or one.consent.answer == Answer.REFUSES)
    ]


def _ticks(by: Mandate, found: Transfer, part: HandoverPart) -> bool:
    going_on = found.state in (TransferState.DECIDED, TransferState.IN_EFFECT)
    return going_on and bool(may_hand_over(by, found, part.party))


def _closes(by: Mandate, found: Transfer, state: TransferState) -> bool:
    return (
        state == TransferState.IN_EFFECT
        and not found.left  # type: ignore[attr-defined]
        and bool(may_hand_over(by, found, Party.RECEIVER))
    )


def _forms(page: TransferPage) -> dict[str, object]:
    found, today = page.transfer, timezone.localdate()
    forms: dict[str, object] = {
        "hear_form": HearForm(found, initial={"on": today}, auto_id="hear_%s"),
        "ask_form": AskForm(found, auto_id="ask_%s"),
        "answer_forms": [
            (consent, AnswerForm(found, auto_id=f"answer_{consent.pk}_%s")) for consent in page.mine
        ],
        "escalate_form": EscalateForm(found, page.to_escalate, auto_id="escalate_%s"),
        "decide_form": DecideForm([found], auto_id="decide_%s"),
        "end_form": EndForm(found, auto_id="end_%s"),
        "course_form": CourseForm(found, auto_id="course_%s"),
    }
    return forms


def _crumbs(by: Mandate, found: Transfer) -> list[tuple[str, str]]:
    listed = [(pgettext("several", "Hồ sơ điều động"), reverse("staffing:transfers"))]
    return [(by.unit.title, ""), *listed, (found.number, "")]
