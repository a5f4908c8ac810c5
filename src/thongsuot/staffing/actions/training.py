"""A training plan becomes courses planned for the people it names, and a task for each unit to send its own."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.training import course_name
from thongsuot.matters.models import Matter
from thongsuot.staffing.actions.courses import order_to_send, origin_of
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.models import Training
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.training import Gap
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def save_training(
    *, by: Mandate, unit: Unit, chosen: Sequence[tuple[Gap, str]], starts_on: date, as_tasks: bool = False
) -> int:
    """How many were entered; whoever has a course for the post already is left as they are.

    With `as_tasks`, every unit somebody is named of gets a task of the loop to send them, due on the first day.
    """
    require(may(by, Verb.PLAN_STAFF, unit))
    if starts_on < timezone.localdate():
        raise Refused(_("Ngày khai giảng %s đã qua. Chọn một ngày sắp tới.") % f"{starts_on:%d-%m-%Y}")
    if not chosen:
        raise Refused(_("Phương án chưa có ai để bồi dưỡng. Tăng kinh phí rồi tính lại."))
    people = [gap.holding.person_id for gap, _course in chosen]
    known = set(
        Training.objects.select_for_update(of=("self",))
        .filter(person__in=people, finished_on__isnull=True)
        .values_list("person", "position")
    )
    rows = [
        Training(
            person_id=gap.holding.person_id,
            position_id=gap.holding.position_id,
            course=course_name(course),
            planned_on=starts_on,
        )
        for gap, course in chosen
        if (gap.holding.person_id, gap.holding.position_id) not in known
    ]
    if not rows:
        raise Refused(_("Mọi người trong phương án đã có lớp dự kiến."))
    Training.objects.bulk_create(rows)
    entered = {(row.person_id, row.position_id) for row in rows}
    sent = [gap for gap, _course in chosen if (gap.holding.person_id, gap.holding.position_id) in entered]
    tasks = _tasks(by, unit, sent, starts_on) if as_tasks else []
    record(
        by=by,
        verb=Acts.TRAINING_PLANNED,
        subject=unit,
        details={
            "starts_on": starts_on,
            "courses": sorted({row.course for row in rows}),
            "people": sorted(gap.holding.person.number for gap, _course in chosen),
            "tasks": [task.number for task in tasks],
        },
    )
    return len(rows)


def _tasks(by: Mandate, unit: Unit, sent: Sequence[Gap], starts_on: date) -> list[Matter]:
    """One order to all units somebody is named of; who that is stands on the page it leads to."""
    units = {gap.holding.unit_id: gap.holding.unit for gap in sent}
    called = [units[key] for key in sorted(units)]
    with override(settings.LANGUAGE_CODE):
        said = {"day": f"{starts_on:%d-%m-%Y}"}
        return order_to_send(
            by=by,
            units=called,
            text=_(
                "Cử người chưa đạt chuẩn đi học lớp bồi dưỡng dự kiến khai giảng %(day)s; danh sách ở trang Chuẩn hóa"
            )
            % said,
            basis=_("Phương án bồi dưỡng để đạt chuẩn vị trí việc làm"),
            origin=origin_of(
                f"training:{unit.pk}:{starts_on.isoformat()}",
                _("Phương án bồi dưỡng, khai giảng %(day)s") % said,
                reverse("staffing:standards"),
                called,
            ),
            due_on=starts_on,
        )
