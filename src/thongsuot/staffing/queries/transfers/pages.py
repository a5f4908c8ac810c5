"""What the page of one file shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.lawbook.transfers import Chain, chain_of, consulted, sides
from thongsuot.staffing.enums import Answer, Means, Party, TransferState
from thongsuot.staffing.models import Consent, HandoverItem, Transfer
from thongsuot.staffing.queries.transfers.rows import handover_due

DONE, HERE, AHEAD, STOPPED = "done", "here", "ahead", "stopped"
_ICONS = {DONE: "circle-check", HERE: "player-play", AHEAD: "circle-dashed", STOPPED: "circle-x"}


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the way: whether it lies behind, here or ahead, on which day, and what there is to say."""

    label: str
    standing: str
    on: date | None = None
    note: str = ""

    @property
    def icon(self) -> str:
        return _ICONS[self.standing]


_ORDER = (
    TransferState.OPENED,
    TransferState.HEARD,
    TransferState.ASKED,
    TransferState.AGREED,
    TransferState.DECIDED,
    TransferState.IN_EFFECT,
    TransferState.CLOSED,
)


def way_of(transfer: Transfer, consents: Sequence[Consent]) -> list[Stop]:
    """Every step of the way in order; a file that was given up stops where it was."""
    asks = bool(chain_of(transfer.kind, transfer.opened_on).rounds)
    asked = min((one.asked_on for one in consents), default=None)
    answered = max((one.answered_on for one in consents if one.answered_on), default=None)
    days: dict[TransferState, date | None] = {
        TransferState.OPENED: transfer.opened_on,
        TransferState.HEARD: transfer.heard_on,
        TransferState.ASKED: asked,
        TransferState.AGREED: answered if asks else transfer.heard_on,
        TransferState.DECIDED: transfer.decision_on,
        TransferState.IN_EFFECT: transfer.effective_on,
        TransferState.CLOSED: None,
    }
    labels = {
        TransferState.OPENED: _("Lập hồ sơ"),
        TransferState.HEARD: _("Gặp, nghe ý kiến"),
        TransferState.ASKED: _("Xin ý kiến các bên"),
        TransferState.AGREED: _("Các bên đồng ý"),
        TransferState.DECIDED: _("Quyết định"),
        TransferState.IN_EFFECT: _("Có hiệu lực"),
        TransferState.CLOSED: _("Bàn giao xong"),
    }
    reached = _reached(transfer)
    stops = [
        Stop(
            labels[state],
            _standing(at, reached, transfer),
            days[state] if at <= reached or days[state] else None,
        )
        for at, state in enumerate(_ORDER)
        if asks or state not in (TransferState.ASKED, TransferState.AGREED)
    ]
    if transfer.means == Means.SECONDMENT and (transfer.ends_on or transfer.state not in _OVER):
        over = transfer.state == TransferState.ENDED
        stops.append(Stop(_("Hết biệt phái"), DONE if over else AHEAD, transfer.ends_on))
    return stops


_OVER = (TransferState.CANCELLED, TransferState.ENDED)


def _reached(transfer: Transfer) -> int:
    """How far along `_ORDER` the file has come."""
    state = TransferState(transfer.state)
    if state == TransferState.REFUSED:
        return _ORDER.index(TransferState.ASKED)
    if state == TransferState.ENDED:
        return _ORDER.index(TransferState.CLOSED)
    if state == TransferState.CANCELLED:
        marks = (transfer.opened_on, transfer.heard_on, None, None, transfer.decision_on)
        return max(at for at, day in enumerate(marks) if day)
    return _ORDER.index(state)


def _standing(at: int, reached: int, transfer: Transfer) -> str:
    if at < reached or transfer.state in (TransferState.CLOSED, TransferState.ENDED):
        return DONE
    if at > reached:
        return AHEAD
    if transfer.state in (TransferState.CANCELLED, TransferState.REFUSED):
        return STOPPED
    return HERE


@dataclass(frozen=True, slots=True)
class Asked:
    """One party of the file, as it stands."""

    consent: Consent
    late: bool
    overruled: bool

    @property
    def label(self) -> str:
        if self.overruled:
            return _("Đã chuyển lên cấp trên")
        if self.consent.answer:
            return str(self.consent.get_answer_display())
        return _("Quá hạn") if self.late else _("Chờ trả lời")

    @property
    def look(self) -> tuple[str, str]:
        if self.overruled:
            return "done", "arrow-up"
        if self.consent.answer == Answer.AGREES:
            return "done", "circle-check"
        if self.consent.answer == Answer.REFUSES:
            return "due", "hand-stop"
        return ("late", "alert-triangle") if self.late else ("calm", "clock")


def asked_of(consents: Sequence[Consent], on: date) -> list[Asked]:
    return [
        Asked(one, not one.answer and one.due_on < on, overruled=one.escalated_on is not None)
        for one in consents
    ]


@dataclass(frozen=True, slots=True)
class HandoverPart:
    """What one end hands over."""

    party: str
    label: str
    items: Sequence[HandoverItem]

    @property
    def done(self) -> int:
        return sum(item.done_on is not None for item in self.items)


def handover_of(transfer: Transfer) -> list[HandoverPart]:
    items, side = list(transfer.handover.all()), sides()
    ends = ((Party.SENDER, transfer.from_unit), (Party.RECEIVER, transfer.to_unit))
    parts = [
        HandoverPart(party, str(unit), [one for one in items if side.get(one.code, Party.RECEIVER) == party])
        for party, unit in ends
    ]
    return [part for part in parts if part.items]


@dataclass(frozen=True, slots=True)
class Rule:
    """How this kind of move is decided, in words, and where it is our own reading."""

    chain: Chain
    signer: str
    source: str
    consult: Sequence[tuple[str, str]]
    handover_due: date | None


def rule_of(transfer: Transfer) -> Rule:
    chain = chain_of(transfer.kind, transfer.opened_on)
    language = get_language() or "vi"
    return Rule(
        chain=chain,
        signer=chain.signer.get(language, chain.signer["vi"]),
        source=chain.source.get(language, chain.source["vi"]),
        consult=[(code, consulted(code, language)) for code in chain.consult],
        handover_due=handover_due(transfer),
    )
