"""Score readings against gold: counts of right, surplus and missing things per field, and their F1.

Matching follows the reading contract: proposals, directions and commitments by half-overlapping spans, figures by
span and equal quantity, everything else by folded value. Optional gold counts neither way.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from thongsuot.kernel import fold

Record = Mapping[str, Any]
SLOTS = ("kind", "date", "working_group", "organisation", "chair", "ordinal", "term")
ITEMS = ("proposals", "directions", "commitments")
_CITY = re.compile(r"\b(?:thành phố|tp)[ .]*(?:hồ chí minh|hcm)\b")
_PLACE_OF_COMMITTEE = re.compile(r"\b(thành|tỉnh) ủy\b[^,]*")


@dataclass
class Tally:
    right: int = 0
    surplus: int = 0
    missing: int = 0

    def add(self, right: int, surplus: int, missing: int) -> None:
        self.right, self.surplus, self.missing = (
            self.right + right,
            self.surplus + surplus,
            self.missing + missing,
        )

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.surplus + self.missing
        return 2 * self.right / total if total else None


@dataclass
class Scores:
    fields: dict[str, Tally] = field(default_factory=dict)
    attributes: dict[str, Tally] = field(default_factory=dict)

    def of(self, name: str) -> Tally:
        return self.fields.setdefault(name, Tally())

    def attribute(self, name: str, *, same: bool) -> None:
        self.attributes.setdefault(name, Tally()).add(int(same), int(not same), int(not same))

    def micro(self, names: Iterable[str] | None = None) -> Tally:
        total = Tally()
        for name in self.fields if names is None else names:
            tally = self.fields.get(name, Tally())
            total.add(tally.right, tally.surplus, tally.missing)
        return total

    def rows(self) -> dict[str, float | None]:
        rows = {name: self.fields[name].f1 for name in sorted(self.fields)}
        rows |= {f"*{name}": self.attributes[name].f1 for name in sorted(self.attributes)}
        return rows | {"micro": self.micro().f1}


def comparable(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = _CITY.sub("tphcm", fold(value).strip(" .,;:"))
    text = re.sub(r" ?- ?", "-", text).replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
    return _PLACE_OF_COMMITTEE.sub(r"\1 ủy", text) or None


def _key(record: Record, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(comparable(record.get(name)) for name in names)


def _shared(one: list[int], other: list[int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def overlap(one: list[int], other: list[int]) -> float:
    shared = _shared(one, other)
    return shared / ((one[1] - one[0]) + (other[1] - other[0]) - shared or 1)


def _inside(record: Record, zones: list[Record]) -> bool:
    span = record["span"]
    return any(2 * _shared(span, zone["span"]) >= span[1] - span[0] for zone in zones)


def _by_value(
    scores: Scores, name: str, gold: list[Record], found: list[Record], keys: tuple[str, ...]
) -> None:
    wanted = {_key(g, keys) for g in gold if not g.get("optional")}
    spare = {_key(g, keys) for g in gold if g.get("optional")}
    held = {_key(f, keys) for f in found} - (spare - wanted)
    scores.of(name).add(len(wanted & held), len(held - wanted), len(wanted - held))


def _by_span(
    scores: Scores,
    name: str,
    gold: list[Record],
    found: list[Record],
    least: float,
    same: Callable[[Record, Record], bool] | None = None,
) -> list[tuple[Record, Record]]:
    wanted = [g for g in gold if not g.get("optional")]
    spare = [g for g in gold if g.get("optional")]
    candidates = sorted(
        (
            (overlap(g["span"], f["span"]), i, j)
            for i, g in enumerate(wanted)
            for j, f in enumerate(found)
            if same is None or same(g, f)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for value, i, j in candidates:
        if value >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    surplus = [f for j, f in enumerate(found) if j not in pairs.values() and not _inside(f, spare)]
    scores.of(name).add(len(pairs), len(surplus), len(wanted) - len(pairs))
    return [(wanted[i], found[j]) for i, j in pairs.items()]


def _quantity(record: Record) -> tuple[object, ...]:
    value = record.get("value")
    values = value if isinstance(value, list) else [value]
    unit = str(record.get("unit") or "").replace("²", "2").replace("tỉ", "tỷ")
    return tuple(f"{float(v or 0):.9g}" for v in values), comparable(unit), record.get("qualifier")


def _titles(people: list[Record]) -> list[Record]:
    return [{**title, "person": person["name"]} for person in people for title in person.get("titles") or []]


def _compare_titles(scores: Scores, gold: list[Record], found: list[Record]) -> None:
    loose = {_key(t, ("person", "title")) for t in _titles(gold) if t.get("optional")}
    held = [t for t in _titles(found) if _key(t, ("person", "title")) not in loose]
    _by_value(
        scores,
        "titles",
        [t for t in _titles(gold) if not t.get("optional")],
        held,
        ("person", "title", "organisation"),
    )


def _compare_meeting(scores: Scores, gold: Record, found: Record) -> None:
    for slot in SLOTS:
        if slot in gold.get("optional", ()):
            continue
        want, got = comparable(gold.get(slot)), comparable(found.get(slot))
        scores.of(f"meeting.{slot}").add(
            int(want == got is not None),
            int(got is not None and got != want),
            int(want is not None and got != want),
        )
    if "units" not in gold.get("optional", ()):
        want_units, got_units = (set(map(comparable, m.get("units") or [])) for m in (gold, found))
        scores.of("meeting.units").add(
            len(want_units & got_units), len(got_units - want_units), len(want_units - got_units)
        )


def compare(scores: Scores, gold: Record, found: Record) -> None:
    _compare_meeting(scores, gold["meeting"], found.get("meeting") or {})
    held = {name: found.get(name) or [] for name in gold}
    _by_value(scores, "roles", gold["roles"], held["roles"], ("role", "person"))
    _by_value(scores, "people", gold["people"], held["people"], ("name",))
    _by_value(scores, "units", gold["units"], held["units"], ("name",))
    _compare_titles(scores, gold["people"], held["people"])
    spare = [d for d in gold["documents"] if d.get("optional")]
    cited = [d for d in held["documents"] if not _inside(d, spare)]
    wanted = [d for d in gold["documents"] if not d.get("optional")]
    _by_value(scores, "documents", wanted, cited, ("type", "number", "symbol", "date", "issuer"))
    pairs = _by_span(
        scores, "figures", gold["figures"], held["figures"], 0.6, lambda g, f: _quantity(g) == _quantity(f)
    )
    _attributes(scores, "figures", pairs, ("subject",))
    for name in ITEMS:
        pairs = _by_span(scores, name, gold[name], held[name], 0.5)
        _attributes(scores, name, pairs, ("speaker", "addressee", "kind", "topic"))
    flags = [w for w in held["warnings"] if w.get("code") == "ambiguous-number" and w.get("span")]
    _by_span(scores, "warnings", gold["warnings"], flags, 1e-9)


def _attributes(
    scores: Scores, name: str, pairs: list[tuple[Record, Record]], names: tuple[str, ...]
) -> None:
    for gold, found in pairs:
        for attribute in names:
            if gold.get(attribute) is not None:
                scores.attribute(
                    f"{name}.{attribute}",
                    same=comparable(gold[attribute]) == comparable(found.get(attribute)),
                )
