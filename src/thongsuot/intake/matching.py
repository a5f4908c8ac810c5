"""From printed names to rows of the registers, with the alternatives a person may choose instead.

Everything is looked up for a whole draft at once: the number of queries does not grow with the number of items.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from thongsuot.documents.models import Document
from thongsuot.intake.content import ITEM_TEXT, Content, Item
from thongsuot.intake.enums import DraftKind, Family
from thongsuot.intake.targets import NOBODY, Target, targets
from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.oversight.models import Official, WorkingGroup
from thongsuot.oversight.queries import visible_groups
from thongsuot.units.models import Mandate, Unit, UnitName
from thongsuot.units.queries import holding_on

_SHORT = {
    "tphcm": "thành phố hồ chí minh",
    "tp.hcm": "thành phố hồ chí minh",
    "tp hcm": "thành phố hồ chí minh",
}


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit meant by a printed name, if it can be told, and the others that bear the name."""

    chosen: Unit | None
    alternatives: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    units: dict[str, UnitMatch] = field(default_factory=dict)  # by folded printed name
    documents: dict[str, tuple[Document, ...]] = field(default_factory=dict)  # by item key
    officials: dict[str, tuple[Official, ...]] = field(default_factory=dict)  # by person name without marks
    targets: Mapping[str, Target] = field(default_factory=dict)  # by folded name of who must act

    def unit(self, printed: str | None) -> UnitMatch:
        return self.units.get(unit_key(printed), UnitMatch(None)) if printed else UnitMatch(None)

    def target(self, printed: str | None) -> Target:
        return self.targets.get(fold(printed), NOBODY) if printed else NOBODY

    def official(self, printed: str | None) -> tuple[Official, ...]:
        return self.officials.get(strip_marks(printed), ()) if printed else ()


def unit_key(printed: str) -> str:
    """ "TP.HCM" and "Thành phố Hồ Chí Minh" are one."""
    key = fold(printed)
    return _SHORT.get(key, key)


def match(content: Content, by: Mandate, on: date) -> Matches:
    if content.kind == DraftKind.DIRECTIVE:
        return Matches(
            documents=_match_documents(content.kept(Family.DOCUMENTS)),
            targets=targets(_named_actors(content), by, on),
        )
    return Matches(
        units=_match_units(content, by, on),
        documents=_match_documents(content.kept(Family.DOCUMENTS)),
        officials=_match_officials(content),
    )


def _named_actors(content: Content) -> Iterator[str]:
    for item in content.kept(Family.TASKS):
        yield from [*(item.fields.get("lead") or []), *(item.fields.get("support") or [])]
    for item in content.kept(Family.ADDRESSEES):
        yield item.fields.get("name") or ""


def named_units(content: Content) -> list[str]:
    """Printed names of the units that a record of the draft would be written about."""
    named = list(content.meeting.get("units") or [])
    for item in content.kept(*ITEM_TEXT):
        named += item.fields.get("units") or []
    named += [item.fields["subject"] for item in content.kept(Family.FIGURES) if item.fields.get("subject")]
    return named


def _match_units(content: Content, by: Mandate, on: date) -> dict[str, UnitMatch]:
    listed = [item for item in content.kept(Family.UNITS) if item.fields.get("name")]
    printed = {unit_key(name) for name in named_units(content)}
    printed |= {unit_key(item.fields["name"]) for item in listed}
    codes = {unit_key(item.fields["name"]): item.fields["code"] for item in listed if item.fields.get("code")}
    bare = {strip_marks(name) for name in printed}
    names = UnitName.objects.filter(holding_on(on, "unit"), holding_on(on)).select_related("unit__parent")
    wanted = names.filter(Q(bare__in=bare) | Q(unit__code__in=set(codes.values())))
    picked = {unit_key(item.fields["name"]) for item in listed if item.added or "code" in item.fixed}
    bearing: dict[str, list[Unit]] = defaultdict(list)
    for name in wanted.order_by("unit__code"):
        bearing[name.folded].append(name.unit)
        bearing[f"code {name.unit.code}"].append(name.unit)
    return {
        name: _choose(
            bearing.get(name, []), bearing.get(f"code {codes.get(name)}", []), by, picked=name in picked
        )
        for name in printed
    }


def _choose(bearing: list[Unit], coded: list[Unit], by: Mandate, *, picked: bool) -> UnitMatch:
    """What a person picked; else a unit of the mandate's own province, the code that was read, the only one."""
    home = by.unit.parent_id or by.unit_id
    near = [unit for unit in bearing if home in (unit.pk, unit.parent_id)]
    ranked = [*coded, *near] if picked else [*near, *coded]
    chosen = ranked[0] if ranked else (bearing[0] if len(bearing) == 1 else None)
    return UnitMatch(chosen, tuple(bearing))


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The working group meant by a number, if it can be told, and all in sight that bear the number."""

    chosen: WorkingGroup | None
    alternatives: tuple[WorkingGroup, ...] = ()


def match_group(number: int, units: Iterable[Unit], by: Mandate) -> GroupMatch:
    """The group of that number that works with one of the units; else the only one of that number in sight."""
    fits = Exists(
        WorkingGroup.units.through.objects.filter(workinggroup=OuterRef("pk"), unit__in=list(units))
    )
    numbered = list(visible_groups(by).filter(number=number).annotate(fits=fits))
    fitting = [group for group in numbered if group.fits] or (numbered if len(numbered) == 1 else [])
    return GroupMatch(fitting[0] if fitting else None, tuple(numbered))


def _match_documents(items: Iterable[Item]) -> dict[str, tuple[Document, ...]]:
    numbers = {item.fields.get("number") for item in items if item.fields.get("number")}
    by_number: dict[str, list[Document]] = defaultdict(list)
    for document in Document.objects.filter(number__in=numbers).order_by("-date"):
        by_number[document.number].append(document)
    return {
        item.key: tuple(
            document
            for document in by_number.get(item.fields.get("number") or "", [])
            if _alike(item, document)
        )
        for item in items
    }


def _alike(item: Item, document: Document) -> bool:
    symbol = item.fields.get("symbol")
    return not symbol or not document.symbol or fold(symbol) == fold(document.symbol)


def _match_officials(content: Content) -> dict[str, tuple[Official, ...]]:
    printed = {item.fields.get("name") for item in content.kept(Family.PEOPLE)}
    printed |= {item.fields.get("person") for item in content.kept(Family.ROLES)}
    bare = {strip_marks(name) for name in printed if name}
    known: dict[str, list[Official]] = defaultdict(list)
    for official in (
        Official.objects.filter(bare__in=bare).select_related("unit").order_by("-last_seen", "pk")
    ):
        known[official.bare].append(official)
    return {name: tuple(known.get(name, [])) for name in bare}
