"""Who leads and sits in a working group, on paper: names and titles as they were, from when to when.

The rights of those who sign in come from being seated with their mandate (actions.campaigns.seat_member).
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.enums import Acts, SeatPart
from thongsuot.oversight.models import GroupSeat, WorkingGroup
from thongsuot.oversight.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def seat_person(
    *,
    by: Mandate,
    group: WorkingGroup,
    part: SeatPart,
    name: str,
    title: str = "",
    since: date | None = None,
    until: date | None = None,
) -> GroupSeat:
    """From the first day of the campaign unless `since` is given; the same seat twice is one seat."""
    group = _locked(by, group)
    seat = GroupSeat(
        group=group,
        part=part,
        name=" ".join(name.split()),
        title_as_was=" ".join(title.split()),
        valid_from=since or group.campaign.started_on,
        valid_to=until,
    )
    beside = _beside(seat)
    same = next((known for known in beside if known.name == seat.name and until is None), None)
    if same and seat.title_as_was in ("", same.title_as_was):
        return same
    if same and not same.title_as_was and since in (None, same.valid_from):
        return _given_title(by, same, seat.title_as_was)
    _refuse_clash(seat, beside)
    seat.full_clean(exclude=["group"])
    seat.save()
    _tell(by, Acts.SEAT_TAKEN, seat)
    return seat


def _given_title(by: Mandate, seat: GroupSeat, title: str) -> GroupSeat:
    """What was not known when the seat was written down."""
    seat.title_as_was = title
    seat.full_clean(exclude=["group"])
    seat.save(update_fields=["title_as_was"])
    _tell(by, Acts.SEAT_TAKEN, seat)
    return seat


@transaction.atomic
def retitle_person(*, by: Mandate, seat: GroupSeat, title: str, since: date) -> GroupSeat:
    """The same person under a new title: what they were called until then stays as it was."""
    seat = _locked_seat(by, seat)
    ended = end_seat(by=by, seat=seat, on=since)
    return seat_person(
        by=by, group=ended.group, part=SeatPart(ended.part), name=ended.name, title=title, since=since
    )


@transaction.atomic
def end_seat(*, by: Mandate, seat: GroupSeat, on: date) -> GroupSeat:
    """`on` is the first day the person no longer sits there."""
    seat = _locked_seat(by, seat)
    if seat.valid_to == on:
        return seat
    if seat.valid_to is not None:
        raise Refused(
            _("%(name)s đã thôi từ ngày %(day)s.") % {"name": seat.name, "day": f"{seat.valid_to:%d-%m-%Y}"}
        )
    if on <= seat.valid_from:
        raise Refused(
            _("%(name)s vào tổ từ ngày %(day)s. Chọn ngày thôi sau ngày đó, hoặc xóa nếu ghi nhầm.")
            % {"name": seat.name, "day": f"{seat.valid_from:%d-%m-%Y}"}
        )
    seat.valid_to = on
    seat.save(update_fields=["valid_to"])
    _tell(by, Acts.SEAT_ENDED, seat)
    return seat


@transaction.atomic
def remove_seat(*, by: Mandate, seat: GroupSeat) -> None:
    """One written down by mistake; who really sat there is ended, not removed."""
    seat = _locked_seat(by, seat)
    remove_or_refuse(seat)
    _tell(by, Acts.SEAT_REMOVED, seat)


def _locked(by: Mandate, group: WorkingGroup) -> WorkingGroup:
    require(may(by, Verb.MANAGE_CAMPAIGNS, group))
    return WorkingGroup.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=group.pk)


def _locked_seat(by: Mandate, seat: GroupSeat) -> GroupSeat:
    _locked(by, seat.group)
    return GroupSeat.objects.select_related("group__campaign").get(pk=seat.pk)


def _beside(seat: GroupSeat) -> list[GroupSeat]:
    """Those in the same part of the group on at least one day of this one."""
    meets = Q(valid_to__isnull=True) | Q(valid_to__gt=seat.valid_from)
    if seat.valid_to:
        meets &= Q(valid_from__lt=seat.valid_to)
    return list(GroupSeat.objects.filter(meets, group=seat.group, part=seat.part))


def _refuse_clash(seat: GroupSeat, beside: list[GroupSeat]) -> None:
    for known in beside:
        if known.name == seat.name:
            raise Refused(
                _("%(name)s đã là %(part)s từ ngày %(day)s. Đổi chức vụ ở dòng đó.")
                % {
                    "name": known.name,
                    "part": str(known.get_part_display()).lower(),
                    "day": f"{known.valid_from:%d-%m-%Y}",
                }
            )
        if seat.part == SeatPart.LEADER:
            raise Refused(
                _("%(group)s đã có tổ trưởng %(name)s từ ngày %(day)s. Ghi ngày thôi của người đó trước.")
                % {"group": seat.group, "name": known.name, "day": f"{known.valid_from:%d-%m-%Y}"}
            )


def _tell(by: Mandate, act: Acts, seat: GroupSeat) -> None:
    record(
        by=by,
        verb=act,
        subject=seat.group,
        details={
            "part": str(seat.part),
            "name": seat.name,
            "title": seat.title_as_was,
            "from": seat.valid_from,
            "to": seat.valid_to,
        },
    )
