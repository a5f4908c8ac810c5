"""What somebody still has to learn for their new place becomes a planned course, and a task for the unit."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.training import course_name, courses
from thongsuot.staffing.actions.courses import order_to_send, origin_of
from thongsuot.staffing.actions.transfers.stepping import at_hand, trace
from thongsuot.staffing.enums import COURSE_AFTER, Acts
from thongsuot.staffing.models import Training, Transfer
from thongsuot.staffing.policies import may_send_to_course
from thongsuot.staffing.queries.transfers.people import course_of, course_origin
from thongsuot.units.models import Mandate


@transaction.atomic
def send_to_course(
    *, by: Mandate, transfer: Transfer, course: str, starts_on: date, seen: int | None = None
) -> Training:
    """The course stands in the person's file; the unit they come to gets a task of the loop to send them."""
    require(may_send_to_course(by, transfer))
    transfer = at_hand(transfer, seen)
    _require_needed(transfer)
    if starts_on < timezone.localdate():
        raise Refused(_("Ngày khai giảng %s đã qua. Chọn một ngày sắp tới.") % f"{starts_on:%d-%m-%Y}")
    if course not in courses():
        raise Refused(_("Không có lớp mã %s. Chọn trong danh sách.") % course)
    planned = Training.objects.create(
        person=transfer.person,
        position=transfer.to_position,
        course=course_name(course),
        planned_on=starts_on,
    )
    with override(settings.LANGUAGE_CODE):
        said = {
            "position": transfer.to_position,
            "file": transfer.number,
            "course": planned.course,
            "day": f"{starts_on:%d-%m-%Y}",
        }
        (task,) = order_to_send(
            by=by,
            units=[transfer.to_unit],
            text=_(
                "Cử người nhận vị trí “%(position)s” theo hồ sơ %(file)s đi học lớp “%(course)s”, khai giảng %(day)s"
            )
            % said,
            basis=_("Quyết định %(number)s, nhu cầu bồi dưỡng ghi trong hồ sơ điều động")
            % {"number": transfer.decision_number},
            origin=origin_of(
                course_origin(transfer),
                _("Hồ sơ điều động %(file)s, nhu cầu bồi dưỡng") % said,
                transfer.get_absolute_url(),
                [transfer.to_unit],
            ),
            due_on=starts_on,
        )
    trace(
        by,
        Acts.TRANSFER_COURSE,
        transfer,
        {
            "course": planned.course,
            "starts_on": starts_on,
            "task": task.number,
            "person": transfer.person.number,
        },
    )
    return planned


def _require_needed(transfer: Transfer) -> None:
    if transfer.state not in COURSE_AFTER:
        raise Refused(_("Ghi lớp bồi dưỡng khi hồ sơ đã có quyết định."))
    if not transfer.training_need:
        raise Refused(_("Hồ sơ này không ghi nhu cầu bồi dưỡng."))
    if there := course_of(transfer):
        raise Refused(_("Người này đã có lớp cho vị trí mới: %(course)s.") % {"course": there.course})
