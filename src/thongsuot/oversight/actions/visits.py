"""The timetable: planning visits and noting each step of them; the table of steps is enums.TRANSITIONS."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as Time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.documents.models import Document
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.actions.campaigns import NewPlan, registered
from thongsuot.oversight.enums import STEPS_BACK, Acts, SetAside, VisitState
from thongsuot.oversight.models import Meeting, Visit, WorkingGroup
from thongsuot.oversight.policies import may, may_run
from thongsuot.sources.models import Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class NewVisit:
    units: Sequence[Unit]
    on: date
    time: Time | None = None
    place: str = ""


@transaction.atomic
def plan_visits(*, by: Mandate, group: WorkingGroup, visits: Iterable[NewVisit]) -> list[Visit]:
    """Several days and units at once: all of them or none."""
    return [
        plan_visit(by=by, group=group, units=one.units, on=one.on, time=one.time, place=one.place)
        for one in visits
    ]


@transaction.atomic
def plan_visit(
    *,
    by: Mandate,
    group: WorkingGroup,
    units: Iterable[Unit],
    on: date,
    time: Time | None = None,
    place: str = "",
) -> Visit:
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    group = WorkingGroup.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=group.pk)
    units = list(dict.fromkeys(units))
    _check_units(group, units)
    _check_day(group, on)
    _refuse_twice(group, units, on)
    visit = Visit(
        group=group, planned_on=on, first_planned_on=on, time=time, place=" ".join(place.split())[:300]
    )
    visit.save()
    visit.units.set(units)
    _tell(by, Acts.VISIT_PLANNED, visit, on=on, units=sorted(unit.code for unit in units))
    return visit


@transaction.atomic
def amend_visit(
    *, by: Mandate, visit: Visit, units: Iterable[Unit], time: Time | None = None, place: str = ""
) -> Visit:
    """Whom, at what hour, where; the day is moved with its reason (postpone_visit)."""
    visit = _locked(by, visit)
    if visit.held_on or visit.is_set_aside:
        raise Refused(
            _("Buổi này %(state)s, không còn sửa lịch.") % {"state": str(visit.state.label).lower()}
        )
    units = list(dict.fromkeys(units))
    _check_units(visit.group, units)
    _refuse_twice(visit.group, units, visit.planned_on, but=visit)
    visit.time, visit.place = time, " ".join(place.split())[:300]
    visit.save(update_fields=["time", "place"])
    visit.units.set(units)
    _tell(by, Acts.VISIT_AMENDED, visit, units=sorted(unit.code for unit in units), place=visit.place)
    return visit


@transaction.atomic
def send_notice(*, by: Mandate, visit: Visit, on: date, document: Document | NewPlan | None = None) -> Visit:
    visit = _locked(by, visit)
    _require_step(visit, VisitState.NOTIFIED)
    _refuse_future(on)
    if on > visit.planned_on:
        raise Refused(_("Thông báo phải gửi trước hoặc trong ngày làm việc. Kiểm tra lại ngày gửi."))
    document = registered(by, document) if isinstance(document, NewPlan) else document
    visit.notice_on, visit.notice = on, document
    visit.save(update_fields=["notice_on", "notice"])
    _tell(by, Acts.VISIT_NOTIFIED, visit, on=on, document=str(document or ""))
    return visit


@transaction.atomic
def hold_visit(*, by: Mandate, visit: Visit, on: date | None = None) -> Visit:
    """It took place; the minutes are still to come."""
    visit = _locked(by, visit)
    _require_step(visit, VisitState.HELD)
    on = on or visit.planned_on
    _refuse_future(on)
    visit.held_on = on
    visit.save(update_fields=["held_on"])
    _tell(by, Acts.VISIT_HELD, visit, on=on)
    return visit


@transaction.atomic
def link_minutes(*, by: Mandate, visit: Visit, meeting: Meeting) -> Visit:
    """By whoever may confirm the meeting: those who run the visit, and a unit of it that took in the minutes."""
    require(may(by, Verb.CONFIRM, meeting))
    require(may(by, Verb.READ, visit))
    visit = _held(visit)
    if visit.meeting_id == meeting.pk:
        return visit
    _require_step(visit, VisitState.MINUTES)
    if meeting.working_group_id != visit.group_id:
        raise Refused(_("“%(meeting)s” không phải buổi của %(group)s.") % _of(visit, meeting=meeting))
    if Visit.objects.filter(meeting=meeting).exists():
        raise Refused(
            _("“%(meeting)s” đã là biên bản của một buổi khác trong lịch.") % _of(visit, meeting=meeting)
        )
    if not set(meeting.units.values_list("pk", flat=True)) & set(visit.units.values_list("pk", flat=True)):
        raise Refused(
            _("“%(meeting)s” không có đơn vị nào của buổi trong lịch.") % _of(visit, meeting=meeting)
        )
    visit.meeting, visit.held_on = meeting, meeting.date
    visit.save(update_fields=["meeting", "held_on"])
    _tell(by, Acts.VISIT_MINUTES, visit, meeting=str(meeting))
    return visit


@transaction.atomic
def release_minutes(*, by: Mandate, meeting: Meeting) -> None:
    """The meeting is taken back: its visit is again one that was held and waits for minutes."""
    visit = Visit.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if visit is None:
        return
    if visit.reported_on:
        raise Refused(
            _("Buổi này đã báo cáo kết quả. Lùi bước báo cáo ở lịch giám sát trước khi xóa biên bản.")
        )
    visit.meeting = None
    visit.save(update_fields=["meeting"])
    _tell(by, Acts.VISIT_STEPPED_BACK, visit, to=VisitState.HELD)


@transaction.atomic
def report_visit(
    *,
    by: Mandate,
    visit: Visit,
    on: date,
    document: Document | NewPlan | None = None,
    source: Source | None = None,
) -> Visit:
    """What came of the visit was reported upward, by a document of the register or a file received."""
    visit = _locked(by, visit)
    _require_step(visit, VisitState.REPORTED)
    _refuse_future(on)
    if visit.held_on and on < visit.held_on:
        raise Refused(_("Ngày báo cáo trước ngày làm việc. Kiểm tra lại hai ngày."))
    document = registered(by, document) if isinstance(document, NewPlan) else document
    visit.reported_on, visit.report, visit.report_source = on, document, source
    visit.save(update_fields=["reported_on", "report", "report_source"])
    _tell(by, Acts.VISIT_REPORTED, visit, on=on, document=str(document or source or ""))
    return visit


@transaction.atomic
def postpone_visit(*, by: Mandate, visit: Visit, reason: str, to: date | None = None) -> Visit:
    """To another day, for which a new notice goes out; without a day it waits for one."""
    visit = _locked(by, visit)
    reason = _reason(reason)
    if to:
        return _move(by, visit, to, reason)
    _require_step(visit, VisitState.POSTPONED)
    visit.set_aside, visit.reason = SetAside.POSTPONED, reason
    visit.save(update_fields=["set_aside", "reason"])
    _tell(by, Acts.VISIT_POSTPONED, visit, reason=reason)
    return visit


@transaction.atomic
def replan_visit(*, by: Mandate, visit: Visit, on: date) -> Visit:
    """A postponed or cancelled visit gets its day."""
    visit = _locked(by, visit)
    if not visit.is_set_aside:
        raise Refused(_("Buổi này đang có ngày. Muốn đổi ngày thì dùng “Dời ngày” và ghi lý do."))
    return _move(by, visit, on, visit.reason)


@transaction.atomic
def cancel_visit(*, by: Mandate, visit: Visit, reason: str) -> Visit:
    visit = _locked(by, visit)
    reason = _reason(reason)
    _require_step(visit, VisitState.CANCELLED)
    visit.set_aside, visit.reason = SetAside.CANCELLED, reason
    visit.save(update_fields=["set_aside", "reason"])
    _tell(by, Acts.VISIT_CANCELLED, visit, reason=reason)
    return visit


@transaction.atomic
def step_back(*, by: Mandate, visit: Visit, reason: str) -> Visit:
    """Take back the last step noted, and only that one."""
    visit = _locked(by, visit)
    reason = _reason(reason)
    if visit.state not in STEPS_BACK:
        raise Refused(
            _("Buổi đang ở bước “%(state)s”, không có bước nào để lùi.") % {"state": visit.state.label}
        )
    for name in STEPS_BACK[visit.state]:
        setattr(visit, name, None)
    visit.save()
    _tell(by, Acts.VISIT_STEPPED_BACK, visit, to=visit.state, reason=reason)
    return visit


def _move(by: Mandate, visit: Visit, to: date, reason: str) -> Visit:
    _require_step(visit, VisitState.PLANNED)
    if to == visit.planned_on and not visit.is_set_aside:
        raise Refused(_("Buổi này đang vào đúng ngày đó. Chọn ngày khác."))
    _check_day(visit.group, to)
    _refuse_twice(visit.group, list(visit.units.all()), to, but=visit)
    was = visit.planned_on
    visit.planned_on, visit.set_aside, visit.reason = to, "", reason
    visit.moved += to != was
    visit.notice_on = visit.notice = None
    visit.save()
    _tell(by, Acts.VISIT_MOVED, visit, was=was, to=to, reason=reason)
    return visit


def _locked(by: Mandate, visit: Visit) -> Visit:
    visit = _held(visit)
    require(may_run(by, visit))
    return visit


def _held(visit: Visit) -> Visit:
    """As it stands now, held until this act is over."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("group__campaign")
    return rows.get(pk=visit.pk)


