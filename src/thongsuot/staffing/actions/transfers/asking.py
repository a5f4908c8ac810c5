"""Asking the parties, their answers, and going over the head of who says nothing or no.

A question to a commune is a task of the loop, with its clock; the answer given here closes it. Who sits where the
question comes from (the block, Home Affairs) gets none: they are told, and reminded like everybody.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actors import SYSTEM, HasActor
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.transfers import chain_of, transfer_rules
from thongsuot.matters.actions import Clears, answer_question, draft_order, drop_question, issue_order
from thongsuot.matters.enums import OriginKind
from thongsuot.matters.models import Matter, Origin
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.transfers.stepping import at_hand, called, require_words, step, trace
from thongsuot.staffing.actions.transfers.telling import keepers, tell_of
from thongsuot.staffing.enums import Acts, Answer, Block, Party, TransferState
from thongsuot.staffing.models import Consent, Position, Transfer
from thongsuot.staffing.policies import may_answer, may_keep_transfer
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import may as may_issue
from thongsuot.units.queries import holding_on, province_of

TOPIC = "job-position"
_LEADS = {Block.PARTY: "party_committee", Block.FRONT: "fatherland_front"}
_GOVERNMENT = "peoples_committee"


@transaction.atomic
def ask_parties(*, by: Mandate, transfer: Transfer, seen: int | None = None) -> Transfer:
    """The first round; the next one is asked by itself when this one has agreed."""
    require(may_keep_transfer(by, transfer))
    transfer = at_hand(transfer, seen)
    if transfer.state == TransferState.REFUSED:
        raise Refused(_("Các bên đã được hỏi. Bên không đồng ý thì chuyển Sở Nội vụ, hoặc hủy hồ sơ."))
    step(transfer, TransferState.ASKED)
    transfer.save()
    asked = _ask_round(by, transfer, 0)
    parties = [f"{one.party}: {one.unit}" for one in asked]
    trace(by, Acts.TRANSFER_ASKED, transfer, {"parties": parties, "due_on": asked[0].due_on})
    return transfer


@transaction.atomic
def answer(
    *, by: Mandate, consent: Consent, answer: Answer, reason: str = "", seen: int | None = None
) -> Transfer:
    """A party answers for itself; no without a reason is no answer, and the next plan builds on that reason."""
    require(may_answer(by, consent))
    transfer = at_hand(consent.transfer, seen)
    consent = Consent.objects.select_related("unit", "matter").get(pk=consent.pk)
    _require_open(transfer, consent)
    if answer == Answer.REFUSES:
        reason = require_words(
            reason, _("Chưa nêu lý do không đồng ý. Nhập lý do để lần lập phương án sau tính đến.")
        )
    consent.answer, consent.reason = answer, reason.strip()[:500]
    consent.answered_on, consent.answered_by = timezone.localdate(), called(by)
    consent.save()
    if consent.matter:
        words = ": ".join(part for part in (str(Answer(answer).label), consent.reason) if part)
        answer_question(by=by, task=consent.matter, text=words)
    _go_on(by, transfer)
    _tell_of_answer(by, transfer, consent)
    trace(
        by,
        Acts.TRANSFER_ANSWERED,
        transfer,
        {"party": consent.party, "unit": str(consent.unit), "answer": answer},
    )
    return transfer


@transaction.atomic
def escalate(*, by: Mandate, consent: Consent, reason: str, seen: int | None = None) -> Transfer:
    """Home Affairs is asked in place of a party that is late or refuses."""
    require(may_keep_transfer(by, consent.transfer))
    reason = require_words(reason, _("Chưa nêu lý do chuyển lên. Nhập lý do để Sở Nội vụ xem xét."))
    transfer = at_hand(consent.transfer, seen)
    consent = Consent.objects.select_related("unit", "matter").get(pk=consent.pk)
    today = timezone.localdate()
    if not consent.answer and consent.due_on >= today:
        raise Refused(
            _("%(unit)s còn hạn trả lời đến %(day)s, chưa chuyển lên cấp trên được.")
            % {"unit": consent.unit, "day": f"{consent.due_on:%d-%m-%Y}"}
        )
    _pass_over(by, transfer, consent, reason, today)
    return transfer


def escalate_silent(on: date) -> list[Transfer]:
    """Every party that has kept silent for as long as the rules bear with; part of the daily job, may run again."""
    waiting = Consent.objects.filter(
        answer="", escalated_on__isnull=True, due_on__lt=on, transfer__state=TransferState.ASKED
    ).exclude(party=Party.HOME_AFFAIRS)
    escalated = []
    for key in list(waiting.order_by("due_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            consent = Consent.objects.select_related("transfer", "unit", "matter").get(pk=key)
            transfer = at_hand(consent.transfer, None)
            consent.refresh_from_db()
            patience = transfer_rules(transfer.opened_on).clocks.silence
            late_enough = add_working_days(consent.due_on, patience) <= on
            if late_enough and not consent.answer and not consent.escalated_on:
                with override(settings.LANGUAGE_CODE):
                    why = _("Quá hạn %(days)d ngày làm việc chưa trả lời.") % {"days": patience}
                _pass_over(SYSTEM, transfer, consent, why, on)
                escalated.append(transfer)
    return escalated


def standing(consents: Sequence[Consent]) -> TransferState:
    """What the answers so far make of a file; who was passed over counts no more."""
    live = [one for one in consents if one.escalated_on is None]
    if any(one.answer == Answer.REFUSES for one in live):
        return TransferState.REFUSED
    return TransferState.ASKED if any(not one.answer for one in live) else TransferState.AGREED


def drop_questions(by: HasActor, transfer: Transfer, reason: str) -> None:
    """Nobody need answer any more."""
    for one in transfer.consents.filter(answer="", matter__isnull=False).select_related("matter"):
        if one.matter:
            drop_question(by=by, task=one.matter, reason=reason)


def _require_open(transfer: Transfer, consent: Consent) -> None:
    if consent.answer:
        raise Refused(_("%(unit)s đã trả lời ngày %(day)s.") % _said(consent, consent.answered_on))
    if consent.escalated_on:
        raise Refused(
            _("Đã quá hạn và chuyển Sở Nội vụ ngày %(day)s; %(unit)s không trả lời ở đây được nữa.")
            % _said(consent, consent.escalated_on)
        )
    if transfer.state not in (TransferState.ASKED, TransferState.REFUSED):
        raise Refused(
            _("Hồ sơ %(number)s đang ở bước “%(state)s”, không chờ trả lời.")
            % {"number": transfer.number, "state": transfer.get_state_display()}
        )


def _said(consent: Consent, on: date | None) -> dict[str, str]:
    return {"unit": str(consent.unit), "day": f"{on:%d-%m-%Y}" if on else ""}


def _go_on(by: HasActor, transfer: Transfer) -> None:
    """Where the answers lead: the next round, agreement, or a refusal."""
    consents = list(transfer.consents.select_related("unit"))
    after = standing(consents)
    refusals = [one for one in consents if one.answer == Answer.REFUSES and one.escalated_on is None]
    transfer.refused_because = _told(refusals)
    if after == TransferState.AGREED and _ask_next_round(by, transfer, max(one.round for one in consents)):
        after = TransferState.ASKED
    if after != transfer.state:
        step(transfer, after)
    transfer.save()
    if after == TransferState.AGREED:
        tell_of(
            transfer,
            "agreed",
            kind=Kind.WAITS,
            text=lambda: _("Các bên đã đồng ý, chờ quyết định."),
            verb=Verb.DECIDE_TRANSFER,
            units=keepers(transfer),
            by=by,
        )


def _tell_of_answer(by: Mandate, transfer: Transfer, consent: Consent) -> None:
    refuses = consent.answer == Answer.REFUSES
    tell_of(
        transfer,
        f"answer-{consent.pk}",
        kind=Kind.RETURNED if refuses else Kind.ANSWERED,
        text=lambda: (
            _("%(unit)s: %(answer)s") % {"unit": consent.unit, "answer": consent.get_answer_display()}
        ),
        verb=Verb.KEEP_STAFF,
        units=keepers(transfer),
        by=by,
    )


def _pass_over(by: HasActor, transfer: Transfer, consent: Consent, reason: str, today: date) -> None:
    if consent.party == Party.HOME_AFFAIRS:
        raise Refused(_("Sở Nội vụ là cấp cuối; không còn cấp nào để chuyển lên."))
    if consent.escalated_on:
        raise Refused(_("Đã chuyển Sở Nội vụ ngày %(day)s.") % _said(consent, consent.escalated_on))
    if consent.answer == Answer.AGREES:
        raise Refused(_("%(unit)s đã đồng ý, không cần chuyển lên.") % _said(consent, None))
    if transfer.state not in (TransferState.ASKED, TransferState.REFUSED):
        _require_open(transfer, consent)
    if transfer.consents.filter(party=Party.HOME_AFFAIRS, answer=Answer.REFUSES).exists():
        raise Refused(_("Sở Nội vụ đã không đồng ý hồ sơ %(number)s.") % {"number": transfer.number})
    consent.escalated_on = today
    consent.save(update_fields=["escalated_on"])
    if consent.matter:
        drop_question(by=by, task=consent.matter, reason=reason)
    _ask_next_level(by, transfer, consent, today)
    _go_on(by, transfer)
    details = {"party": consent.party, "unit": str(consent.unit), "reason": reason}
    trace(by, Acts.TRANSFER_ESCALATED, transfer, details)


def _ask_next_level(by: HasActor, transfer: Transfer, consent: Consent, today: date) -> None:
    """Once, however many parties are passed over; the yes of Home Affairs stands for all of them."""
    if transfer.consents.filter(party=Party.HOME_AFFAIRS).exists():
        return
    days = transfer_rules(transfer.opened_on).clocks.next_level
    _ask(by, transfer, Party.HOME_AFFAIRS, consent.round, add_working_days(today, days))


def _told(refusals: Sequence[Consent]) -> str:
    with override(settings.LANGUAGE_CODE):
        return "; ".join(f"{one.get_party_display()}, {one.unit}: {one.reason}" for one in refusals)[:500]


def _ask_next_round(by: HasActor, transfer: Transfer, asked: int) -> bool:
    """Whether anybody is left to ask: who agreed in place of another is not asked again."""
    rounds = chain_of(transfer.kind, transfer.opened_on).rounds
    return any(_ask_round(by, transfer, later) for later in range(asked + 1, len(rounds)))


def _ask_round(by: HasActor, transfer: Transfer, round_: int) -> list[Consent]:
    rules = transfer_rules(transfer.opened_on)
    agreed = set(transfer.consents.filter(answer=Answer.AGREES).values_list("party", flat=True))
    parties = chain_of(transfer.kind, transfer.opened_on).rounds[round_]
    due_on = add_working_days(timezone.localdate(), rules.clocks.answer)
    return [_ask(by, transfer, Party(party), round_, due_on) for party in parties if party not in agreed]


def _ask(by: HasActor, transfer: Transfer, party: Party, round_: int, due_on: date) -> Consent:
    unit, position = _end(transfer, party)
    task = _task(by, transfer, party, unit, position, due_on) if isinstance(by, Mandate) else None
    consent = Consent.objects.create(
        transfer=transfer,
        party=party,
        unit=unit,
        round=round_,
        asked_on=timezone.localdate(),
        due_on=due_on,
        matter=task,
    )
    tell_of(
        transfer,
        f"asked-{consent.pk}",
        kind=Kind.WAITS,
        text=lambda: _("Chờ ý kiến của %(unit)s.") % {"unit": unit},
        verb=Verb.AGREE_TRANSFER,
        units=[unit],
        by=by,
        due_on=due_on,
    )
    return consent


def _end(transfer: Transfer, party: Party) -> tuple[Unit, Position]:
    match party:
        case Party.SENDER:
            return transfer.from_unit, transfer.from_position
        case Party.RECEIVER:
            return transfer.to_unit, transfer.to_position
        case _:
            return province_of(transfer.to_unit), transfer.to_position


def _task(
    by: Mandate, transfer: Transfer, party: Party, unit: Unit, position: Position, due_on: date
) -> Matter | None:
    """To a commune whose body is in the register of bodies; those above are asked without one."""
    lead = _LEADS.get(Block(position.block), _GOVERNMENT)
    bodies = Body.objects.filter(holding_on(timezone.localdate()), unit=unit, code=lead)
    if unit.tier != Tier.COMMUNE or not (may_issue(by, Verb.ISSUE, unit) and bodies.exists()):
        return None
    with override(settings.LANGUAGE_CODE):
        clears = Clears(
            text=_wording(transfer, party),
            units=[unit],
            person=_("Lãnh đạo %(unit)s") % {"unit": unit},
            product=_("Ý kiến đồng ý hoặc không đồng ý, nêu lý do"),
            basis=chain_of(transfer.kind, transfer.opened_on).source["vi"],
            due_on=due_on,
            lead_code=lead,
            topic=TOPIC,
            origin=origin_of(transfer),
        )
    return issue_order(by=by, order=draft_order(by=by, clears=clears))[0]


def _wording(transfer: Transfer, party: Party) -> str:
    """Without a name: tasks are read by more people than files."""
    words = {"number": transfer.number, "means": str(transfer.get_means_display()).lower()}
    if party == Party.SENDER:
        told = _("Cho ý kiến về hồ sơ %(number)s: %(means)s 01 người ở vị trí %(position)s đến %(unit)s")
        return told % {**words, "position": transfer.from_position, "unit": transfer.to_unit}
    told = _(
        "Cho ý kiến về hồ sơ %(number)s: tiếp nhận (%(means)s) 01 người từ %(unit)s vào vị trí %(position)s"
    )
    return told % {**words, "position": transfer.to_position, "unit": transfer.from_unit}


def origin_of(transfer: Transfer) -> Origin:
    """How the register of matters knows the file: by its number and units, without the person."""
    units = {transfer.from_unit, transfer.to_unit}
    title = _("Hồ sơ điều động %(number)s: %(from)s → %(to)s") % {
        "number": transfer.number,
        "from": transfer.from_unit,
        "to": transfer.to_unit,
    }
    origin, new = Origin.objects.get_or_create(
        key=f"transfer:{transfer.pk}",
        defaults={
            "kind": OriginKind.OTHER,
            "title": title[:300],
            "on": transfer.opened_on,
            "path": transfer.get_absolute_url(),
        },
    )
    if new:
        origin.units.set(units)
    return origin
