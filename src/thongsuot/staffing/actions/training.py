"""A training plan becomes courses planned for the people it names."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.training import course_name
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.models import Training
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.training import Gap
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@transaction.atomic
def save_training(*, by: Mandate, unit: Unit, chosen: Sequence[tuple[Gap, str]], starts_on: date) -> int:
    """How many were entered; whoever has a course for the post already is left as they are."""
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
    record(
        by=by,
        verb=Acts.TRAINING_PLANNED,
        subject=unit,
        details={
            "starts_on": starts_on,
            "courses": sorted({row.course for row in rows}),
            "people": sorted(gap.holding.person.number for gap, _course in chosen),
        },
    )
    return len(rows)