def _require_step(visit: Visit, state: VisitState) -> None:
    if not visit.may_become(state):
        raise Refused(
            _("Buổi đang ở bước “%(now)s”, không chuyển sang “%(then)s” được.")
            % {"now": visit.state.label, "then": state.label}
        )


def _check_units(group: WorkingGroup, units: list[Unit]) -> None:
    if not units:
        raise Refused(_("Chưa chọn đơn vị nào cho buổi giám sát."))
    own = set(group.units.values_list("pk", flat=True))
    if strange := [str(unit) for unit in units if unit.pk not in own]:
        raise Refused(
            _("Không thuộc %(group)s: %(units)s. Phân công đơn vị cho tổ trước.")
            % {"group": group, "units": ", ".join(strange)}
        )


def _check_day(group: WorkingGroup, on: date) -> None:
    campaign = group.campaign
    if on < campaign.started_on or (campaign.ended_on and on > campaign.ended_on):
        raise Refused(_("Ngày %(day)s nằm ngoài thời gian của đợt giám sát.") % {"day": f"{on:%d-%m-%Y}"})


def _refuse_twice(group: WorkingGroup, units: list[Unit], on: date, but: Visit | None = None) -> None:
    same = Visit.objects.filter(group=group, planned_on=on, set_aside="", units__in=units)
    if but:
        same = same.exclude(pk=but.pk)
    if same.exists():
        names = sorted(
            {str(unit) for visit in same.distinct() for unit in visit.units.all() if unit in units}
        )
        raise Refused(
            _("%(group)s đã có lịch ngày %(day)s với %(units)s.")
            % {"group": group, "day": f"{on:%d-%m-%Y}", "units": ", ".join(names)}
        )


def _refuse_future(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("Ngày %(day)s chưa tới. Chỉ ghi bước đã xảy ra.") % {"day": f"{on:%d-%m-%Y}"})


def _reason(typed: str) -> str:
    if not (reason := " ".join(typed.split())[:500]):
        raise Refused(_("Ghi lý do: người khác sẽ đọc lại."))
    return reason


def _of(visit: Visit, meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "group": visit.group}


def _tell(by: Mandate, act: Acts, visit: Visit, **details: object) -> None:
    record(by=by, verb=act, subject=visit, details={"group": str(visit.group), **details})
