"""From the printed name of who must act to units and bodies: a whole group, a ward, a department, a Party committee."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.units.models import Body, Mandate, Unit, UnitName
from thongsuot.units.policies import reaches
from thongsuot.units.queries import communes_of, holding_on, province_of

_COMMITTEES = (
    ("đảng ủy", "party_committee"),
    ("hội đồng nhân dân", "peoples_council"),
    ("hđnd", "peoples_council"),
)
_GROUND_BODY = "peoples_committee"


@dataclass(frozen=True, slots=True)
class Target:
    """Who is meant: units, the kind of body that leads in each, and the body itself where it is one."""

    units: tuple[Unit, ...] = ()
    lead_code: str = ""
    body: Body | None = None

    def __bool__(self) -> bool:
        return bool(self.units)

    def words(self) -> str:
        """In a few words, for the person who checks."""
        if self.body:
            return str(self.body)
        if len(self.units) == 1:
            return str(self.units[0])
        if not self.units:
            return ""
        count = len(self.units)
        return ngettext("%(count)d xã, phường, đặc khu", "%(count)d xã, phường, đặc khu", count) % {
            "count": count
        }


NOBODY = Target()


def targets(names: Iterable[str], by: Mandate, on: date) -> Mapping[str, Target]:
    """By folded name; what leads to nobody within reach is left out. A handful of queries, however many names."""
    wanted = {fold(name): name for name in names if name and name.strip()}
    if not wanted:
        return {}
    province = province_of(by.unit)
    scopes = {key: _scope(name) for key, name in wanted.items()}
    communes = _communes(province, by, on) if "all-communes" in scopes.values() else ()
    bodies = _bodies(province, on)
    wards = _wards([key for key, scope in scopes.items() if not scope], province, on)
    found: dict[str, Target] = {}
    for key, scope in scopes.items():
        if scope == "all-communes":
            found[key] = Target(communes, _code_in(key))
        elif not scope and (target := _ward(key, wards, by) or _department(key, bodies, province, by)):
            found[key] = target
    return {key: target for key, target in found.items() if target}


@cache
def _shapes() -> Mapping[str, Any]:
    from thongsuot.reading.directive.words import load_words  # noqa: PLC0415  # reading is loaded when first asked

    return load_words().groups


def _scope(name: str) -> str:
    """The whole group a name stands for, or ""."""
    shade = fold(name)
    without = shade
    for officer in ("thủ trưởng ", "chủ tịch ", "bí thư ", "giám đốc "):
        without = without.removeprefix(officer)
    return next(
        (scope for scope, shape in _shapes().items() if shape.fullmatch(shade) or shape.fullmatch(without)),
        "",
    )


def _code_in(name: str) -> str:
    return next((code for words, code in _COMMITTEES if words in name), _GROUND_BODY)


def _communes(province: Unit, by: Mandate, on: date) -> tuple[Unit, ...]:
    units = list(communes_of(province, on).order_by("code"))
    if by.unit_id == province.pk:
        return tuple(units)
    return tuple(unit for unit in units if unit.pk in by.places or reaches(by, unit))


def _wards(keys: list[str], province: Unit, on: date) -> Mapping[str, Unit]:
    """By the folded name of the unit, among those that some name ends with."""
    if not keys:
        return {}
    tails = {strip_marks(tail) for key in keys for tail in _tails(key)}
    named = UnitName.objects.filter(holding_on(on, "unit"), holding_on(on), bare__in=tails)
    names = named.select_related("unit__parent")
    near = names.filter(Q(unit__parent=province) | Q(unit=province))
    return {name.folded: name.unit for name in near}


def _tails(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[place:]) for place in range(len(words))]


def _ward(key: str, wards: Mapping[str, Unit], by: Mandate) -> Target | None:
    """ "Ủy ban nhân dân phường Tân Khánh", "phường Tân Khánh"; a name that ends with the province is its body's."""
    unit = next((unit for name, unit in wards.items() if key.endswith(name) and unit.parent_id), None)
    return Target((unit,), _code_in(key)) if unit and reaches(by, unit) else None


def _bodies(province: Unit, on: date) -> list[Body]:
    return list(Body.objects.filter(holding_on(on), unit=province).order_by("pk"))


def _department(key: str, bodies: list[Body], province: Unit, by: Mandate) -> Target | None:
    """ "Sở Nội vụ" is the province's; so is "Văn phòng Ủy ban nhân dân Thành phố"."""
    if not reaches(by, province):
        return None
    bare = key.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")
    for place in (" thành phố", " tỉnh"):
        bare = bare.removesuffix(place)
    fitting = [body for body in bodies if fold(body.name).startswith(bare)]
    exact = min(fitting, key=lambda body: len(body.name), default=None)
    return Target((province,), exact.code, exact) if exact else None


def group_words(name: str) -> str:
    """What is said of a name that stands for many and leads to no row."""
    return _("nhóm cơ quan, không gắn với đơn vị nào") if _scope(name) else ""
