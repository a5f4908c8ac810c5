"""A unit disputes a figure held about it; the city answers, and agreeing corrects it. Both are told."""

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.indicators.correcting import corrected
from thongsuot.indicators.enums import Acts, DisputeState
from thongsuot.indicators.models import Dispute, Figure, Indicator, Period, StatedFigure, Statement
from thongsuot.indicators.policies import may_answer, may_dispute
from thongsuot.indicators.queries.disputes import disputable
from thongsuot.indicators.told import Told, Unsound, faults_in
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.notices.actions import settle, tell
from thongsuot.notices.enums import Kind
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on, province_of


@transaction.atomic
def dispute_figure(
    *,
    by: Mandate,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    value: Decimal,
    reason: str,
    second: Decimal | None = None,
) -> Dispute:
    require(may_dispute(by, unit))
    if faults := faults_in([Told(indicator, value, second)], period):
        raise Unsound(faults)
    held = disputable(indicator, unit, period)
    if held is None:
        raise Refused(_("Chưa có số liệu nào để nêu ý kiến. Báo cáo số ấy trong báo cáo của kỳ."))
    open_one = Dispute.objects.filter(indicator=indicator, unit=unit, period=period, state=DisputeState.OPEN)
    if open_one.exists():
        raise Refused(_("Số liệu này đã có ý kiến đang chờ trả lời."))
    dispute = Dispute.objects.create(
        indicator=indicator,
        unit=unit,
        period=period,
        stated=held if isinstance(held, StatedFigure) else None,
        cited=held if isinstance(held, Figure) else None,
        value=value,
        second=second,
        reason=reason[:1000],
        raised_by=by.actor.name[:200],
        raised_by_username=by.actor.username,
        raised_at=timezone.now(),
    )
    tell(
        users=_who_answers(unit),
        kind=Kind.WAITS,
        key=_key(dispute),
        title=_("%(unit)s có ý kiến về số liệu “%(indicator)s”") % {"unit": unit, "indicator": indicator},
        text=reason[:300],
        url=reverse("indicators:disputes"),
    )
    record(by=by, verb=Acts.DISPUTED, subject=dispute, details={"value": str(value)})
    return dispute


def _who_answers(unit: Unit) -> list[int]:
    held = Mandate.objects.filter(holding_on(timezone.localdate()), unit=province_of(unit))
    return [mandate.user_id for mandate in held.select_related("user") if mandate.allows(Verb.ACCEPT_RETURN)]


def _key(dispute: Dispute) -> str:
    return f"dispute-{dispute.pk}"


@transaction.atomic
def answer_dispute(*, by: Mandate, dispute: Dispute, accept: bool, answer: str) -> Dispute:
    """Accepted, the paper gets a new version in which the figure proposed stands: what counts is not written over.

    What a text gave has no paper to reopen: the text stays, and both numbers stand side by side.
    """
    rows = Dispute.objects.select_for_update(of=("self",)).select_related(
        "unit", "indicator", "period", "stated__statement", "stated__indicator", "cited__indicator"
    )
    dispute = rows.get(pk=dispute.pk)
    require(may_answer(by, dispute.unit))
    if dispute.state != DisputeState.OPEN:
        raise Refused(_("Ý kiến này đã được trả lời."))
    if not answer.strip():
        raise Refused(_("Nhập lời trả lời."))
    dispute.state = DisputeState.ACCEPTED if accept else DisputeState.REJECTED
    dispute.answer, dispute.answered_by = answer.strip()[:1000], by.actor.name[:200]
    dispute.answered_at = timezone.now()
    if accept:
        dispute.corrected_in = _corrected(by, dispute)
    dispute.save()
    settle(keys=[_key(dispute)])
    tell(
        users=User.objects.filter(username=dispute.raised_by_username),
        kind=Kind.ANSWERED,
        key=f"{_key(dispute)}-answered",
        title=_("Đã trả lời ý kiến về số liệu “%(indicator)s”") % {"indicator": dispute.indicator},
        text=dispute.answer[:300],
        url=reverse("indicators:disputes"),
    )
    details = {"state": str(dispute.state), "held": dispute.held, "proposed": dispute.proposed}
    record(by=by, verb=Acts.DISPUTE_ANSWERED, subject=dispute, details=details)
    return dispute


def _corrected(by: Mandate, dispute: Dispute) -> Statement | None:
    if dispute.stated is None:
        return None
    why = _("Sửa “%(indicator)s” theo ý kiến của đơn vị: %(held)s thành %(proposed)s. %(answer)s") % {
        "indicator": dispute.indicator,
        "held": dispute.held,
        "proposed": dispute.proposed,
        "answer": dispute.answer,
    }
    told = Told(dispute.indicator, dispute.value, dispute.second, locator=_("ý kiến của đơn vị"))
    return corrected(by=by, statement=dispute.stated.statement, told=told, why=why)
