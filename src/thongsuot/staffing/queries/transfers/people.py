"""What stands against moving somebody, and what they still have to learn for a position."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from thongsuot.matters.models import Matter
from thongsuot.staffing.enums import Fit
from thongsuot.staffing.models import Lock, Person, Position, Training, Transfer
from thongsuot.staffing.policies import may_name
from thongsuot.staffing.queries.standards import Schooling, schooling_of, standards_on
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on


def name_of(person: Person, by: Mandate) -> str:
    """The name for those who may see it, the number for all others."""
    return person.full_name if may_name(by) else person.number


def locks_on(people: Iterable[Person | int], on: date) -> Mapping[int, str]:
    """The case of the law that forbids moving each, by the key of the person."""
    rows = Lock.objects.filter(holding_on(on), person__in=people).order_by("-valid_from", "-pk")
    return dict(rows.values_list("person", "reason"))


def course_of(transfer: Transfer) -> Training | None:
    """The course the person of the file has been put down for, to meet the standard of the new place."""
    rows = Training.objects.filter(person=transfer.person_id, position=transfer.to_position_id)
    return rows.order_by("-pk").first()


def course_origin(transfer: Transfer) -> str:
    """By which the register of matters knows the task that came out of the file."""
    return f"transfer-course:{transfer.pk}"


def course_task(transfer: Transfer) -> Matter | None:
    """The task of the unit to send them."""
    return Matter.objects.filter(origin__key=course_origin(transfer)).first()


def training_need(person: Person, unit: Unit, position: Position, on: date) -> str:
    """Empty where degree and major, or a course taken for it, meet the standard of the position in that unit."""
    standards = standards_on(on, [unit])
    standard = standards.of(position.code, unit.pk)
    if standard is None:
        return _("Chưa rõ: vị trí chưa có tiêu chuẩn ngành đào tạo trong sổ.")
    schooling = schooling_of([person.pk], on).get(person.pk, Schooling())
    if standards.fit(schooling, position.code, unit.pk) == Fit.FULL:
        return ""
    return _("%(degree)s ngành %(majors)s, hoặc lớp bồi dưỡng của vị trí") % {
        "degree": standard.get_degree_display(),
        "majors": ", ".join(standard.majors) or _("phù hợp"),
    }
