"""What stands against somebody leading somewhere: relatives at posts that may not go with it, and too many deputies."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.lawbook.positions import positions
from thongsuot.lawbook.staffing import LeaderMean, leader_means, relatives_rule
from thongsuot.staffing.models import Holding, Kinship, Person, Position
from thongsuot.units.models import Unit
from thongsuot.units.queries import communes_of, province_of


def held_from(since: date) -> Q:
    """Held that day or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=since)


# Relatives (Regulation 114)


def relatives_in_the_way(
    person: Person, unit: Unit, position: Position, since: date, *, apart: bool = False
) -> list[Holding]:
    """Posts of the family in that unit that may not go with this one. `apart`: somebody has said that the two lead
    different departments of it, which the registers do not keep."""
    rule = relatives_rule()
    there = Holding.objects.filter(held_from(since), unit=unit, person__in=_relatives_of(person))
    return [
        held
        for held in there.select_related("position", "person")
        if rule.forbids(held.position.code, position.code)
        and not (apart and may_be_apart(held.position.code, position.code))
    ]


def may_be_apart(one: str, other: str) -> bool:
    """Heads and deputies of departments, of which a unit has several."""
    listed = [positions().get(code) for code in (one, other)]
    return all(position and len(position.bodies) > 1 for position in listed)


def _relatives_of(person: Person) -> list[int]:
    pairs = Kinship.objects.filter(Q(person=person) | Q(relative=person)).values_list("person", "relative")
    return [key for pair in pairs for key in pair if key != person.pk]


# Deputies and vice chairs: a mean over all units of an authority


def over_the_mean(unit: Unit, position: Position, since: date, *, but_not: Person) -> str:
    """Why one more there is one too many over all units of the authority; empty where it is not, or where the person
    comes from such a post."""
    for mean in leader_means(since):
        if position.code in mean.positions:
            return _over(mean, unit, since, but_not)
    return ""


def _over(mean: LeaderMean, unit: Unit, since: date, but_not: Person) -> str:
    above = province_of(unit)
    units = communes_of(above, since)
    held = Holding.objects.filter(held_from(since), unit__in=units, position__code__in=mean.positions)
    if held.filter(person=but_not).exists():
        return ""
    bodies = units.count() * (_bodies(mean.positions) if mean.per == "body" else 1)
    there = held.count()
    if there + 1 <= mean.average * bodies:
        return ""
    language = get_language() or "vi"
    told = _(
        "%(above)s đã có %(there)d cấp phó trên %(bodies)d cơ quan; thêm là vượt bình quân %(mean)s (%(source)s)."
    )
    mend = _("Nếu cấp có thẩm quyền đã cho phép thì đánh dấu rồi ghi lại ở trang Thêm vị trí.")
    return f"{told} {mend}" % {
        "above": above.title,
        "there": there,
        "bodies": bodies,
        "mean": f"{mean.average:g}".replace(".", ","),
        "source": mean.source.get(language, mean.source["vi"]),
    }


def _bodies(codes: Sequence[str] | frozenset[str]) -> int:
    """How many bodies of one unit these positions are of."""
    listed = positions()
    return len({body for code in codes if code in listed for body in listed[code].bodies})
