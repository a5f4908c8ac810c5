"""Reads about units: by date, by name, and the mandates of a user."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.accounts.models import User
from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Succession, Unit, UnitName


def holding_on(on: date, path: str = "") -> Q:
    """Dated rows (at the end of `path`) that hold on that day."""
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def mandates_in_force(user: User, on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(holding_on(on), user=user).select_related("user", "unit", "unit__parent")


def units_on(on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(holding_on(on)).select_related("parent")


def provinces_on(on: date) -> QuerySet[Unit]:
    return units_on(on).filter(tier=Tier.PROVINCE)


def communes_of(province: Unit, on: date) -> QuerySet[Unit]:
    return units_on(on).filter(tier=Tier.COMMUNE, parent=province)


def successors(unit: Unit) -> QuerySet[Succession]:
    return Succession.objects.filter(predecessor=unit).select_related("event", "successor", "successor__parent")


def predecessors(unit: Unit) -> QuerySet[Succession]:
    return Succession.objects.filter(successor=unit).select_related(
        "event", "predecessor", "predecessor__parent", "predecessor__parent__parent"
    )


def communes_on_the_ground_of(district: Unit) -> QuerySet[Unit]:
    """The communes that took over at least one commune of an ended district."""
    passed = Succession.objects.filter(predecessor__parent=district, successor=OuterRef("pk"))
    return Unit.objects.filter(Exists(passed)).select_related("parent").order_by("name")


@dataclass(frozen=True, slots=True)
class UnitHit:
    unit: Unit
    name: str
    rank: int

    @property
    def former(self) -> bool:
        return self.unit.is_former or self.name != str(self.unit)

    @property
    def where(self) -> str:
        """The units above, nearest first: what tells two units of one name apart."""
        above, unit = [], self.unit.parent
        while unit is not None:
            above.append(str(unit))
            unit = unit.parent
        return ", ".join(above)


_FORMER_WORDS = ("cũ", "cu", "trước đây", "truoc day")


def search_units(text: str, *, limit: int = 20, province: Unit | None = None) -> list[UnitHit]:
    """Units by any name they bear or bore, or by code; exact marks first, then without marks, then prefixes."""
    wanted = _without_former_word(fold(text).strip("() "))
    if not wanted:
        return []
    bare = strip_marks(wanted)
    names = (
        UnitName.objects.filter(Q(bare=bare) | Q(bare__endswith=f" {bare}") | Q(bare__contains=bare) | Q(unit__code=text.strip()))
        .select_related("unit__parent__parent")
        .order_by("pk")
    )
    if province is not None:
        names = names.filter(Q(unit=province) | Q(unit__parent=province) | Q(unit__parent__parent=province))
    hits = [UnitHit(name.unit, str(name), _rank(name, wanted, bare, text.strip())) for name in names[:2000]]
    hits.sort(key=lambda hit: (hit.rank, hit.unit.is_former, hit.unit.tier != Tier.PROVINCE, hit.unit.name, hit.unit.pk))
    return hits[:limit]


def _without_former_word(wanted: str) -> str:
    for word in _FORMER_WORDS:
        if wanted.endswith((f" {word}", f" ({word}")):
            return wanted[: -len(word)].strip(" (")
    return wanted


def _rank(name: UnitName, wanted: str, bare: str, code: str) -> int:
    """0 code; then full name, name without its kind, prefix and elsewhere: each with marks before without."""
    folded_place, bare_place = fold(name.name), strip_marks(name.name)
    ladder = (
        name.unit.code == code,
        name.folded == wanted,
        folded_place == wanted,
        name.bare == bare,
        bare_place == bare,
        folded_place.startswith(wanted),
        bare_place.startswith(bare),
        wanted in name.folded,
    )
    return next((rank for rank, fits in enumerate(ladder) if fits), len(ladder))


