"""Rounds: one act asks every unit at once; one day put off, many reminded, the whole closed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.indicators.actions import period_for
from thongsuot.kernel.periods import PeriodName
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.reporting import due_day, first_day
from thongsuot.notices.enums import Kind
from thongsuot.returns.actions.templates import design_from, require_asked_once
from thongsuot.returns.enums import HANDED_IN, Acts, Audience, State
from thongsuot.returns.models import Chase, Return, ReturnTemplate, Round
from thongsuot.returns.policies import may
from thongsuot.returns.told import tell_units
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import communes_of, province_of


@transaction.atomic
def open_round(*, by: Mandate, template: ReturnTemplate, name: PeriodName, due: date | None = None) -> Round:
    """Every unit of the audience owes a return from now on, and is told so."""
    unit = template.issuer or _province(by)
    require(may(by, Verb.KEEP_RETURNS, unit))
    due = due or due_day(template.calendar, name, template.due_working_days)
    _require_period(template, unit, name, due)
    if template.issuer is None:
        require_asked_once(design_from(template), unit, template)
    period = period_for(template.calendar, name)
    if Round.objects.filter(template=template, period=period, unit=unit).exists():
        raise Refused(
            _("Đã mở kỳ thu “%(template)s” của %(period)s.") % {"template": template, "period": period}
        )
    called = Round.objects.create(
        template=template,
        period=period,
        unit=unit,
        due=due,
        opened_at=timezone.now(),
        opened_by=by.actor.name[:200],
    )
    units = _asked(template, unit)
    if not units:
        raise Refused(_("Không có đơn vị nào phải báo cáo theo mẫu này vào hôm nay."))
    rows = Return.objects.bulk_create(Return(round=called, unit=one, due=due) for one in units)
    tell_units(rows, Verb.REPORT, Kind.ASSIGNED, _("Lập và nộp báo cáo của đơn vị."), "opened")
    details = {"template": template.code, "period": period.code, "due": due, "units": len(rows)}
    record(by=by, verb=Acts.ROUND_OPENED, subject=called, details=details)
    return called


def _province(by: Mandate) -> Unit:
    return province_of(by.unit) if by.unit.tier == Tier.COMMUNE else by.unit


def _asked(template: ReturnTemplate, unit: Unit) -> list[Unit]:
    there = communes_of(unit, timezone.localdate())
    if template.audience == Audience.CHOSEN:
        there = there.filter(pk__in=template.chosen_units.values("pk"))
    return list(there.order_by("code"))


def _require_period(template: ReturnTemplate, unit: Unit, name: PeriodName, due: date) -> None:
    today, begins = timezone.localdate(), first_day(template.calendar, name)
    if name.kind != template.period_kind:
        raise Refused(
            _("“%(template)s” thu theo %(kind)s. Chọn một kỳ như vậy.")
            % {"template": template, "kind": template.get_period_kind_display().lower()}
        )
    if begins > today:
        raise Refused(
            _("%(period)s bắt đầu từ %(day)s, chưa thu báo cáo được.")
            % {"period": name.title().capitalize(), "day": f"{begins:%d-%m-%Y}"}
        )
    if not template.holds_on(today):
        raise Refused(_("“%(template)s” không còn dùng. Mở kỳ bằng mẫu đang dùng.") % {"template": template})
    if due < begins:
        raise Refused(_("Hạn nộp %s đứng trước kỳ báo cáo.") % f"{due:%d-%m-%Y}")


@transaction.atomic
def extend_return(*, by: Mandate, row: Return, due: date, reason: str) -> Return:
    """One unit gets until another day; also after its round was closed."""
    require(may(by, Verb.KEEP_RETURNS, row.round.unit))
    require(may(by, Verb.READ, row))
    row = Return.objects.select_for_update(of=("self",)).select_related("round", "unit").get(pk=row.pk)
    if row.state in HANDED_IN:
        raise Refused(_("%(unit)s đã gửi báo cáo, không cần gia hạn.") % {"unit": row.unit.title})
    if due <= row.due or due < timezone.localdate():
        raise Refused(
            _("Hạn mới phải sau hạn cũ %(day)s và không trước hôm nay.") % {"day": f"{row.due:%d-%m-%Y}"}
        )
    if not reason.strip():
        raise Refused(_("Chưa nêu lý do gia hạn."))
    before, row.due = row.due, due
    row.save(update_fields=["due"])
    text = _("Gia hạn nộp báo cáo đến %(day)s: %(reason)s") % {"day": f"{due:%d-%m-%Y}", "reason": reason}
    tell_units([row], Verb.REPORT, Kind.CHANGED, text, f"extended-{due:%Y%m%d}")
    details = {"from": before, "to": due, "reason": reason, "unit": row.unit.code}
    record(by=by, verb=Acts.EXTENDED, subject=row, details=details)
    return row


@transaction.atomic
def chase_returns(
    *, by: Mandate, called: Round, units: Collection[int] | None = None, words: str = ""
) -> int:
    """Remind those of the units (of all, when none are named) that have not handed in; how many they were."""
    require(may(by, Verb.KEEP_RETURNS, called))
    owing = Return.objects.select_for_update(of=("self",)).filter(round=called).exclude(state__in=HANDED_IN)
    if units is not None:
        owing = owing.filter(unit__in=units)
    keys = list(owing.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused(_("Không có đơn vị nào trong số đã chọn còn nợ báo cáo."))
    Return.objects.filter(pk__in=keys).update(
        times_chased=F("times_chased") + 1, last_chased_at=timezone.now()
    )
    chase = Chase.objects.create(
        round=called, at=timezone.now(), by=by.actor.name[:200], words=words.strip()[:500]
    )
    chase.returns.set(keys)
    rows = list(Return.objects.filter(pk__in=keys).select_related("round__template", "round__period", "unit"))
    today, text = timezone.localdate(), words.strip() or _("Đôn đốc nộp báo cáo.")
    for late in (True, False):
        some = [row for row in rows if (row.due < today) == late]
        tell_units(some, Verb.REPORT, Kind.LATE if late else Kind.DUE, text, "chased", chased=True)
    details = {"units": sorted(row.unit.code for row in rows), "words": words}
    record(by=by, verb=Acts.CHASED, subject=called, details=details)
    return len(rows)


@transaction.atomic
def close_round(*, by: Mandate, called: Round) -> int:
    """What was accepted is final; whoever has not handed in needs a new day. How many were locked."""
    require(may(by, Verb.KEEP_RETURNS, called))
    called = Round.objects.select_for_update(of=("self",)).get(pk=called.pk)
    if called.closed_at is not None:
        raise Refused(_("Kỳ này đã chốt lúc %s.") % f"{timezone.localtime(called.closed_at):%H:%M %d-%m-%Y}")
    if timezone.localdate() <= called.period.last_day:
        raise Refused(
            _("Kỳ chưa qua ngày chốt số liệu %s nên chưa chốt được.") % f"{called.period.last_day:%d-%m-%Y}"
        )
    waiting = Return.objects.filter(round=called, state=State.APPROVED).count()
    if waiting:
        raise Refused(
            _("Còn %(count)s báo cáo đã gửi mà chưa tiếp nhận. Tiếp nhận hoặc trả lại trước khi chốt.")
            % {"count": waiting}
        )
    locked = Return.objects.filter(round=called, state=State.ACCEPTED).update(
        state=State.LOCKED, version=F("version") + 1
    )
    called.closed_at = timezone.now()
    called.save(update_fields=["closed_at"])
    missing = Return.objects.filter(round=called).exclude(state=State.LOCKED).count()
    record(by=by, verb=Acts.ROUND_CLOSED, subject=called, details={"locked": locked, "missing": missing})
    return locked
