"""Finding a unit by any name it bears or bore, however typed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from thongsuot.kernel.vietnamese import fold, leaves_marks_out, strip_marks
from thongsuot.units.enums import Kind, Tier
from thongsuot.units.models import Unit, UnitName

# Names that contain the words are many only for one or two letters; the shortest are the nearest.
_CONSIDERED = 500
_FORMER_WORDS = re.compile(r"\s*\(?(?:cũ|cu|trước đây|truoc day)\)?$")
_SHORT_KINDS = {
    "tp": "thành phố",
    "t": "tỉnh",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "x": "xã",
    "đk": "đặc khu",
}
_SHORT_KIND = re.compile(rf"({'|'.join(_SHORT_KINDS)})(?:\.\s*|\s+|(?=\d))(?=\S)")
_SHORT_CITY = re.compile(r"(?:tp\.?\s*)?hcm")
_UPPER_KIND = re.compile(
    r"\s(?=(?:quận|quan|huyện|huyen|thị xã|thi xa|thành phố|thanh pho|tp|tỉnh|tinh)[.\s]\s*\S)"
)
_KIND = re.compile(rf"(?:{'|'.join(strip_marks(kind) for kind in Kind.values)})\s+(?=\S)")


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

    @property
    def label(self) -> str:
        return f"{self.name}, {self.where}" if self.where else self.name


def search_units(text: str, *, limit: int = 20, province: Unit | None = None) -> list[UnitHit]:
    """Units by any name they bear or bore, or by code; exact marks first, then without marks, then prefixes.

    What follows a comma ("Tân Phú, Đồng Nai") or names the unit above must be found in the units above.
    """
    wanted, *above = [_written_out(part) for part in fold(text).split(",")]
    hits = _hits(wanted, above, text.strip(), province)
    if not hits and len(parts := _UPPER_KIND.split(wanted)) > 1:
        hits = _hits(parts[0], [*(_written_out(part) for part in parts[1:]), *above], "", province)
    return hits[:limit]


def _written_out(part: str) -> str:
    """Without "cũ" and with the kind of unit in full: "q.1" -> "quận 1"."""
    return _in_full(_FORMER_WORDS.sub("", part.strip("() ")))


def _in_full(words: str) -> str:
    if _SHORT_CITY.fullmatch(words):
        return "thành phố hồ chí minh"
    words = (
        _SHORT_KIND.sub(lambda match: f"{_SHORT_KINDS[match[1]]} ", words)
        if _SHORT_KIND.match(words)
        else words
    )
    return re.sub(r"(?<!\S)0+(?=\d)", "", words)


def _hits(wanted: str, above: Iterable[str], code: str, province: Unit | None) -> list[UnitHit]:
    if not wanted:
        return []
    places = [strip_marks(place) for place in above]
    best: dict[int, UnitHit] = {}
    for name in _names(strip_marks(wanted), code, province):
        hit = UnitHit(name.unit, str(name), _rank(name, wanted, strip_marks(wanted), code))
        known = best.get(name.unit_id)
        if (known is None or hit.rank < known.rank) and _lies_in(hit, places):
            best[name.unit_id] = hit
    return sorted(best.values(), key=_order)


def _order(hit: UnitHit) -> tuple[object, ...]:
    unit = hit.unit
    return hit.rank, unit.is_former, unit.tier != Tier.PROVINCE, unit.name, hit.where, unit.pk


def _lies_in(hit: UnitHit, places: list[str]) -> bool:
    """Whole words only: "quận 1" is not in "quận 10"."""
    if not places:
        return True
    where = f" {strip_marks(hit.where).replace(', ', '  ')} "
    return all(f" {place} " in where for place in places)


def _names(bare: str, code: str, province: Unit | None) -> QuerySet[UnitName]:
    names = UnitName.objects.filter(Q(bare__contains=bare) | Q(unit__code=code))
    if province is not None:
        # A former unit hangs on the province of its own time.
        provinces = Unit.objects.filter(Q(pk=province.pk) | Q(passed_to__successor=province)).values("pk")
        names = names.filter(
            Q(unit__in=provinces) | Q(unit__parent__in=provinces) | Q(unit__parent__parent__in=provinces)
        )
    return names.select_related("unit__parent__parent").order_by(Length("bare"), "pk")[:_CONSIDERED]


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


@dataclass(frozen=True, slots=True)
class TypedUnit:
    """A name as typed, and the units it means: one, or several, or none and then those of a like name."""

    typed: str
    bearing: tuple[Unit, ...]
    alike: tuple[Unit, ...] = ()

    @property
    def unit(self) -> Unit | None:
        return self.bearing[0] if len(self.bearing) == 1 else None


def units_by_names(typed: Iterable[str], among: QuerySet[Unit]) -> list[TypedUnit]:
    """Each found by code or by a name it bears or bore, with or without kind and marks; one query for all.

    Unlike a search this must not guess: a mark that the name has not is no spelling of it.
    """
    known: dict[str, list[UnitName]] = defaultdict(list)
    for name in UnitName.objects.filter(unit__in=among).select_related("unit").order_by("unit__name", "pk"):
        for key in {name.unit.code, name.bare, strip_marks(name.name)}:
            known[key].append(name)
    return [_meant(one, known) for one in typed]


def _meant(typed: str, known: Mapping[str, list[UnitName]]) -> TypedUnit:
    wanted = _in_full(fold(typed))
    bare = strip_marks(wanted)
    names = [*known.get(typed.strip(), []), *known.get(bare, [])]
    fits = [(fit, name.unit) for name in names if (fit := _fit(name, wanted, typed.strip()))]
    nearest = min((fit for fit, _unit in fits), default=None)
    bearing = tuple(dict.fromkeys(unit for fit, unit in fits if fit == nearest))
    alike = () if bearing else known.get(_KIND.sub("", bare, count=1), [])
    return TypedUnit(typed, bearing, tuple(dict.fromkeys(name.unit for name in alike)))


def _fit(name: UnitName, wanted: str, code: str) -> tuple[int, bool] | None:
    """How near, the nearest first and names still borne before former ones; None where it does not fit."""
    folded_place = fold(name.name)
    ladder = (
        name.unit.code == code,
        name.folded == wanted,
        folded_place == wanted,
        leaves_marks_out(wanted, name.folded),
        leaves_marks_out(wanted, folded_place),
    )
    return next(((rung, name.valid_to is not None) for rung, fits in enumerate(ladder) if fits), None)
