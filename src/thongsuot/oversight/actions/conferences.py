"""Conferences: preparing one on the returns of a period, holding it, giving out what it concluded."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.indicators.models import Period
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions import Clears, draft_order
from thongsuot.matters.enums import OrderState
from thongsuot.matters.models import Order
from thongsuot.oversight.actions.meetings import NewMeeting, record_meeting
from thongsuot.oversight.conferences import conclusion_lines
from thongsuot.oversight.enums import Acts, ConferenceState, MeetingKind
from thongsuot.oversight.models import Conclusion, Conference
from thongsuot.oversight.policies import may
from thongsuot.returns.models import Round
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import may as may_unit
from thongsuot.units.queries import holding_on

_TITLE_ENDS = 300


@dataclass(frozen=True, slots=True)
class NewConference:
    organisation: str
    ordinal: int
    term: str
    planned_on: date
    place: str = ""
    closes: Period | None = None
    opens: Period | None = None
    paper: Round | None = None


@transaction.atomic
def prepare_conference(*, by: Mandate, unit: Unit, conference: NewConference) -> Conference:
    require(may_unit(by, Verb.CONFIRM, unit))
    prepared = Conference(unit=unit)
    _write(prepared, conference)
    record(by=by, verb=Acts.CONFERENCE_PREPARED, subject=prepared, details=_told(prepared))
    return prepared


@transaction.atomic
def amend_conference(
    *, by: Mandate, conference: Conference, to: NewConference, seen: int | None = None
) -> Conference:
    conference = _open(by, conference)
    if conference.meeting_id:
        raise Refused(_("Hội nghị đã diễn ra, không sửa phần chuẩn bị nữa."))
    take_turn(conference, seen)
    _write(conference, to)
    record(by=by, verb=Acts.CONFERENCE_AMENDED, subject=conference, details=_told(conference))
    return conference


@transaction.atomic
def hold_conference(*, by: Mandate, conference: Conference, on: date, chair: str = "") -> Conference:
    """It took place: from now on it is a meeting of the register, and its points may be given out as tasks."""
    conference = _open(by, conference)
    if conference.meeting_id:
        raise Refused(_("Hội nghị này đã ghi là diễn ra rồi."))
    if on > timezone.localdate():
        raise Refused(_("Ngày diễn ra còn ở phía trước. Ghi sau khi hội nghị diễn ra."))
    conference.meeting = record_meeting(
        by=by,
        meeting=NewMeeting(
            kind=MeetingKind.CONFERENCE,
            date=on,
            title=str(conference)[:_TITLE_ENDS],
            organisation=conference.organisation,
            chair=chair.strip(),
            ordinal=conference.ordinal,
            term=conference.term,
            units=[conference.unit],
        ),
    )
    conference.save(update_fields=["meeting"])
    record(by=by, verb=Acts.CONFERENCE_HELD, subject=conference, details={"on": on.isoformat()})
    return conference


@transaction.atomic
def add_conclusions(
    *, by: Mandate, conference: Conference, texts: Sequence[str], assigns: bool = True
) -> list[Conclusion]:
    """Each text a point of its own, after those there are; several pasted lines come in at once."""
    conference = _held(by, conference)
    said = [text.strip() for text in texts if text.strip()]
    if not said:
        raise Refused(_("Chưa nhập kết luận nào. Nhập mỗi kết luận một dòng."))
    last = conference.conclusions.aggregate(last=Max("position"))["last"] or 0
    points = [
        Conclusion(conference=conference, position=at, text=text, assigns=assigns)
        for at, text in enumerate(said, start=last + 1)
    ]
    Conclusion.objects.bulk_create(points)
    record(by=by, verb=Acts.CONCLUSIONS_NOTED, subject=conference, details={"texts": said})
    return points


@transaction.atomic
def amend_conclusion(*, by: Mandate, conclusion: Conclusion, text: str, assigns: bool) -> Conclusion:
    conclusion = _point(by, conclusion)
    if not text.strip():
        raise Refused(_("Kết luận chưa có nội dung."))
    before = conclusion.text
    conclusion.text, conclusion.assigns = text.strip(), assigns
    conclusion.save(update_fields=["text", "assigns"])
    details = {"before": before, "after": conclusion.text, "assigns": assigns}
    record(by=by, verb=Acts.CONCLUSION_AMENDED, subject=conclusion.conference, details=dict(details))
    return conclusion


@transaction.atomic
def remove_conclusion(*, by: Mandate, conclusion: Conclusion) -> None:
    """Noted by mistake; the points after it move up."""
    conclusion = _point(by, conclusion)
    conference, position = conclusion.conference, conclusion.position
    Conclusion.objects.filter(pk=conclusion.pk).delete()
    for after in conference.conclusions.filter(position__gt=position).order_by("position"):
        Conclusion.objects.filter(pk=after.pk).update(position=F("position") - 1)
    record(by=by, verb=Acts.CONCLUSION_REMOVED, subject=conference, details={"text": conclusion.text})


@transaction.atomic
def draft_from_conclusion(*, by: Mandate, conclusion: Conclusion) -> Order:
    """A draft of the order, with what the conference tells already; the six clears are completed there."""
    conclusion = _point(by, conclusion)
    if not conclusion.assigns:
        raise Refused(_("Kết luận này không giao việc. Đánh dấu “Giao việc” trước."))
    conference = conclusion.conference
    assert conference.meeting is not None, "points are noted of a conference that was held"
    opens, today = conference.opens, timezone.localdate()
    order = draft_order(
        by=by,
        clears=Clears(
            text=conclusion.text,
            units=_given_to(conference.unit, today),
            basis=_("Kết luận số %(at)d, %(conference)s")
            % {"at": conclusion.position, "conference": conference.lower_title},
            due_on=opens.last_day if opens and opens.last_day > today else None,
            origin=conference.meeting.origin,
        ),
    )
    conclusion.order = order
    conclusion.save(update_fields=["order"])
    return order


@transaction.atomic
def close_conference(*, by: Mandate, conference: Conference) -> Conference:
    """Everything it assigned has been given to somebody."""
    conference = _held(by, conference)
    lines = conclusion_lines(conference)
    if not lines:
        raise Refused(_("Chưa ghi kết luận nào của hội nghị. Ghi kết luận rồi kết thúc."))
    if waiting := [line.conclusion.position for line in lines if line.waits]:
        raise Refused(
            _("Kết luận số %(points)s giao việc nhưng chưa có lệnh giao. Giao hoặc bỏ dấu “Giao việc”.")
            % {"points": ", ".join(map(str, waiting))}
        )
    conference.closed_on = timezone.localdate()
    conference.save(update_fields=["closed_on"])
    record(by=by, verb=Acts.CONFERENCE_CLOSED, subject=conference, details={"points": len(lines)})
    return conference


def _write(conference: Conference, said: NewConference) -> None:
    for field in fields(said):
        value = getattr(said, field.name)
        setattr(conference, field.name, " ".join(value.split()) if isinstance(value, str) else value)
    if said.closes and said.opens and said.opens.last_day <= said.closes.last_day:
        raise Refused(_("Kỳ của nhiệm vụ phải sau kỳ được sơ kết. Chọn lại hai kỳ."))
    if said.paper and said.closes and said.paper.period_id != said.closes.pk:
        raise Refused(
            _("Báo cáo trình hội nghị thuộc %(period)s, không phải kỳ được sơ kết.")
            % {"period": said.paper.period}
        )
    conference.full_clean(exclude=["meeting"], validate_constraints=False)
    try:
        with transaction.atomic():
            conference.save()
    except IntegrityError as taken:
        raise Refused(_("Đã có %(conference)s.") % {"conference": conference.lower_title}) from taken


def _told(conference: Conference) -> dict[str, object]:
    return {
        "on": conference.planned_on.isoformat(),
        "closes": str(conference.closes or ""),
        "opens": str(conference.opens or ""),
    }


def _open(by: Mandate, conference: Conference) -> Conference:
    """Locked, and not closed yet."""
    require(may(by, Verb.CONFIRM, conference))
    conference = (
        Conference.objects.select_for_update(of=("self",))
        .select_related("unit", "meeting__origin", "opens")
        .get(pk=conference.pk)
    )
    if conference.state == ConferenceState.CLOSED:
        raise Refused(_("Hội nghị này đã kết thúc; chỉ còn xem."))
    return conference


def _held(by: Mandate, conference: Conference) -> Conference:
    conference = _open(by, conference)
    if not conference.meeting_id:
        raise Refused(_("Hội nghị chưa diễn ra. Ghi ngày diễn ra trước."))
    return conference


def _point(by: Mandate, conclusion: Conclusion) -> Conclusion:
    """Of a conference still open, and not given out; a draft that was discarded has let go of its point."""
    conference = _held(by, conclusion.conference)
    found = conference.conclusions.select_related("order").filter(pk=conclusion.pk).first()
    if not found:
        raise Refused(_("Kết luận này vừa được xóa."))
    found.conference = conference
    if found.order and found.order.state != OrderState.WITHDRAWN:
        raise Refused(_("Kết luận này đã có lệnh giao. Sửa ở lệnh giao."))
    return found


def _given_to(unit: Unit, on: date) -> list[Unit]:
    """A province gives to all its communes; a commune to itself."""
    if unit.tier != Tier.PROVINCE:
        return [unit]
    return list(unit.children.filter(holding_on(on)).order_by("code"))
