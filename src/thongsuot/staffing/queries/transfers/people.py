"""What stands against moving somebody, and what they still have to learn for a position."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.lawbook.positions import positions
from thongsuot.lawbook.staffing import relatives_rule
from thongsuot.staffing.enums import Fit
from thongsuot.staffing.models import Holding, Kinship, Lock, Person, Position
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


def sits_with_relatives(person: Person, unit: Unit, position: Position, on: date) -> bool:
    """Whether somebody of the family holds a position there that may not go with this one (Regulation 114)."""
    kin = Kinship.objects.filter(Q(person=person) | Q(relative=person)).values_list("person", "relative")
    family = {key for pair in kin for key in pair} - {person.pk}
    if not family:
        return False
    held = Holding.objects.filter(holding_on(on), person__in=family, unit=unit)
    rule = relatives_rule()
    codes = held.values_list("position__code", flat=True)
    return any(rule.forbids(position.code, code) and not _apart(position.code, code) for code in codes)


def _apart(one: str, other: str) -> bool:
    """Heads and deputies of departments: of which department of the unit is not kept, so it is not forbidden here."""
    listed = [positions().get(code) for code in (one, other)]
    return all(position and len(position.bodies) > 1 for position in listed)


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
